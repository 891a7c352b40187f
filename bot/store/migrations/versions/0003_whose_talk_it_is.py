"""Whose talk a booking is: those from before are all a young person's own."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("bookings", sa.Column("about", sa.String(length=12), nullable=False, server_default="young"))


def downgrade() -> None:
    op.drop_column("bookings", "about")
