"""The audit log is read by person, by deed and by day, without looking through all of it."""

from alembic import op

revision = "0025"
down_revision = "0024"

INDEXES = {
    "ix_audit_by_user": ["municipality", "desk_user", "id"],
    "ix_audit_by_action": ["municipality", "action", "id"],
    "ix_audit_by_day": ["municipality", "at"],
}


def upgrade() -> None:
    for name, columns in INDEXES.items():
        op.create_index(name, "audit", columns)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "audit")
