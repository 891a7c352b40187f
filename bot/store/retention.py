"""What has been kept long enough: found, counted and taken away, a bounded number at a time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, exists, func, not_, or_, select

from bot.casework.bookings import OPEN
from bot.casework.conversations import Holder, Kind, Sender
from bot.casework.free_times import danish_day
from bot.casework.keeping import Course
from bot.store.bookings import no_longer_held
from bot.store.desk_tables import danger_lowerings
from bot.store.order_tables import orders
from bot.store.sign_in_tables import half_sign_ins
from bot.store.tables import (
    audit,
    bookings,
    conversations,
    danger_events,
    desk_sessions,
    figure_fives,
    messages,
    trackers,
)


class RetentionRows:
    """What is due, over one transaction. A conversation itself is taken away by `ConversationRows.erase`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def due(self, municipality: str, course: Course, before: datetime, most: int) -> Sequence[str]:
        """Conversations of this course in which nothing happened after `before`, and that no human has to do with."""
        which = _old(municipality, course, before) & _with_the_bot()
        return self._connection.scalars(select(conversations.c.id).where(which).limit(most)).all()

    def is_due(self, conversation: str, municipality: str, course: Course, before: datetime) -> bool:
        """As `due`, of one; asked again once it is locked, for somebody may just have written."""
        which = _old(municipality, course, before) & _with_the_bot() & (conversations.c.id == conversation)
        return self._connection.scalar(select(conversations.c.id).where(which)) is not None

    def count_due(self, municipality: str, course: Course, before: datetime) -> int:
        return self._count(conversations, _old(municipality, course, before) & _with_the_bot())

    def count_held_back(self, municipality: str, course: Course, before: datetime) -> int:
        """Those that would be due if nobody waited in them and no human held them."""
        return self._count(conversations, _old(municipality, course, before) & not_(_with_the_bot()))

    def past_talks(self, municipality: str, before: datetime) -> "Leftover":
        """Talks that ended before, with how to reach whoever booked them; cancelled ones by their time as well."""
        over = (bookings.c.municipality == municipality) & (bookings.c.ends_at <= before)
        return Leftover(self._connection, bookings, over)

    def held_times(self, now: datetime) -> "Leftover":
        """Times that somebody chose and did not book, once they are held no longer."""
        return Leftover(self._connection, bookings, no_longer_held(now))

    def dangers(self, municipality: str, before: datetime) -> "Leftover":
        which = (danger_events.c.municipality == municipality) & (danger_events.c.at <= before)
        return Leftover(self._connection, danger_events, which)

    def lowerings(self, municipality: str, before: datetime) -> "Leftover":
        which = (danger_lowerings.c.municipality == municipality) & (danger_lowerings.c.at <= before)
        return Leftover(self._connection, danger_lowerings, which)

    def audit(self, municipality: str, before: datetime) -> "Leftover":
        """The store refuses younger lines than migration 0006 allows: `before` is a year ago at the latest."""
        return Leftover(self._connection, audit, (audit.c.municipality == municipality) & (audit.c.at <= before))

    def figures(self, municipality: str, before: datetime) -> "Leftover":
        """Counts of the days before that one; what waits to be five has no day, and stays."""
        old = (figure_fives.c.municipality == municipality) & (figure_fives.c.day < danish_day(before))
        return Leftover(self._connection, figure_fives, old)

    def orders(self, municipality: str, before: datetime) -> "Leftover":
        """What maintainers ordered and what came of it; what is still open is given up long before it is so old."""
        return Leftover(
            self._connection, orders, (orders.c.municipality == municipality) & (orders.c.asked_at <= before)
        )

    def lost_trackers(self) -> "Leftover":
        """Rasa's memory of conversations that are no more: it may come back with a turn that was under way."""
        return Leftover(self._connection, trackers, trackers.c.conversation.not_in(select(conversations.c.id)))

    def ended_sessions(self, now: datetime) -> "Leftover":
        return Leftover(self._connection, desk_sessions, desk_sessions.c.expires_at <= now)

    def half_sign_ins(self, now: datetime) -> "Leftover":
        """Sign-ins that nobody finished, with the key that somebody was setting up."""
        return Leftover(self._connection, half_sign_ins, half_sign_ins.c.expires_at <= now)

    def _count(self, table: Table, which: ColumnElement[bool]) -> int:
        return self._connection.scalar(select(func.count()).select_from(table).where(which)) or 0


class Leftover:
    """Rows of one table that are due."""

    def __init__(self, connection: Connection, table: Table, which: ColumnElement[bool]) -> None:
        self._connection = connection
        self._table = table
        self._which = which

    def count(self) -> int:
        return self._connection.scalar(select(func.count()).select_from(self._table).where(self._which)) or 0

    def erase(self, most: int) -> int:
        """Takes so many away at most; how many it were. Those that another process has in hand are left to it."""
        key = self._table.primary_key.columns[0]
        some = select(key).where(self._which).limit(most).with_for_update(skip_locked=True)
        return self._connection.execute(delete(self._table).where(key.in_(some))).rowcount


def _old(municipality: str, course: Course, before: datetime) -> ColumnElement[bool]:
    """Of this course, and nothing happened in it after `before`; a talk to come happens at its end."""
    own = messages.c.conversation == conversations.c.id
    talk = bookings.c.conversation == conversations.c.id
    return and_(
        conversations.c.municipality == municipality,
        conversations.c.created_at <= before,
        not_(exists().where(own, messages.c.created_at > before)),
        not_(exists().where(talk, bookings.c.status.in_(OPEN), bookings.c.ends_at > before)),
        _is(course),
    )


def _is(course: Course) -> ColumnElement[bool]:
    signs = _signs()
    before_it = [signs[other] for other in list(Course)[: list(Course).index(course)]]
    return and_(signs[course], *(not_(sign) for sign in before_it))


def _signs() -> dict[Course, ColumnElement[bool]]:
    """By what is seen in the store what a conversation counts as; the text of a message is never looked at."""
    own = messages.c.conversation == conversations.c.id
    return {
        Course.DANGER: exists().where(own, messages.c.kind == Kind.DANGER),
        Course.HUMAN: exists().where(own, messages.c.sender == Sender.CASEWORKER),
        Course.TALK: or_(
            exists().where(own, messages.c.kind == Kind.BOOKING),
            exists().where(bookings.c.conversation == conversations.c.id),
        ),
        Course.QUIET: conversations.c.id.is_not(None),
    }


def _with_the_bot() -> ColumnElement[bool]:
    return conversations.c.holder == Holder.BOT
