"""An index for what is read of a municipality at every look at its free times: its bookings by their time."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_index("ix_bookings_municipality_starts_at", "bookings", ["municipality", "starts_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_bookings_municipality_starts_at", "bookings")
