"""Until when a caseworker counts as typing, and the same of the young person, with what they have seen."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.add_column("desk_looks", sa.Column("typing_until", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "young_looks",
        sa.Column("conversation", sa.String(length=36), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("typing_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_young_looks_conversation_conversations", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipalities.slug"], name="fk_young_looks_municipality_municipalities"
        ),
        sa.PrimaryKeyConstraint("conversation", name="pk_young_looks"),
    )
    op.create_index("ix_young_looks_municipality", "young_looks", ["municipality"])


def downgrade() -> None:
    op.drop_table("young_looks")
    op.drop_column("desk_looks", "typing_until")
