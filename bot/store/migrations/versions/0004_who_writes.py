"""Who writes in a conversation: of those from before it was never told."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("conversations", sa.Column("writer", sa.String(length=8), nullable=True))


def downgrade() -> None:
    op.drop_column("conversations", "writer")
