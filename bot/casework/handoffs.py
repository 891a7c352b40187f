"""From the bot to a human and back. Each change is one atomic step of the store, so two cannot both succeed."""

from datetime import datetime
from typing import Protocol

from bot.casework.conversations import AlreadyClaimedError, NotHolderError


class Queue(Protocol):
    """The part of the store that knows who answers."""

    def enqueue(self, conversation: str, now: datetime) -> bool: ...
    def claim(self, conversation: str, user: int) -> bool: ...
    def release(self, conversation: str, user: int) -> bool: ...


def ask_for_human(queue: Queue, conversation: str, now: datetime) -> bool:
    """Puts the conversation in the queue; False when it waits already or a human holds it."""
    return queue.enqueue(conversation, now)


def claim(queue: Queue, conversation: str, user: int) -> None:
    """Makes the caseworker the one who answers. Raises AlreadyClaimedError."""
    if not queue.claim(conversation, user):
        raise AlreadyClaimedError


def release(queue: Queue, conversation: str, user: int) -> None:
    """Hands the conversation back to the bot. Raises NotHolderError."""
    if not queue.release(conversation, user):
        raise NotHolderError
