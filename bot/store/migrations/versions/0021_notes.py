"""Notes that caseworkers write to each other about a conversation."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.String(length=36), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("author", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_notes_conversation_conversations", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["municipality"], ["municipalities.slug"], name="fk_notes_municipality_municipalities"),
        sa.ForeignKeyConstraint(["author"], ["desk_users.id"], name="fk_notes_author_desk_users"),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
    )
    for column in ("municipality", "conversation"):
        op.create_index(f"ix_notes_{column}", "notes", [column])


def downgrade() -> None:
    op.drop_table("notes")
