"""A sign-in can be told from others and ended: since when it is, when it was last used, on what kind of device.

Those from before go on; they are told as begun when this came, on a device that nobody noted.
"""

from datetime import UTC, datetime
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

OF_BEFORE = ("digest", "desk_user", "municipality", "csrf", "expires_at")


def upgrade() -> None:
    now = datetime.now(UTC)
    kept = [row | {"id": str(uuid4()), "began_at": now, "used_at": now, "device": ""} for row in _taken_out()]
    sessions = _create(
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device", sa.String(length=60), nullable=False),
        sa.UniqueConstraint("id", name="uq_desk_sessions_id"),
    )
    op.bulk_insert(sessions, kept)


def downgrade() -> None:
    kept = _taken_out()
    op.bulk_insert(_create(), kept)


def _taken_out() -> list[dict[str, object]]:
    """What is in the table, which is taken away. Nothing points at it."""
    columns = (sa.column(name, sa.DateTime(timezone=True) if name == "expires_at" else None) for name in OF_BEFORE)
    rows = op.get_bind().execute(sa.select(*columns).select_from(sa.table("desk_sessions"))).mappings().all()
    op.drop_table("desk_sessions")
    return [dict(row) for row in rows]


def _create(*more: sa.schema.SchemaItem) -> sa.Table:
    sessions = op.create_table(
        "desk_sessions",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("desk_user", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        *more,
        sa.ForeignKeyConstraint(
            ["desk_user"], ["desk_users.id"], name="fk_desk_sessions_desk_user_desk_users", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipalities.slug"], name="fk_desk_sessions_municipality_municipalities"
        ),
        sa.PrimaryKeyConstraint("digest", name="pk_desk_sessions"),
    )
    op.create_index("ix_desk_sessions_municipality", "desk_sessions", ["municipality"], unique=False)
    return sessions
