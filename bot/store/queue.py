"""Who answers in a conversation, and how that changes; who waits in which order stands in `waiting`."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, ScalarSelect, exists, func, literal, select, update

from bot.casework.conversations import Conversation, Holder, Sender
from bot.store.bookings import can_be_begun
from bot.store.columns import Moment
from bot.store.rows import conversation_from
from bot.store.tables import bookings, conversations, messages, municipalities
from bot.store.waiting import waits_untold

_TAKEN_BY_NOBODY: Mapping[str, Any] = {"held_by": None, "held_since": None, "waited_since": None}


class QueueRows:
    """Who answers in a conversation: each change is one step that only one can take."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def enqueue(self, conversation: str, now: datetime, asked_in: int | None = None) -> bool:
        """False when it waits already or is held. What is written from `asked_in` on is written to a human.

        `asked_in`: the number of the message that asks; the young person's latest when it is not told.
        """
        waits = {"holder": Holder.WAITING, "waiting_since": now, "back_at": None, "wait_told_at": None, "team": None}
        if not self._move(conversation, (Holder.BOT,), **waits):
            return False
        own = messages.c.conversation == conversation
        if asked_in is None:
            asked_in = self._connection.scalar(
                select(func.max(messages.c.sequence)).where(own, messages.c.sender == Sender.YOUNG)
            )
        if asked_in is not None:
            self._connection.execute(
                update(messages).where(own, messages.c.sequence >= asked_in).values(for_human=True)
            )
        return True

    def claim(self, conversation: str, user: int) -> bool:
        """Counts also how many were taken since whoever had waited longest was."""
        longest = self._longest_beside(conversation)
        waited = {"waiting_since": None, "waited_since": conversations.c.waiting_since, "wait_told_at": None}
        if not self._move(conversation, (Holder.WAITING,), **_taken_by(user), **waited):
            return False
        self._pass_over(conversation, 0 if longest == conversation else municipalities.c.passed_over + 1)
        return True

    def begin(self, conversation: str, user: int, now: datetime) -> bool:
        """Takes it from the bot for the talk in the chat that is held in it now; False where there is none.

        What the bot has not answered yet is the caseworker's to answer, and to read.
        """
        of_it = bookings.c.conversation == conversations.c.id
        if not self._move(
            conversation, (Holder.BOT,), exists().where(of_it, can_be_begun(now)), **_taken_by(user, now)
        ):
            return False
        unanswered = (messages.c.conversation == conversation, messages.c.answered.is_(False))
        self._connection.execute(update(messages).where(*unanswered).values(for_human=True))
        return True

    def release(self, conversation: str, user: int) -> bool:
        return self._move(conversation, (Holder.HUMAN,), _held_by(user), holder=Holder.BOT, **_TAKEN_BY_NOBODY)

    def take_over(self, conversation: str, user: int) -> bool:
        return self._move(conversation, (Holder.HUMAN,), **_taken_by(user))

    def give(self, conversation: str, user: int, to: int) -> bool:
        return self._move(conversation, (Holder.HUMAN,), _held_by(user), **_taken_by(to))

    def requeue(self, conversation: str, user: int, now: datetime, team: str | None = None) -> bool:
        """They go on waiting since when they had waited before."""
        since = func.coalesce(conversations.c.waited_since, literal(now, Moment()))
        waits = {"holder": Holder.WAITING, "waiting_since": since, "back_at": now, "team": team, **_TAKEN_BY_NOBODY}
        return self._move(conversation, (Holder.HUMAN,), _held_by(user), **waits)

    def tell_long_wait(self, conversation: str, before: datetime, now: datetime) -> bool:
        """Keeps that its one is told that the wait is long; False for who was, or who came since `before`."""
        return self._move(conversation, (Holder.WAITING,), waits_untold(before), wait_told_at=now)

    def with_bot(self, among: Sequence[str]) -> list[Conversation]:
        """Those of these conversations in which the bot answers."""
        own = (conversations.c.id.in_(among), conversations.c.holder == Holder.BOT)
        return [
            conversation_from(row) for row in self._connection.execute(select(conversations).where(*own)).mappings()
        ]

    def _longest_beside(self, conversation: str) -> str | None:
        """Who has waited longest where this conversation belongs; itself, when it is the one."""
        c = conversations.c
        waiting = select(c.id).where(c.municipality == _town_of(conversation), c.holder == Holder.WAITING)
        return self._connection.scalar(waiting.order_by(c.waiting_since, c.id).limit(1))

    def _pass_over(self, conversation: str, count: int | ColumnElement[int]) -> None:
        # The only row that a claim locks beside its own, and nobody else does: two claims cannot wait for each other.
        town = municipalities.c.slug == _town_of(conversation)
        self._connection.execute(update(municipalities).where(town).values(passed_over=count))

    def _move(self, conversation: str, holders: tuple[Holder, ...], *only: ColumnElement[bool], **values: Any) -> bool:
        own = (conversations.c.id == conversation, conversations.c.holder.in_(holders))
        return self._connection.execute(update(conversations).where(*own, *only).values(**values)).rowcount == 1


def _town_of(conversation: str) -> ScalarSelect[str]:
    own = conversations.alias()
    return select(own.c.municipality).where(own.c.id == conversation).scalar_subquery()


def _taken_by(user: int, now: datetime | None = None) -> dict[str, Any]:
    since = now or datetime.now(UTC)
    return {"holder": Holder.HUMAN, "held_by": user, "held_since": since, "back_at": None, "team": None}


def _held_by(user: int) -> ColumnElement[bool]:
    return conversations.c.held_by == user
