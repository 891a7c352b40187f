"""The audit log only grows: no line is changed, and none that is younger than a year is taken out.

Older ones may go, because they are not kept for ever either (docs/decisions/0016). An erasure takes the way back to the
conversation out of a line, and nothing else.
"""

from alembic import op

revision = "0006"
down_revision = "0005"

SQLITE = (
    """
    CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
    WHEN NEW.subject IS NOT NULL OR NEW.id IS NOT OLD.id OR NEW.municipality IS NOT OLD.municipality
      OR NEW.desk_user IS NOT OLD.desk_user OR NEW.action IS NOT OLD.action OR NEW.at IS NOT OLD.at
    BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END
    """,
    """
    CREATE TRIGGER audit_is_not_taken_away BEFORE DELETE ON audit
    WHEN OLD.at > datetime('now', '-365 days')
    BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        IF OLD.at <= now() - interval '365 days' THEN
          RETURN OLD;
        END IF;
      END IF;
      IF TG_OP = 'UPDATE' THEN
        IF NEW.subject IS NULL AND (NEW.id, NEW.municipality, NEW.desk_user, NEW.action, NEW.at)
            IS NOT DISTINCT FROM (OLD.id, OLD.municipality, OLD.desk_user, OLD.action, OLD.at) THEN
          RETURN NEW;
        END IF;
      END IF;
      RAISE EXCEPTION 'the audit log only grows' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER audit_is_not_changed BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_only_grows()
    """,
    """
    CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()
    """,
)


def upgrade() -> None:
    for statement in SQLITE if _on_sqlite() else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if _on_sqlite():
        op.execute("DROP TRIGGER audit_is_not_changed")
        op.execute("DROP TRIGGER audit_is_not_taken_away")
        return
    op.execute("DROP TRIGGER audit_is_not_changed ON audit")
    op.execute("DROP TRIGGER audit_is_not_emptied ON audit")
    op.execute("DROP FUNCTION audit_only_grows()")


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
