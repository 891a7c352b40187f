"""Who is signed in at the desk, where, and since when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select, update

from bot.store.tables import desk_sessions, desk_users


@dataclass(frozen=True)
class SignIn:
    """A sign-in that has not run out: whose, on what kind of device in words, since when, and when it was last used."""

    id: str
    user: int
    name: str
    shown_name: str
    device: str
    began_at: datetime
    used_at: datetime


class SignInRows:
    """The sessions of the desk as people may be told of them: no token and nothing made from one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_user(self, user: int) -> list[SignIn]:
        """The latest used first."""
        return self._found(desk_sessions.c.desk_user == user)

    def of_municipality(self, slug: str) -> list[SignIn]:
        """Of all who work there, by the name that is shown; each one's latest used first."""
        found = self._found(desk_sessions.c.municipality == slug)
        return sorted(found, key=lambda one: (one.shown_name.casefold(), one.user))

    def end(self, ids: Collection[str]) -> None:
        self._connection.execute(delete(desk_sessions).where(desk_sessions.c.id.in_(ids)))

    def not_used_since(self, moment: datetime) -> list[SignIn]:
        """Of all municipalities."""
        return self._found(desk_sessions.c.used_at < moment)

    def end_unused(self, id_: str, moment: datetime) -> bool:
        """Unless it was used since then, or ended by somebody else."""
        idle = (desk_sessions.c.id == id_) & (desk_sessions.c.used_at < moment)
        return self._connection.execute(delete(desk_sessions).where(idle)).rowcount == 1

    def use(self, id_: str, now: datetime) -> None:
        """Notes that it is used now."""
        self._connection.execute(update(desk_sessions).where(desk_sessions.c.id == id_).values(used_at=now))

    def _found(self, those: ColumnElement[Any]) -> list[SignIn]:
        columns = desk_sessions.c
        rows = self._connection.execute(
            select(
                columns.id,
                columns.desk_user,
                desk_users.c.name,
                desk_users.c.shown_name,
                columns.device,
                columns.began_at,
                columns.used_at,
            )
            .join(desk_users, desk_users.c.id == columns.desk_user)
            .where(those, columns.expires_at > datetime.now(UTC), desk_users.c.removed_at.is_(None))
            .order_by(columns.used_at.desc(), columns.id)
        )
        return [SignIn(*row) for row in rows]
