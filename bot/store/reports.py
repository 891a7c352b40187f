"""The reports of concern that were noted about a conversation, out of the audit log."""

from sqlalchemy import Connection, select

from bot.casework.reports import REPORT, Report
from bot.store.tables import audit, desk_users


class ReportRows:
    """What the desk is told of them, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, conversation: str) -> list[Report]:
        """Each of this conversation, oldest first."""
        rows = self._connection.execute(
            select(desk_users.c.shown_name, audit.c.at)
            .join(desk_users, desk_users.c.id == audit.c.desk_user)
            .where(audit.c.subject == conversation, audit.c.action == REPORT)
            .order_by(audit.c.id)
        )
        return [Report(*row) for row in rows]
