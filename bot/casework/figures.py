"""What is counted of the work: parts of closed lists, in full fives, and nothing that leads back to anybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.casework.free_times import DANISH_TIME

# Four and fewer wait until they are five: so no number from one to four ever stands beside a day.
FIVE = 5
# The day in eight and not in twenty-four: in each part up to four wait.
STRETCH_HOURS = 3


class Figure(StrEnum):
    """What is counted. The parts of one share nothing, and no other is a bound of them (docs/decisions/0026)."""

    HOUR = "hour"  # a conversation's first message, by the time of day
    TOPIC = "topic"  # each time a conversation turns to it, and again on another day
    UNANSWERED = "unanswered"  # the same, of what there was no answer to
    WAIT = "wait"  # a wait for a human, when it ends; without a danger that nobody has taken
    DANGER = "danger"  # level 2 or 3, when a human takes it or never can
    TALK = "talk"  # what became of a talk


class Topic(StrEnum):
    """What a conversation is about, as people would sort it."""

    HOME = "home"
    MONEY = "money"
    SUPPORT = "support"
    WELLBEING = "wellbeing"
    NETWORK = "network"
    BOOKING = "booking"
    HUMAN = "human"
    HELPER = "helper"
    DANGER = "danger"


class Unknown(StrEnum):
    """Why there was no answer, where no topic tells it: about nothing it knows, or the robot was down."""

    OTHER = "other"
    AWAY = "away"


class Waited(StrEnum):
    """How long, in coarse steps."""

    UNDER_5 = "under_5"
    UNDER_15 = "under_15"
    UNDER_60 = "under_60"
    OVER_60 = "over_60"


class GivenUp(StrEnum):
    """How a wait ended without a talk.

    SILENT: a human came, and was handed back without a word from who had waited. LEFT: by the quick exit. ERASED: with
    the chat.
    """

    SILENT = "silent"
    LEFT = "left"
    ERASED = "erased"


class TalkEvent(StrEnum):
    """What happened to a talk. CANCELLED is by whose it is, CALLED_OFF by the boligagent."""

    BOOKED = "booked"
    MET = "met"
    MISSED = "missed"
    CANCELLED = "cancelled"
    CALLED_OFF = "called_off"


NOBODY_CAME = "nobody"
"""The part of a danger that no human had taken when its chat was erased."""
AGAIN = "again"
"""Stands in a mark and is never counted."""

PARTS: Mapping[Figure, Sequence[str]] = {
    Figure.HOUR: [f"{hour:02}" for hour in range(0, 24, STRETCH_HOURS)],
    Figure.TOPIC: list(Topic),
    Figure.UNANSWERED: [*(topic for topic in Topic if topic is not Topic.DANGER), *Unknown],
    Figure.WAIT: [*Waited, *GivenUp],
    Figure.DANGER: [*Waited, NOBODY_CAME],
    Figure.TALK: list(TalkEvent),
}


@dataclass(frozen=True, order=True)
class Cell:
    """One part of one figure. Raises ValueError for a part that stands in no list: no text is ever counted."""

    figure: Figure
    part: str

    def __post_init__(self) -> None:
        if self.part not in PARTS[self.figure]:
            raise ValueError(f"{self.figure}: no part of that name")


class Figures(Protocol):
    """Where is counted."""

    def count(self, municipality: str, cell: Cell, now: datetime, change: int = 1) -> None:
        """One more of it; with -1 what was counted before is put right."""


@dataclass(frozen=True)
class Mark:
    """What must be known of a conversation to count it once; erased with it.

    `subject`: what it turned to last, and on which day. `waited`: a wait that has ended and whose outcome is not told
    yet, by its part; or LEFT, for one that was left while nobody had come; or AGAIN, for one that began when a human
    who had come was gone.
    """

    subject: str = ""
    waited: str = ""


def fold(rest: int, change: int) -> tuple[int, int]:
    """The rest after a change, and how many fives it fills.

    A rest is 0 to 4. What is put right may take it below, to -4, and then a five away.
    """
    whole = rest + change
    fives = abs(whole) // FIVE * (1 if whole > 0 else -1)
    return whole - fives * FIVE, fives


def stretch_of(now: datetime) -> Cell:
    """The time of day in which something came."""
    hour = now.astimezone(DANISH_TIME).hour
    return Cell(Figure.HOUR, f"{hour - hour % STRETCH_HOURS:02}")


_STEPS = ((5, Waited.UNDER_5), (15, Waited.UNDER_15), (60, Waited.UNDER_60))


def waited(since: datetime, now: datetime) -> Waited:
    """How long it is from one to the other; clocks that differ make it short, and never less than nothing."""
    return next((step for minutes, step in _STEPS if now - since < timedelta(minutes=minutes)), Waited.OVER_60)


@dataclass(frozen=True)
class Table:
    """One figure over some days: each part with its number, always full fives. `total` is their sum, where it tells
    something.
    """

    figure: Figure
    rows: Sequence[tuple[str, int]]
    total: int | None


# How often conversations turned to something, all together, and all that happened to talks, are sums of nothing.
_WITH_TOTAL = (Figure.HOUR, Figure.WAIT, Figure.DANGER)


def tables(fives: Mapping[Cell, int]) -> list[Table]:
    """All figures, from how many fives each part has.

    A total is made of what is shown and of nothing else, so it tells nothing that the parts do not.
    """
    return [_table(figure, fives) for figure in Figure]


def _table(figure: Figure, fives: Mapping[Cell, int]) -> Table:
    rows = [(part, max(0, FIVE * fives.get(Cell(figure, part), 0))) for part in PARTS[figure]]
    return Table(figure, rows, sum(number for _, number in rows) if figure in _WITH_TOTAL else None)
