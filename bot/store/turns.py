"""Which messages still want an answer, and which process is at it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, CursorResult, or_, select, update

from bot.casework.codes import ANSWERS_WORDS
from bot.casework.consent import STEPS
from bot.casework.conversations import Kind, Message, Sender
from bot.store.rows import message_from
from bot.store.tables import conversations, messages


class TurnRows:
    """Which messages still want an answer, and who is at it: one process at a time, by a lease that runs out."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lease(self, conversation: str, owner: str, seconds: float) -> bool:
        """Takes or prolongs the lease; False while another owner has it."""
        now = datetime.now(UTC)
        return self._changed(
            update(conversations)
            .where(conversations.c.id == conversation)
            .where(
                or_(
                    conversations.c.lease_owner == owner,
                    conversations.c.lease_until.is_(None),
                    conversations.c.lease_until < now,
                )
            )
            .values(lease_owner=owner, lease_until=now + timedelta(seconds=seconds))
        )

    def give_back(self, conversation: str, owner: str) -> None:
        self._connection.execute(
            update(conversations)
            .where(conversations.c.id == conversation, conversations.c.lease_owner == owner)
            .values(lease_owner=None, lease_until=None)
        )

    def next_unanswered(self, conversation: str) -> Message | None:
        """The oldest message of the young person that has no answer yet."""
        rows = self._connection.execute(
            select(messages)
            .where(messages.c.conversation == conversation, messages.c.answered.is_(False))
            .order_by(messages.c.sequence)
            .limit(1)
        )
        row = rows.mappings().first()
        return message_from(row) if row else None

    def comes_after_another(self, message: Message) -> bool:
        """Whether not Rasa answered the message before, but the screen, a human, or what answers consents and codes."""
        own = messages.c.conversation == message.conversation
        before = self._connection.execute(
            select(messages.c.sequence, messages.c.payload)
            .where(own, messages.c.sender == Sender.YOUNG, messages.c.sequence < message.sequence)
            .order_by(messages.c.sequence.desc())
            .limit(1)
        ).first()
        if before is None:
            return False
        if (before.payload or "").startswith(STEPS):
            return True
        by_bot = select(messages.c.sequence).where(
            own,
            messages.c.reply_to == before.sequence,
            messages.c.final.is_(True),
            messages.c.kind != Kind.DANGER,
            messages.c.data[ANSWERS_WORDS].as_string().is_(None),
        )
        return self._connection.scalar(by_bot.limit(1)) is None

    def mark_answered(self, message: Message, about: str | None = None) -> bool:
        """False when it has been answered already: then nothing may be added. `about`: what it was understood as."""
        return self._changed(
            update(messages)
            .where(messages.c.conversation == message.conversation, messages.c.sequence == message.sequence)
            .where(messages.c.answered.is_(False))
            .values(answered=True, about=about)
        )

    def is_answered(self, conversation: str, sequence: int) -> bool:
        """Whether that message is there and has its answer."""
        answered = select(messages.c.answered).where(
            messages.c.conversation == conversation, messages.c.sequence == sequence
        )
        return bool(self._connection.scalar(answered))

    def abandoned(self) -> list[str]:
        """Conversations with unanswered messages and no process at them, after a crash for example."""
        now = datetime.now(UTC)
        return list(
            self._connection.scalars(
                select(conversations.c.id)
                .distinct()
                .join(messages, messages.c.conversation == conversations.c.id)
                .where(messages.c.answered.is_(False))
                .where(or_(conversations.c.lease_until.is_(None), conversations.c.lease_until < now))
            )
        )

    def _changed(self, statement: Any) -> bool:
        result: CursorResult[Any] = self._connection.execute(statement)
        return result.rowcount == 1
