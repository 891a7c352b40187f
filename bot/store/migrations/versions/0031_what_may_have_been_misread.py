"""Messages that may have been misread, found by night, and what maintainers say of them."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0029"

_TOWN = "municipalities.slug"


def upgrade() -> None:
    op.create_table(
        "found_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.String(length=36), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("group", sa.String(length=36), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("read_as", sa.String(length=64), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.id"],
            name="fk_found_messages_conversation_conversations",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["municipality"], [_TOWN], name="fk_found_messages_municipality_municipalities"),
        sa.PrimaryKeyConstraint("id", name="pk_found_messages"),
        sa.UniqueConstraint("conversation", "sequence", name="uq_found_messages_conversation"),
    )
    op.create_index("ix_found_messages_municipality", "found_messages", ["municipality"])
    op.create_index("ix_found_messages_group", "found_messages", ["municipality", "group"])
    _create_opinions()


def _create_opinions() -> None:
    op.create_table(
        "found_opinions",
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("desk_user", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["found"], ["found_messages.id"], name="fk_found_opinions_found_found_messages", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["desk_user"], ["desk_users.id"], name="fk_found_opinions_desk_user_desk_users"),
        sa.ForeignKeyConstraint(["municipality"], [_TOWN], name="fk_found_opinions_municipality_municipalities"),
        sa.PrimaryKeyConstraint("found", "desk_user", name="pk_found_opinions"),
    )
    op.create_index("ix_found_opinions_municipality", "found_opinions", ["municipality"])


def downgrade() -> None:
    op.drop_table("found_opinions")
    op.drop_table("found_messages")
    # Code from before takes every line there for something that is shared.
    op.execute("DELETE FROM consents WHERE part = 'learning'")
