"""Messages that the robot may have misread, and what maintainers make of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.casework.meanings import CRISIS

SECOND_LEVEL = 2
"""From this level of danger on two people must agree."""


class Reason(StrEnum):
    """Why a message is looked at."""

    DISAGREES = "disagrees"
    """The danger screen and the meaning do not fit together."""
    SAID_SO = "said_so"
    """Its writer said next that they were not understood."""
    WANTED_HUMAN = "wanted_human"
    """Its writer asked for a human next."""
    ASKED_AGAIN = "asked_again"
    LEFT = "left"
    """Nothing came after it."""
    UNSURE = "unsure"
    SAMPLE = "sample"
    """Drawn by lot, so that what was misread and nobody complained of is found as well."""


class Verdict(StrEnum):
    """What a maintainer says about a group of messages."""

    CONFIRM = "confirm"
    CORRECT = "correct"
    NEW = "new"
    """They mean what there is no name for yet."""
    SEVERAL = "several"
    NOT_OURS = "not_ours"
    """They mean nothing that the robot is there for."""
    LEAVE_OUT = "leave_out"
    """They tell who wrote, or must not be used for another reason: nothing learns from them."""


@dataclass(frozen=True)
class Decision:
    """A verdict, and the meanings that the messages have by it. Two of them agree when they are equal."""

    verdict: Verdict
    labels: tuple[str, ...]

    @property
    def is_danger(self) -> bool:
        return any(label.startswith(CRISIS) for label in self.labels)


@dataclass(frozen=True)
class Opinion:
    """What one maintainer decided, and when."""

    by: int
    decision: Decision
    at: datetime


@dataclass(frozen=True)
class Given:
    """As what a decided message was given out to be learnt from, and when it was last."""

    at: datetime
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """A message that was found; its words stand where it is. `read_as` is None where the robot made nothing of it."""

    sequence: int
    day: date
    reasons: tuple[Reason, ...]
    read_as: str | None
    confidence: float
    level: int
    group: str

    @property
    def is_danger(self) -> bool:
        return self.level >= SECOND_LEVEL or (self.read_as or "").startswith(CRISIS)


@dataclass(frozen=True)
class FoundMessage:
    """The same with its words, as a maintainer sees it: nothing of it leads to its conversation.

    `opinions` are one a person, oldest first. `settled` is what is decided; None until it is. `said_danger`: somebody
    has said that it is danger, now or before. `undo_by` is who would undo what two agreed on, until a second says so.
    """

    id: int
    found: Found
    text: str
    opinions: tuple[Opinion, ...] = ()
    settled: Decision | None = None
    said_danger: bool = False
    undo_by: int | None = None
    given: Given | None = None


class GroupNotFoundError(Exception):
    """There is no such group: grouped anew, or its messages are gone."""


class UnknownLabelError(Exception):
    """No meaning has this name."""


class BadDecisionError(Exception):
    """A verdict without what it needs: a meaning, two different ones, a name for a new one."""


class SecondAtDeskError(Exception):
    """Another opinion on danger that comes by a command, where nothing shows that it is another person."""


class NotDecidedError(Exception):
    """There is nothing to undo: it is not decided, or not any more."""


class NothingToSplitError(Exception):
    """A split that takes out no message, or all of them."""


class DecidedMeanwhileError(Exception):
    """Somebody else has decided it."""

    def __init__(self, by: int, decision: Decision) -> None:
        super().__init__(decision.verdict)
        self.by = by
        self.decision = decision


def needs_second(messages: Sequence[FoundMessage], decision: Decision) -> bool:
    """Whether one person alone may not decide it, nor undo that: it was read as danger, or somebody ever said so.

    Anybody may leave it out.
    """
    if decision.verdict is Verdict.LEAVE_OUT:
        return False
    return decision.is_danger or any(message.said_danger or message.found.is_danger for message in messages)


def is_seconded(opinions: Sequence[Opinion], by: int, decision: Decision) -> bool:
    """Whether somebody else decided the same before."""
    return any(one.by != by and one.decision == decision for one in opinions)
