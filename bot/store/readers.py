"""Who of the desk has looked at a conversation, out of the audit log."""

from sqlalchemy import Connection, select

from bot.casework.readers import Look
from bot.store.tables import audit, desk_users


class ReaderRows:
    """The audit log as it may be told to a young person: titles and times, no names."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, conversation: str) -> list[Look]:
        """Every act of the desk on this conversation, oldest first."""
        rows = self._connection.execute(
            select(audit.c.desk_user, desk_users.c.title, audit.c.action, audit.c.at)
            .join(desk_users, desk_users.c.id == audit.c.desk_user)
            .where(audit.c.subject == conversation)
            .order_by(audit.c.id)
        )
        return [Look(*row) for row in rows]
