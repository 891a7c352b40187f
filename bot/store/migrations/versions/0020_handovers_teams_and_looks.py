"""Conversations given to a colleague or to a team, with a note; and how far each caseworker has read their own."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_TOWN = "municipalities.slug"


def upgrade() -> None:
    op.add_column("desk_users", sa.Column("team", sa.String(length=40), nullable=True))
    op.add_column("conversations", sa.Column("team", sa.String(length=40), nullable=True))
    op.create_index("ix_conversations_team", "conversations", ["municipality", "team"])
    _create_handovers()
    _create_looks()


def _create_handovers() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.String(length=36), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_handovers_conversation_conversations", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["municipality"], [_TOWN], name="fk_handovers_municipality_municipalities"),
        sa.ForeignKeyConstraint(["given_by"], ["desk_users.id"], name="fk_handovers_given_by_desk_users"),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
    )
    op.create_index("ix_handovers_conversation", "handovers", ["conversation"])
    op.create_index("ix_handovers_municipality", "handovers", ["municipality"])


def _create_looks() -> None:
    op.create_table(
        "desk_looks",
        sa.Column("conversation", sa.String(length=36), nullable=False),
        sa.Column("desk_user", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_desk_looks_conversation_conversations", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["desk_user"], ["desk_users.id"], name="fk_desk_looks_desk_user_desk_users", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["municipality"], [_TOWN], name="fk_desk_looks_municipality_municipalities"),
        sa.PrimaryKeyConstraint("conversation", "desk_user", name="pk_desk_looks"),
    )
    op.create_index("ix_desk_looks_municipality", "desk_looks", ["municipality"])


def downgrade() -> None:
    op.drop_table("desk_looks")
    op.drop_table("handovers")
    op.drop_index("ix_conversations_team", "conversations")
    op.drop_column("conversations", "team")
    op.drop_column("desk_users", "team")
