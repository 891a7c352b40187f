"""Who answers in a conversation, and who waits for a human."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select, update

from bot.casework.conversations import Conversation, Holder, Kind, Sender
from bot.store.rows import conversation_from
from bot.store.tables import conversations, desk_sessions, desk_users, messages


class QueueRows:
    """Who answers in a conversation, and in which order humans are shown those who wait."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def enqueue(self, conversation: str, now: datetime, asked_in: int | None = None) -> bool:
        """False when it waits already or is held. What is written from `asked_in` on is written to a human.

        `asked_in`: the number of the message that asks; the young person's latest when it is not told.
        """
        if not self._move(conversation, (Holder.BOT,), holder=Holder.WAITING, waiting_since=now):
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
        return self._move(conversation, (Holder.WAITING,), holder=Holder.HUMAN, held_by=user, waiting_since=None)

    def release(self, conversation: str, user: int) -> bool:
        return self._move(conversation, (Holder.HUMAN,), user, holder=Holder.BOT, held_by=None)

    def take_over(self, conversation: str, user: int) -> bool:
        return self._move(conversation, (Holder.HUMAN,), held_by=user)

    def left_alone(self) -> Sequence[str]:
        """Conversations held by somebody who is signed in nowhere any more."""
        present = (
            select(desk_sessions.c.desk_user)
            .join(desk_users, desk_users.c.id == desk_sessions.c.desk_user)
            .where(desk_sessions.c.expires_at > datetime.now(UTC), desk_users.c.removed_at.is_(None))
        )
        return self._connection.scalars(
            select(conversations.c.id).where(
                conversations.c.holder == Holder.HUMAN, conversations.c.held_by.not_in(present)
            )
        ).all()

    def requeue(self, conversation: str, user: int, now: datetime) -> bool:
        return self._move(conversation, (Holder.HUMAN,), user, holder=Holder.WAITING, held_by=None, waiting_since=now)

    def unanswered_dangers(self, user: int) -> Sequence[str]:
        """Conversations this user holds in which nobody wrote since the last danger."""
        said = messages.alias()
        answered = (
            select(func.max(said.c.sequence))
            .where(said.c.conversation == conversations.c.id, said.c.sender == Sender.CASEWORKER)
            .scalar_subquery()
        )
        return self._connection.scalars(
            select(conversations.c.id)
            .distinct()
            .join(messages, messages.c.conversation == conversations.c.id)
            .where(conversations.c.holder == Holder.HUMAN, conversations.c.held_by == user)
            .where(messages.c.kind == Kind.DANGER, messages.c.sequence > func.coalesce(answered, 0))
        ).all()

    def waiting_and_held(self, municipality: str) -> list[Conversation]:
        """Those who wait first, the most dangerous and then the longest waiting on top."""
        rows = self._connection.execute(
            select(conversations)
            .where(conversations.c.municipality == municipality, conversations.c.holder != Holder.BOT)
            .order_by(
                conversations.c.holder.desc(),
                conversations.c.danger_level.desc(),
                conversations.c.waiting_since,
            )
        )
        return [conversation_from(row) for row in rows.mappings()]

    def position(self, conversation: Conversation) -> int | None:
        """The place in the queue, from 1; None for one that does not wait."""
        if conversation.holder is not Holder.WAITING:
            return None
        c = conversations.c
        ahead = self._connection.scalar(
            select(func.count())
            .where(c.municipality == conversation.municipality, c.holder == Holder.WAITING, c.id != conversation.id)
            .where(
                or_(
                    c.danger_level > conversation.danger.level,
                    (c.danger_level == conversation.danger.level) & (c.waiting_since < conversation.waiting_since),
                )
            )
        )
        return (ahead or 0) + 1

    def _move(self, conversation: str, holders: tuple[Holder, ...], user: int | None = None, **values: Any) -> bool:
        statement = update(conversations).where(conversations.c.id == conversation, conversations.c.holder.in_(holders))
        if user is not None:
            statement = statement.where(conversations.c.held_by == user)
        return self._connection.execute(statement.values(**values)).rowcount == 1
