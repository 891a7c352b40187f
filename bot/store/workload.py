"""How much there is to do, counted over all municipalities at one moment."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from bot.casework.bookings import OPEN
from bot.casework.consent import OPENING_LEVEL
from bot.casework.conversations import Holder
from bot.casework.reminders import LATE, ReminderState
from bot.casework.workload import Workload
from bot.store.dialogue_servers import SILENT_AFTER
from bot.store.server_tables import dialogue_servers
from bot.store.tables import bookings, conversations, messages, on_call_notices, outbox

_C = conversations.c
_WAITS = _C.holder == Holder.WAITING
_UNANSWERED = messages.c.answered.is_(False)


class WorkloadRows:
    """Counts over one transaction; reads nothing of anybody."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def at(self, now: datetime) -> Workload:
        """What there is to do now."""
        reminders = outbox.c.state == ReminderState.WAITING
        notices = on_call_notices.c.due_at.is_not(None)
        return Workload(
            waiting=self._count(_WAITS),
            longest_wait=self._seconds(now, _C.waiting_since, _WAITS),
            in_danger=self._count(_WAITS, _C.danger_level >= OPENING_LEVEL),
            held=self._count(_C.holder == Holder.HUMAN),
            unanswered=self._count(_UNANSWERED),
            oldest_unanswered=self._seconds(now, messages.c.created_at, _UNANSWERED),
            ahead=self._count(bookings.c.starts_at > now, bookings.c.status.in_(OPEN)),
            reminders=self._count(reminders),
            reminders_late=self._count(reminders, _is_late(outbox.c, now)),
            notices=self._count(notices),
            notices_late=self._count(notices, _is_late(on_call_notices.c, now)) + self._given_up(),
            serving=self._serving(now),
        )

    def _count(self, *which: ColumnElement[bool]) -> int:
        return self._connection.scalar(select(func.count()).where(*which)) or 0

    def _seconds(self, now: datetime, since: ColumnElement[datetime], *which: ColumnElement[bool]) -> float:
        """For how long the oldest has been so; 0 where there is none."""
        oldest = self._connection.scalar(select(since).where(*which).order_by(since).limit(1))
        return max((now - oldest).total_seconds(), 0.0) if oldest else 0.0

    def _given_up(self) -> int:
        """Notices that nobody tries any more and nobody got, of those who wait still."""
        notice = on_call_notices.c
        untold = (notice.due_at.is_(None), notice.sent_at.is_(None), notice.tries > 0)
        return self._count(*untold, notice.conversation == _C.id, _WAITS)

    def _serving(self, now: datetime) -> dict[str, int]:
        server = dialogue_servers.c
        heard = select(server.model, func.count()).where(~server.leaves, server.seen_at > now - SILENT_AFTER)
        return dict(self._connection.execute(heard.group_by(server.model)).tuples().all())


def _is_late(table: Any, now: datetime) -> ColumnElement[bool]:
    """It was tried without success, or should have been tried."""
    late: ColumnElement[bool] = (table.tries > 0) | (table.due_at <= now - LATE)
    return late
