"""What a young person lets the caseworkers see, part by part, and what danger opens without a yes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.casework.conversations import Conversation


class Shared(StrEnum):
    """A part that is shared or not: what was written before a human was asked for, the plan, how they are reached."""

    TRANSCRIPT = "transcript"
    PLAN = "plan"
    CONTACT = "contact"


OPENING_LEVEL = 2
"""From this level of danger on a caseworker may read without a yes, and the young person is told so."""
STEPS = "/consent{"
"""How the payload of a button begins that shares or takes back."""
OPENED_BY_DANGER = frozenset({Shared.TRANSCRIPT, Shared.CONTACT})
"""Not the plan: nobody needs it to help, and words of danger in it were never covered."""


class NothingToShareError(Exception):
    """There is no plan with words in it, or nothing by which the young person can be reached."""


@dataclass(frozen=True)
class ConsentChange:
    """One yes, or one taken back."""

    part: Shared
    given: bool
    at: datetime


class Consents(Protocol):
    """Where each yes is written down, and each that was taken back; none is ever changed."""

    def of(self, conversation: str) -> Mapping[Shared, datetime]:
        """The parts that are shared now, and since when."""

    def add(self, conversation: Conversation, change: ConsentChange) -> None: ...


def give(consents: Consents, conversation: Conversation, part: Shared, now: datetime) -> None:
    """Shares a part; a second yes changes nothing."""
    if part not in consents.of(conversation.id):
        consents.add(conversation, ConsentChange(part, given=True, at=now))


def take_back(consents: Consents, conversation: Conversation, part: Shared, now: datetime) -> None:
    """Shares a part no more; nothing happens to one that is not shared."""
    if part in consents.of(conversation.id):
        consents.add(conversation, ConsentChange(part, given=False, at=now))


def opened_by_danger(conversation: Conversation) -> frozenset[Shared]:
    """The parts that its danger opens until a human says that it is over: a fall of the level closes nothing."""
    opens = conversation.danger.level >= OPENING_LEVEL or conversation.eased_at is not None
    return OPENED_BY_DANGER if opens else frozenset()


def readable(given: Collection[Shared], conversation: Conversation) -> frozenset[Shared]:
    """The parts that a caseworker may read now."""
    return frozenset(given) | opened_by_danger(conversation)
