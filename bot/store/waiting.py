"""Who waits for a human and in which order, and whom humans have: read, and never changed, over one transaction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from bot.casework.consent import OPENING_LEVEL, STEPS
from bot.casework.conversations import Conversation, Holder, Kind, Sender
from bot.casework.easing import ACUTE
from bot.casework.waiting import TEAM_FIRST, TURN_BESIDE_ACUTE, Line, Reader, Turn, line_of, place_of, turn_of
from bot.store.rows import conversation_from
from bot.store.tables import conversations, messages, municipalities

_C = conversations.c
_BY_URGENCY = (_C.danger_level.desc(), _C.waiting_since, _C.id)
_HELD = _C.holder == Holder.HUMAN


class WaitingRows:
    """The queue of a municipality, as much of it as is asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def line(self, municipality: str, now: datetime, most: int | None = None, reader: Reader | None = None) -> Line:
        """The first `most` of those who wait, or all; for a reader without those that are another team's for now."""
        enough = None if most is None else max(most, TURN_BESIDE_ACUTE)
        shown = _shown_to(reader, municipality, now)
        first = self._conversations(select(conversations).where(shown).order_by(*_order(reader)).limit(enough))
        in_all = len(first) if len(first) != enough else self.count(municipality, now, reader)
        line = line_of(first, in_all, self._turn(municipality, shown, now))
        return Line(line.first[:most], line.in_all, line.longest, line.moved_up)

    def place(self, conversation: Conversation, now: datetime) -> int | None:
        """The place in that order, from 1; None for one that does not wait."""
        if conversation.holder is not Holder.WAITING:
            return None
        waiting, danger = _waits(conversation.municipality), conversation.danger.level
        longer = or_(
            _C.waiting_since < conversation.waiting_since,
            and_(_C.waiting_since == conversation.waiting_since, _C.id < conversation.id),
        )
        # Counted apart, so that each is a stretch of the index.
        ahead = self._count(waiting, _C.danger_level > danger) + self._count(waiting, _C.danger_level == danger, longer)
        return place_of(conversation, ahead + 1, self._turn(conversation.municipality, waiting, now))

    def count(self, municipality: str, now: datetime | None = None, reader: Reader | None = None) -> int:
        """How many wait; for a reader `now`, as in the line."""
        hidden = self._count(_hidden_from(reader, municipality, now)) if reader and now else 0
        return self._count(_waits(municipality)) - hidden

    def in_danger(self, municipality: str, most: int) -> tuple[Sequence[tuple[str, int]], int]:
        """Those who wait in danger, the first `most` by urgency, each with the level; and how many there are in all."""
        grave = and_(_waits(municipality), _C.danger_level >= OPENING_LEVEL)
        rows = self._connection.execute(
            select(_C.id, _C.danger_level).where(grave).order_by(*_BY_URGENCY).limit(most)
        ).all()
        return [(row.id, row.danger_level) for row in rows], len(rows) if len(rows) < most else self._count(grave)

    def waiting_long(self, municipalities: Collection[str], before: datetime) -> Sequence[str]:
        """Who waits there since before that moment, or came back before it, and was not told that it takes long."""
        return self._connection.scalars(
            select(_C.id).where(_C.municipality.in_(municipalities), _C.holder == Holder.WAITING, waits_untold(before))
        ).all()

    def held_by(self, user: int) -> list[Conversation]:
        """Whom this user has, the most dangerous first."""
        return self._conversations(select(conversations).where(_HELD, _C.held_by == user).order_by(*_BY_URGENCY))

    def held(self, municipality: str, but_by: int | None = None, most: int | None = None) -> list[Conversation]:
        """Whom users have, the most dangerous first; but this one's."""
        return self._conversations(
            select(conversations).where(_held(municipality, but_by)).order_by(*_BY_URGENCY).limit(most)
        )

    def count_held(self, municipality: str, but_by: int) -> int:
        """How many other users than this one have."""
        return self._count(_held(municipality, but_by))

    def unanswered_dangers(self, user: int) -> Sequence[str]:
        """Conversations this user holds in which nobody wrote since the last danger."""
        return self._connection.scalars(
            select(_C.id)
            .distinct()
            .join(messages, messages.c.conversation == _C.id)
            .where(_HELD, _C.held_by == user)
            .where(messages.c.kind == Kind.DANGER, messages.c.sequence > answered_until())
        ).all()

    def unanswered(self, of: Collection[str]) -> Mapping[str, int]:
        """How many messages each of these has written to a human since one last wrote; only those who have any."""
        rows = self._connection.execute(
            select(messages.c.conversation, func.count())
            .where(messages.c.conversation.in_(of), messages.c.sequence > answered_until(), to_a_human())
            .group_by(messages.c.conversation)
        )
        return dict(rows.tuples().all())

    def _turn(self, municipality: str, waiting: ColumnElement[bool], now: datetime) -> Turn | None:
        # All in one: this is asked for at each look of everybody who waits.
        passed_over = select(municipalities.c.passed_over).where(municipalities.c.slug == municipality)
        acute = select(func.count()).select_from(conversations).where(waiting, _C.danger_level >= ACUTE)
        found = select(
            conversations, passed_over.scalar_subquery().label("passed"), acute.scalar_subquery().label("acute")
        )
        rows = self._connection.execute(found.where(waiting).order_by(_C.waiting_since, _C.id).limit(1))
        row = rows.mappings().first()
        return turn_of(conversation_from(row), row["passed"], row["acute"], now) if row else None

    def _count(self, *which: ColumnElement[bool]) -> int:
        return self._connection.scalar(select(func.count()).select_from(conversations).where(*which)) or 0

    def _conversations(self, statement: Select[Any]) -> list[Conversation]:
        return [conversation_from(row) for row in self._connection.execute(statement).mappings()]


def waits_untold(before: datetime) -> ColumnElement[bool]:
    """Of one who waits: since before that moment, anew for who came back, and was not told that it takes long."""
    came = or_(_C.back_at.is_(None), _C.back_at <= before)
    return and_(_C.wait_told_at.is_(None), _C.waiting_since <= before, came)


def _waits(municipality: str) -> ColumnElement[bool]:
    return and_(_C.municipality == municipality, _C.holder == Holder.WAITING)


def _shown_to(reader: Reader | None, municipality: str, now: datetime) -> ColumnElement[bool]:
    waits = _waits(municipality)
    if reader is None:
        return waits
    anybodys = or_(_C.team.is_(None), _C.back_at <= now - TEAM_FIRST, _C.danger_level >= OPENING_LEVEL)
    return and_(waits, or_(anybodys, _C.team == reader.team) if reader.team else anybodys)


def _hidden_from(reader: Reader, municipality: str, now: datetime) -> ColumnElement[bool]:
    # Counted by an index of their own: those of teams are few.
    theirs = and_(_waits(municipality), _C.team > "", _C.back_at > now - TEAM_FIRST, _C.danger_level < OPENING_LEVEL)
    return and_(theirs, _C.team != reader.team) if reader.team else theirs


def _order(reader: Reader | None) -> tuple[ColumnElement[Any], ...]:
    danger, *age = _BY_URGENCY
    own = (case((_C.team == reader.team, 0), else_=1),) if reader and reader.team else ()
    return (danger, *own, *age)


def _held(municipality: str, but_by: int | None) -> ColumnElement[bool]:
    held = and_(_C.municipality == municipality, _HELD)
    return held if but_by is None else and_(held, _C.held_by != but_by)


def to_a_human() -> ColumnElement[bool]:
    """Of a message: that it was written to a human. A button about what may be read is answered by itself."""
    step = func.coalesce(messages.c.payload, "").startswith(STEPS, autoescape=True)
    return and_(messages.c.sender == Sender.YOUNG, messages.c.for_human, ~step)


def answered_until() -> ColumnElement[int]:
    """The number of the last message of a human in the conversation of a message; 0 for none."""
    said = messages.alias()
    last = select(func.max(said.c.sequence)).where(
        said.c.conversation == messages.c.conversation, said.c.sender == Sender.CASEWORKER
    )
    return func.coalesce(last.scalar_subquery(), 0)
