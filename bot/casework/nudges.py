"""Whoever waits for a human may be told by a message that somebody is there; where to is forgotten right after."""

from datetime import datetime, timedelta
from typing import Protocol

from bot.casework.conversations import Conversation, Holder
from bot.casework.reminders import Address
from bot.casework.trying_again import wait_after

# So often it is tried, within some eight minutes: later the human is no longer waiting for them.
MOST_TRIES = 5
# As they are asked for a talk, so that no more is kept than a conversation that waits for days needs.
LONGEST_WISH = timedelta(days=7)


class NotWaitingError(Exception):
    """Nobody waits in this conversation, so there is nothing to be told of."""


class Nudges(Protocol):
    """Where the wishes to be told are kept, at most one for each conversation."""

    def ask(self, conversation: Conversation, address: Address, now: datetime) -> None: ...


class NudgingWork(Protocol):
    """One transaction over the store."""

    @property
    def nudges(self) -> Nudges: ...


def ask_for_nudge(work: NudgingWork, conversation: Conversation, address: Address, now: datetime) -> None:
    """Keeps where to write when a human takes the conversation, instead of what was given before.

    Raises NotWaitingError.
    """
    if conversation.holder is not Holder.WAITING:
        raise NotWaitingError
    work.nudges.ask(conversation, address, now)


def next_try(tries: int, now: datetime) -> datetime | None:
    """When to try again after so many tries that failed; None when it is given up."""
    return now + wait_after(tries) if tries < MOST_TRIES else None
