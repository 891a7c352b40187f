"""Whether the robot may learn from what a young person wrote to it: a yes of its own, apart from what is shared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.casework.conversations import Conversation

YOUNGEST = 15
"""Whoever says that they are younger is not asked, and a yes of theirs does not count."""


class LearningNotOfferedError(Exception):
    """The municipality does not learn from conversations, or whoever writes is too young to say yes to it."""


@dataclass(frozen=True)
class LearningChange:
    """A yes, or one taken back."""

    given: bool
    at: datetime


class LearningConsents(Protocol):
    """Where each yes is written down, and each that was taken back; none is ever changed."""

    def history(self, conversation: str) -> Sequence[LearningChange]:
        """Oldest first."""

    def add(self, conversation: Conversation, change: LearningChange) -> None: ...


def given_since(changes: Sequence[LearningChange]) -> datetime | None:
    """Since when there is a yes; None where there is none."""
    return changes[-1].at if changes and changes[-1].given else None


def set_learning(consents: LearningConsents, conversation: Conversation, *, given: bool, now: datetime) -> None:
    """Writes a yes down, or that it is taken back; the same once more changes nothing."""
    if given != (given_since(consents.history(conversation.id)) is not None):
        consents.add(conversation, LearningChange(given, now))
