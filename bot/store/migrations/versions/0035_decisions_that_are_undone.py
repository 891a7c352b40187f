"""Decisions that can be undone, splits that last, and what was given out to be learnt from."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"

_SAID_DANGER = sa.text(
    "UPDATE found_messages SET said_danger = TRUE WHERE id IN "
    "(SELECT found FROM found_opinions WHERE CAST(labels AS TEXT) LIKE '%\"crisis!_%' ESCAPE '!')"
)


def upgrade() -> None:
    for name in ("stays", "said_danger"):
        op.add_column("found_messages", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("found_messages", sa.Column("undo_by", sa.Integer(), nullable=True))
    op.add_column("found_messages", sa.Column("given_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("found_messages", sa.Column("given_as", sa.JSON(), nullable=True))
    op.execute(_SAID_DANGER)


def downgrade() -> None:
    for name in ("given_as", "given_at", "undo_by", "said_danger", "stays"):
        op.drop_column("found_messages", name)
