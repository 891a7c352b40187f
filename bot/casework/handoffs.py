"""From the bot to a human and back. Each change is one atomic step of the store, so two cannot both succeed."""

from datetime import datetime
from typing import Protocol

from bot.casework.conversations import AlreadyClaimedError, NotHeldError, NotHolderError


class Queue(Protocol):
    """The part of the store that knows who answers."""

    def enqueue(self, conversation: str, now: datetime, asked_in: int | None = None) -> bool: ...
    def claim(self, conversation: str, user: int) -> bool: ...
    def begin(self, conversation: str, user: int, now: datetime) -> bool: ...
    def release(self, conversation: str, user: int) -> bool: ...
    def take_over(self, conversation: str, user: int) -> bool: ...
    def give(self, conversation: str, user: int, to: int) -> bool: ...
    def requeue(self, conversation: str, user: int, now: datetime, team: str | None = None) -> bool: ...


def ask_for_human(queue: Queue, conversation: str, now: datetime, asked_in: int | None = None) -> bool:
    """Puts the conversation in the queue; False when it waits already or a human holds it.

    To ask for a human is to wish that somebody reads: what is written from the message `asked_in` on, the young
    person's latest when it is not told, any caseworker may read.
    """
    return queue.enqueue(conversation, now, asked_in)


def asks_for_human(text: str) -> bool:
    """Whether the word itself is in it, for when no model reads it."""
    return "menneske" in text.casefold()


def claim(queue: Queue, conversation: str, user: int, now: datetime) -> None:
    """Makes the caseworker the one who answers whoever waits, or has a talk in the chat now.

    Raises AlreadyClaimedError, also where the bot answers and there is no such talk.
    """
    if not (queue.claim(conversation, user) or queue.begin(conversation, user, now)):
        raise AlreadyClaimedError


def release(queue: Queue, conversation: str, user: int) -> None:
    """Hands the conversation back to the bot. Raises NotHolderError."""
    if not queue.release(conversation, user):
        raise NotHolderError


def take_over(queue: Queue, conversation: str, user: int) -> None:
    """Makes the caseworker the one who answers in place of a colleague. Raises NotHeldError."""
    if not queue.take_over(conversation, user):
        raise NotHeldError


def give(queue: Queue, conversation: str, user: int, to: int) -> None:
    """Makes a colleague the one who answers. Raises NotHolderError: of two who give it at once one comes too late."""
    if not queue.give(conversation, user, to):
        raise NotHolderError


def give_to_team(queue: Queue, conversation: str, user: int, team: str | None, now: datetime) -> None:
    """Back in the queue, where they had waited before, for this team first or for everybody. Raises NotHolderError."""
    if not queue.requeue(conversation, user, now, team):
        raise NotHolderError


def leave_alone(queue: Queue, conversation: str, user: int, now: datetime) -> bool:
    """Back in the queue, where they had waited before, for the caseworker has left; False when they hold it no more."""
    return queue.requeue(conversation, user, now)
