"""For which level of danger an on-call notice was written. What was written before counts as the lower one."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    # Too low calls somebody once more than needed; too high might keep them from being called.
    op.add_column("on_call_notices", sa.Column("level", sa.Integer(), nullable=False, server_default="2"))


def downgrade() -> None:
    op.drop_column("on_call_notices", "level")
