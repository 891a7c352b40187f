"""The young people's own plans."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("conversation", sa.String(length=36), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_plans_conversation_conversations", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["municipality"], ["municipalities.slug"], name="fk_plans_municipality_municipalities"),
        sa.PrimaryKeyConstraint("conversation", name="pk_plans"),
    )
    op.create_index("ix_plans_municipality", "plans", ["municipality"], unique=False)


def downgrade() -> None:
    op.drop_table("plans")
