"""Of which conversation a story was written, so that it goes with it."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.add_column("orders", sa.Column("conversation", sa.String(length=36), nullable=True))
    op.create_index("ix_orders_conversation", "orders", ["conversation"])


def downgrade() -> None:
    # The code before would keep what was written of a conversation that goes.
    op.execute("DELETE FROM orders WHERE conversation IS NOT NULL")
    op.drop_index("ix_orders_conversation", "orders")
    op.drop_column("orders", "conversation")
