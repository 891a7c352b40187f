"""Notices to who is on call: written with the danger they are about, sent later, by one process at a time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, exists, func, insert, select, update

from bot.casework.consent import OPENING_LEVEL
from bot.casework.conversations import Conversation, Holder
from bot.casework.on_call import PAUSE, SENDING
from bot.store.columns import Moment
from bot.store.tables import conversations, danger_events, on_call_notices


@dataclass(frozen=True)
class OnCallNotice:
    """A notice that is to be sent. `still_waits`: nobody holds the conversation, or nobody has answered its danger."""

    id: str
    municipality: str
    created_at: datetime
    tries: int
    still_waits: bool


@dataclass(frozen=True)
class Untaken:
    """A danger that nobody took; `told_at` is when who is on call was last told of one as grave, if they were."""

    conversation: str
    level: int
    at: datetime
    told_at: datetime | None


class OnCallRows:
    """The notices over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def now(self) -> datetime:
        """The moment by the database's clock: machines whose own clocks differ must agree on when a try is over.

        SQLite has none of its own, and all who use it are on its machine.
        """
        if self._connection.dialect.name == "sqlite":
            return datetime.now(UTC)
        moment: datetime = self._connection.scalars(select(func.clock_timestamp(type_=Moment))).one()
        return moment

    def ask(self, conversation: Conversation, level: int, now: datetime) -> bool:
        """Writes a notice of danger of this level, due at once.

        False when one as grave was written for this conversation not long ago. Whoever asks holds its lock.
        """
        notices = on_call_notices.c
        newest = self._connection.scalar(
            select(func.max(notices.created_at)).where(
                notices.conversation == conversation.id, notices.level >= level, _was_told()
            )
        )
        if newest is not None and newest > now - PAUSE:
            return False
        self._connection.execute(
            insert(on_call_notices).values(
                id=str(uuid4()),
                conversation=conversation.id,
                municipality=conversation.municipality,
                level=level,
                created_at=now,
                due_at=self.now(),
                tries=0,
            )
        )
        return True

    def due(self) -> list[OnCallNotice]:
        """What is to be tried now, oldest first."""
        statement = (
            select(on_call_notices, ((conversations.c.holder == Holder.WAITING) | _is_untaken()).label("still_waits"))
            .join(conversations, conversations.c.id == on_call_notices.c.conversation)
            .where(on_call_notices.c.due_at <= self.now())
            .order_by(on_call_notices.c.created_at)
        )
        return [
            OnCallNotice(
                id=row["id"],
                municipality=row["municipality"],
                created_at=row["created_at"],
                tries=row["tries"],
                still_waits=bool(row["still_waits"]),
            )
            for row in self._connection.execute(statement).mappings()
        ]

    def begin(self, notice: OnCallNotice) -> bool:
        """Takes this try; False when another process took it. Nobody else tries while it lasts."""
        now = self.now()
        changed = self._connection.execute(
            update(on_call_notices)
            .where(on_call_notices.c.id == notice.id, on_call_notices.c.tries == notice.tries)
            .where(on_call_notices.c.due_at <= now)
            .values(tries=notice.tries + 1, due_at=now + SENDING)
        )
        return changed.rowcount == 1

    def sent(self, notice: OnCallNotice, now: datetime) -> None:
        self._set(notice, due_at=None, sent_at=now)

    def put_off(self, notice: OnCallNotice, until: datetime | None) -> None:
        """The next try, by the clock of `now`; None when there will be none."""
        self._set(notice, due_at=until)

    def untaken(self, municipalities: Collection[str], since: datetime) -> list[Untaken]:
        """What was told of in these since then and nobody took, the gravest first."""
        event, notices = danger_events.c, on_call_notices.c
        as_grave = (notices.conversation == event.conversation, notices.level >= event.level)
        told = select(func.max(notices.created_at)).where(*as_grave, _was_told()).scalar_subquery()
        statement = (
            select(event.conversation, event.level, event.at, told)
            .join(conversations, conversations.c.id == event.conversation)
            .where(event.municipality.in_(municipalities))
            .where(event.level >= OPENING_LEVEL, event.taken_at.is_(None), event.at >= since)
            .order_by(event.level.desc(), event.id)
        )
        return [Untaken(*row) for row in self._connection.execute(statement)]

    def unsent(self) -> set[str]:
        """The municipalities to which a notice could not be sent yet."""
        notices = on_call_notices.c
        late = select(notices.municipality).where(notices.due_at.is_not(None), notices.tries > 0)
        return set(self._connection.scalars(late))

    def _set(self, notice: OnCallNotice, **values: datetime | None) -> None:
        self._connection.execute(update(on_call_notices).where(on_call_notices.c.id == notice.id).values(**values))


def _was_told() -> ColumnElement[bool]:
    """It was sent or is being sent: one that was dropped has called nobody."""
    return on_call_notices.c.sent_at.is_not(None) | on_call_notices.c.due_at.is_not(None)


def _is_untaken() -> ColumnElement[bool]:
    event = danger_events.c
    own = (event.conversation == conversations.c.id, event.level >= OPENING_LEVEL, event.sequence.is_not(None))
    return exists().where(*own, event.taken_at.is_(None))
