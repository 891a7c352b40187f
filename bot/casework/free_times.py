"""Which times a boligagent has free: opening hours less what is taken, thought in Danish time, kept in UTC."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import accumulate
from zoneinfo import ZoneInfo

DANISH_TIME = ZoneInfo("Europe/Copenhagen")
# A talk lies within the hours of one day, and a day has 25 when the clocks go back.
LONGEST_TALK = timedelta(hours=25)


class Way(StrEnum):
    """How a talk is held. OUT is out of the office, at a place that the young person names."""

    OFFICE = "office"
    PHONE = "phone"
    CHAT = "chat"
    OUT = "out"


@dataclass(frozen=True)
class Opening:
    """A stretch of a weekday (0 is Monday) in Danish wall-clock time."""

    weekday: int
    start: time
    end: time

    def on(self, day: date) -> tuple[datetime, datetime]:
        """When it begins on a date and ends, in UTC; on the next day where the end is not after the start.

        Where the clock shows an hour twice, it is the first time; what it skips is the moment at which it does.
        """
        last = day if self.start < self.end else day + timedelta(days=1)
        return _first_shown(day, self.start), _first_shown(last, self.end)


@dataclass(frozen=True)
class Agent:
    """A boligagent of one municipality with the weekly hours in which talks may be booked.

    `days` are exceptions: on such a date its stretches stand instead of the week's, and none means away. `talks_a_day`
    is the most that may be booked on one Danish day.
    """

    id: int
    municipality: str
    name: str
    openings: tuple[Opening, ...]
    days: Mapping[date, tuple[Opening, ...]] = field(default_factory=dict)
    talks_a_day: int | None = None

    def hours_on(self, day: date) -> tuple[Opening, ...]:
        """The stretches of this date; a closed day of the municipality is not known here."""
        if day in self.days:
            return self.days[day]
        return tuple(opening for opening in self.openings if opening.weekday == day.weekday())


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
class Taken:
    """A stretch of an agent's time that nobody else can have, and how the talk in it is held."""

    span: Span
    way: Way


@dataclass(frozen=True)
class BookingRules:
    """What a municipality has decided about its talks.

    `notice` is the least time between booking and talk; `horizon` how far ahead talks are offered. `pauses`: how long
    an agent has at least between a talk of this way and any other; the longer pause of the two counts.
    """

    lengths: dict[Way, timedelta]
    notice: timedelta
    horizon: timedelta
    closed_days: frozenset[date] = field(default_factory=frozenset)
    pauses: Mapping[Way, timedelta] = field(default_factory=dict)

    def pause(self, way: Way) -> timedelta:
        """The pause around a talk of this way."""
        return self.pauses.get(way, timedelta())


def free_spans(
    agents: Iterable[Agent], taken: Iterable[Taken], way: Way, rules: BookingRules, now: datetime
) -> list[Span]:
    """All free spans of the way's length, soonest first; `now` is aware, the answer in UTC.

    `taken` is all that the agents have from the beginning of the first day, in Danish time, to the end of the last.
    """
    diaries: defaultdict[int, list[Taken]] = defaultdict(list)
    for one in taken:
        diaries[one.span.agent].append(one)
    free = [
        span
        for agent in agents
        for span in _Diary(agent, diaries[agent.id], way, rules).lets_through(offered_spans(agent, way, rules, now))
    ]
    return sorted(free, key=lambda span: (span.starts_at, span.agent))


def offered_spans(agent: Agent, way: Way, rules: BookingRules, now: datetime) -> Iterator[Span]:
    """All spans an agent would have if nothing were taken, soonest first; none of a way that the town has given up."""
    if way not in rules.lengths:
        return
    earliest, latest = now + rules.notice, now + rules.horizon
    for day in _days(earliest, latest):
        if day in rules.closed_days:
            continue
        for opening in agent.hours_on(day):
            spans = _cut(agent.id, day, opening, rules.lengths[way], rules.pause(way))
            yield from (span for span in spans if earliest <= span.starts_at <= latest)


def has_room(agent: Agent, taken: Iterable[Taken], talk: Taken, rules: BookingRules) -> bool:
    """Whether the agent has that very stretch free, offered or not: its pauses and the limit of the day, not the hours.

    `taken` as for `free_spans`, without the talk itself; whose `talk.span` is does not matter.
    """
    own = [one for one in taken if one.span.agent == agent.id]
    return any(True for _ in _Diary(agent, own, talk.way, rules).lets_through([talk.span]))


class _Diary:
    """What one agent has, to look into many times."""

    def __init__(self, agent: Agent, taken: Sequence[Taken], way: Way, rules: BookingRules) -> None:
        pauses = ((one.span, max(rules.pause(one.way), rules.pause(way))) for one in taken)
        busy = sorted((span.starts_at - pause, span.ends_at + pause) for span, pause in pauses)
        self._starts = [start for start, _ in busy]
        # Pauses may reach into each other, so of two stretches the one that began first may end last.
        self._ends = list(accumulate((end for _, end in busy), max))
        talks_on = Counter(danish_day(one.span.starts_at) for one in taken)
        most = agent.talks_a_day
        self._full = {day for day, talks in talks_on.items() if most is not None and talks >= most}

    def lets_through(self, spans: Iterable[Span]) -> Iterator[Span]:
        """Those for which there is time."""
        return (span for span in spans if not self._is_busy(span) and danish_day(span.starts_at) not in self._full)

    def _is_busy(self, span: Span) -> bool:
        begun = bisect_left(self._starts, span.ends_at)
        return begun > 0 and self._ends[begun - 1] > span.starts_at


def danish_midnight(day: date) -> datetime:
    """When a date begins in Denmark."""
    return datetime.combine(day, time.min, DANISH_TIME)


def danish_day(moment: datetime) -> date:
    """The date that a moment has in Denmark."""
    return moment.astimezone(DANISH_TIME).date()


def _first_shown(day: date, clock: time) -> datetime:
    wall = datetime.combine(day, clock, DANISH_TIME)
    while (moment := wall.astimezone(UTC)).astimezone(DANISH_TIME).time() != wall.time():
        wall += timedelta(minutes=1)
    return moment


def _days(earliest: datetime, latest: datetime) -> Iterator[date]:
    day, last = danish_day(earliest), danish_day(latest)
    while day <= last:
        yield day
        day += timedelta(days=1)


def _cut(agent: int, day: date, opening: Opening, length: timedelta, pause: timedelta) -> Iterator[Span]:
    # In UTC before adding the length: on the days the clocks change, wall-clock arithmetic is an hour wrong.
    start, end = opening.on(day)
    while start + length <= end:
        yield Span(agent, start, start + length)
        start += length + pause
