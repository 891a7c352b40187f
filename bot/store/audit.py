"""The audit log as it is read: a part of it, newest first, a page at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, or_, select, true

from bot.casework.journal import TAKEN
from bot.store.people import DeskUser
from bot.store.tables import audit, desk_users

# A conversation's whole id has so many characters; what is shorter is how one begins.
WHOLE_ID = 36


@dataclass(frozen=True)
class Sought:
    """What of the log somebody looks for; what is left out is not asked for. `by_command`: what nobody at a desk did.

    `subject` is how it begins; `since` and `until` are the ends of a stretch of time, of which the second is not in it.
    """

    user: int | None = None
    by_command: bool = False
    actions: Collection[str] = ()
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class AuditLine:
    """One deed, with who did it; both names are empty where a command did."""

    id: int
    name: str
    shown_name: str
    action: str
    subject: str | None
    at: datetime


class AuditRows:
    """Over one transaction. A line is added by `PeopleRows.note`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lines(self, municipality: str, sought: Sought, most: int, before: int | None = None) -> Sequence[AuditLine]:
        """So many at most, the newest first; only those that are older than the line of this number."""
        older = audit.c.id < before if before is not None else true()
        rows = self._connection.execute(
            select(audit, desk_users.c.name, desk_users.c.shown_name)
            .join(desk_users, desk_users.c.id == audit.c.desk_user, isouter=True)
            .where(audit.c.municipality == municipality, older, *_those(sought))
            .order_by(audit.c.id.desc())
            .limit(most)
        )
        return [
            AuditLine(row.id, row.name or "", row.shown_name or "", row.action, row.subject, row.at) for row in rows
        ]

    def did_since(self, user: DeskUser, action: str, moment: datetime) -> bool:
        """Whether this user has done this since then."""
        theirs = (audit.c.municipality == user.municipality, audit.c.desk_user == user.id)
        own = (*theirs, audit.c.action == action, audit.c.at >= moment)
        return self._connection.scalar(select(audit.c.id).where(*own).limit(1)) is not None


def _those(sought: Sought) -> list[ColumnElement[bool]]:
    those: list[ColumnElement[bool]] = [audit.c.desk_user.is_(None)] if sought.by_command else []
    if sought.user is not None:
        those.append(audit.c.desk_user == sought.user)
    if sought.actions:
        counted = [audit.c.action.startswith(f"{TAKEN}:")] if TAKEN in sought.actions else []
        those.append(or_(audit.c.action.in_(sought.actions), *counted))
    if sought.subject:
        is_whole = len(sought.subject) == WHOLE_ID
        begins = audit.c.subject.startswith(sought.subject, autoescape=True)
        those.append(audit.c.subject == sought.subject if is_whole else begins)
    if sought.since:
        those.append(audit.c.at >= sought.since)
    if sought.until:
        those.append(audit.c.at < sought.until)
    return those
