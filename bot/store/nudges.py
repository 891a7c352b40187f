"""Wishes to be told when a human is there: kept until it is sent, or until nobody waits for it any more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from bot.casework.conversations import Conversation, Holder
from bot.casework.nudges import LONGEST_WISH
from bot.casework.reminders import SENDING, Address
from bot.store import addresses
from bot.store.tables import conversations, nudges
from bot.store.vault import Vault

_ITS_CONVERSATION = nudges.c.conversation == conversations.c.id


@dataclass(frozen=True)
class Nudge:
    """One that is to be sent now."""

    conversation: str
    municipality: str
    tries: int


class NudgeRows:
    """The `Nudges` of casework, over one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def ask(self, conversation: Conversation, address: Address, now: datetime) -> None:
        """Whoever asks holds the lock of the conversation."""
        self.forget(conversation.id)
        self._connection.execute(
            insert(nudges).values(
                conversation=conversation.id,
                municipality=conversation.municipality,
                sealed=addresses.sealed(self._vault, address),
                asked_at=now,
                due_at=now,
                tries=0,
            )
        )

    def is_asked(self, conversation: str) -> bool:
        own = nudges.c.conversation == conversation
        return self._connection.scalar(select(nudges.c.conversation).where(own)) is not None

    def forget(self, conversation: str) -> None:
        self._connection.execute(delete(nudges).where(nudges.c.conversation == conversation))

    def due(self, now: datetime) -> list[Nudge]:
        """Those whose conversation a human holds, and that nobody is sending."""
        rows = self._connection.execute(
            select(nudges.c.conversation, nudges.c.municipality, nudges.c.tries)
            .join(conversations, _ITS_CONVERSATION)
            .where(conversations.c.holder == Holder.HUMAN, nudges.c.began_at.is_(None), nudges.c.due_at <= now)
        )
        return [Nudge(*row) for row in rows]

    def begin(self, nudge: Nudge, now: datetime) -> Address | None:
        """Takes this try; None when another process took it, or it is wished for no more. Raises VaultError."""
        own = (nudges.c.conversation == nudge.conversation, nudges.c.tries == nudge.tries)
        begun = self._connection.execute(
            update(nudges)
            .where(*own, nudges.c.began_at.is_(None), nudges.c.due_at <= now)
            .values(began_at=now, tries=nudge.tries + 1)
        )
        if begun.rowcount != 1:
            return None
        return addresses.opened(self._vault, self._connection.scalars(select(nudges.c.sealed).where(own[0])).one())

    def put_off(self, nudge: Nudge, until: datetime) -> None:
        own = (nudges.c.conversation == nudge.conversation, nudges.c.tries == nudge.tries + 1)
        self._connection.execute(update(nudges).where(*own).values(began_at=None, due_at=until))

    def is_untidy(self, now: datetime) -> bool:
        """Whether `tidy` has something to do: looked at each few seconds, also while somebody waits for days."""
        which = _over(now) | _died(now)
        return self._connection.scalar(select(nudges.c.conversation).where(which).limit(1)) is not None

    def tidy(self, now: datetime) -> Sequence[str]:
        """Forgets those that nobody waits for any more, or too old; those whose sender died meanwhile are returned."""
        self._connection.execute(delete(nudges).where(_over(now)))
        died = delete(nudges).where(_died(now)).returning(nudges.c.conversation)
        return self._connection.scalars(died).all()


def _over(now: datetime) -> ColumnElement[bool]:
    with_bot = select(conversations.c.id).where(conversations.c.holder == Holder.BOT)
    return nudges.c.conversation.in_(with_bot) | (nudges.c.asked_at <= now - LONGEST_WISH)


def _died(now: datetime) -> ColumnElement[bool]:
    return nudges.c.began_at <= now - SENDING
