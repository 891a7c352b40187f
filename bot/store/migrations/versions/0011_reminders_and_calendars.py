"""Reminders of talks, calendars, and boligagenter who leave."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("bookings", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("agents", sa.Column("feed_digest", sa.String(length=64), nullable=True))
    op.add_column("agents", sa.Column("feed_shows", sa.String(8), nullable=True))
    op.add_column("agents", sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("uq_agents_feed_digest", "agents", ["feed_digest"], unique=True)
    op.create_table(
        "outbox",
        sa.Column("booking", sa.String(length=36), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["booking"], ["bookings.id"], name="fk_outbox_booking_bookings", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipalities.slug"], name="fk_outbox_municipality_municipalities"
        ),
        sa.PrimaryKeyConstraint("booking", name="pk_outbox"),
    )
    op.create_index("ix_outbox_municipality", "outbox", ["municipality"], unique=False)
    op.create_index("ix_outbox_state", "outbox", ["state", "due_at"], unique=False)


def downgrade() -> None:
    # What older code cannot read: whoever's talk was called off has none, and those who met had one.
    op.execute("UPDATE bookings SET status = 'cancelled' WHERE status = 'called_off'")
    op.execute("UPDATE bookings SET status = 'active' WHERE status IN ('met', 'missed')")
    op.drop_table("outbox")
    op.drop_index("uq_agents_feed_digest", "agents")
    op.drop_column("agents", "left_at")
    op.drop_column("agents", "feed_shows")
    op.drop_column("agents", "feed_digest")
    op.drop_column("bookings", "revision")
