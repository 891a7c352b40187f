"""When a sign-in last showed a sign of life, since when a conversation is held, and since when its one had waited.

Whoever is held now counts as held since this came: nobody is taken for silent because of an upgrade.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

_OF_A_CONVERSATION = ("held_since", "waited_since", "back_at", "wait_told_at")


def upgrade() -> None:
    now = sa.bindparam("now", datetime.now(UTC), sa.DateTime(timezone=True))
    for name in _OF_A_CONVERSATION:
        op.add_column("conversations", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("desk_sessions", sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(sa.text("UPDATE conversations SET held_since = :now WHERE holder = 'human'").bindparams(now))
    op.execute(sa.text("UPDATE desk_sessions SET seen_at = :now").bindparams(now))


def downgrade() -> None:
    op.drop_column("desk_sessions", "seen_at")
    for name in reversed(_OF_A_CONVERSATION):
        op.drop_column("conversations", name)
