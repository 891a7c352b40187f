"""Which times a boligagent has free: opening hours less what is taken, thought in Danish time, kept in UTC."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

DANISH_TIME = ZoneInfo("Europe/Copenhagen")


class Way(StrEnum):
    """How a talk is held."""

    OFFICE = "office"
    PHONE = "phone"
    CHAT = "chat"


@dataclass(frozen=True)
class Opening:
    """A stretch of a weekday (0 is Monday) in Danish wall-clock time."""

    weekday: int
    start: time
    end: time


@dataclass(frozen=True)
class Agent:
    """A boligagent of one municipality with the weekly hours in which talks may be booked."""

    id: int
    municipality: str
    name: str
    openings: tuple[Opening, ...]


@dataclass(frozen=True)
class Span:
    """A stretch of an agent's time, in UTC; the end is not part of it."""

    agent: int
    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Span") -> bool:
        """Whether both belong to one agent and share at least a moment."""
        return self.agent == other.agent and self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True)
class BookingRules:
    """What a municipality has decided about its talks.

    `notice` is the least time between booking and talk; `horizon` how far ahead talks are offered.
    """

    lengths: dict[Way, timedelta]
    notice: timedelta
    horizon: timedelta
    closed_days: frozenset[date] = field(default_factory=frozenset)


def free_spans(
    agents: Iterable[Agent], taken: Sequence[Span], way: Way, rules: BookingRules, now: datetime
) -> list[Span]:
    """All free spans of the way's length, soonest first; `now` is aware, the answer in UTC."""
    free = [
        span
        for agent in agents
        for span in _offered(agent, rules.lengths[way], rules, now)
        if not any(span.overlaps(other) for other in taken)
    ]
    return sorted(free, key=lambda span: (span.starts_at, span.agent))


def _offered(agent: Agent, length: timedelta, rules: BookingRules, now: datetime) -> Iterator[Span]:
    earliest, latest = now + rules.notice, now + rules.horizon
    for day in _days(earliest, latest):
        if day in rules.closed_days:
            continue
        for opening in agent.openings:
            if opening.weekday == day.weekday():
                spans = _cut(agent.id, day, opening, length)
                yield from (span for span in spans if earliest <= span.starts_at <= latest)


def _days(earliest: datetime, latest: datetime) -> Iterator[date]:
    day, last = earliest.astimezone(DANISH_TIME).date(), latest.astimezone(DANISH_TIME).date()
    while day <= last:
        yield day
        day += timedelta(days=1)


def _cut(agent: int, day: date, opening: Opening, length: timedelta) -> Iterator[Span]:
    # In UTC before adding the length: on the days the clocks change, wall-clock arithmetic is an hour wrong.
    start = datetime.combine(day, opening.start, DANISH_TIME).astimezone(UTC)
    end = datetime.combine(day, opening.end, DANISH_TIME).astimezone(UTC)
    while start + length <= end:
        yield Span(agent, start, start + length)
        start += length
