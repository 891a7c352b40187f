"""A time is held while somebody chooses it; what is held stands in the way of others as what is booked does."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

POSTGRES = """
ALTER TABLE bookings DROP CONSTRAINT ex_bookings_overlap;
ALTER TABLE bookings ADD CONSTRAINT ex_bookings_overlap EXCLUDE USING gist (
    int4range(agent, agent, '[]') WITH &&,
    tstzrange(starts_at, ends_at) WITH &&
) WHERE (status IN ({statuses}));
"""
SQLITE = """
CREATE TRIGGER bookings_overlap_{event} BEFORE {event} ON bookings WHEN NEW.status IN ({statuses})
BEGIN
    SELECT RAISE(ABORT, 'ex_bookings_overlap') WHERE EXISTS (
        SELECT 1 FROM bookings WHERE agent = NEW.agent AND status IN ({statuses}) AND id != NEW.id
        AND starts_at < NEW.ends_at AND NEW.starts_at < ends_at
    );
END
"""


def upgrade() -> None:
    op.add_column("bookings", sa.Column("held_until", sa.DateTime(timezone=True), nullable=True))
    _let_none_overlap("'active', 'held'")


def downgrade() -> None:
    op.execute("DELETE FROM bookings WHERE status = 'held'")
    _let_none_overlap("'active'")
    op.drop_column("bookings", "held_until")


def _let_none_overlap(statuses: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRES.format(statuses=statuses))
        return
    for event in ("insert", "update"):
        op.execute(f"DROP TRIGGER bookings_overlap_{event}")
        op.execute(SQLITE.format(event=event.upper(), statuses=statuses))
