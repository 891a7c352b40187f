"""What is kept of a danger for review: never the words of the young person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.casework.conversations import Danger


@dataclass(frozen=True)
class Shown:
    """The reviewed reply that was shown: its name and language, its text as it was then, its facts.

    `presence` says what was told of a human: one is here, some are at their desks, or nobody is.
    """

    reply: str
    language: str
    text: str
    facts: tuple[str, ...]
    about_another: bool = False
    presence: str = ""

    def kept(self) -> dict[str, Any]:
        """As it stands in the store."""
        return vars(self) | {"facts": list(self.facts)}


@dataclass(frozen=True)
class DangerEvent:
    """One message that told of danger. `conversation` is None once it was erased.

    `shown` is empty when a human answered instead of us; `taken_by` is the shown name of who took it first.
    """

    municipality: str
    conversation: str | None
    sequence: int | None
    danger: Danger
    at: datetime
    shown: dict[str, Any]
    taken_by: str | None
    taken_at: datetime | None
