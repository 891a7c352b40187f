"""Boligagenter have dates with hours of their own, and a limit of talks a day."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("agents", sa.Column("talks_a_day", sa.Integer(), nullable=True))
    op.create_table(
        "agent_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agent", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=True),
        sa.Column("ends", sa.Time(), nullable=True),
        sa.ForeignKeyConstraint(["agent"], ["agents.id"], name="fk_agent_days_agent_agents", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipalities.slug"], name="fk_agent_days_municipality_municipalities"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_agent_days"),
    )
    op.create_index("ix_agent_days_agent", "agent_days", ["agent", "day"], unique=False)
    op.create_index("ix_agent_days_municipality", "agent_days", ["municipality"], unique=False)


def downgrade() -> None:
    op.drop_table("agent_days")
    op.drop_column("agents", "talks_a_day")
