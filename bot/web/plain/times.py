"""Free times as a form offers them, by the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from bot.casework.free_times import Span
from bot.language.danish import clock, spoken_day

# What is later is folded away where something is free before, for a narrow screen is soon full.
NEAR = timedelta(days=14)
# From today, so that no calendar ends on the way.
LONGEST_WAY = timedelta(days=3660)


@dataclass(frozen=True)
class Choice:
    """One free time: what the form sends and what it says."""

    value: str
    clock: str
    chosen: bool


@dataclass(frozen=True)
class Day:
    """The free times of a day; the day one looks at is open. `later`: folded away with others until asked for."""

    title: str
    choices: tuple[Choice, ...]
    open: bool
    later: bool


def day_near(text: str, today: date) -> date | None:
    """The day that a form or an address names; None for what is none, or lies ten years away."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if abs(day - today) <= LONGEST_WAY else None


def days(free: Sequence[Span], wanted: datetime | None = None) -> list[Day]:
    """The free times, soonest first. The day of the wanted time is open, or the next one with a free time."""
    starts = [span.starts_at for span in free]
    shown = next((start for start in starts if wanted is None or start >= wanted), starts[0] if starts else None)
    near = max(datetime.now(UTC) + NEAR, *starts[:1], *filter(None, [shown]))
    return [_day(title, list(group), wanted, shown, near) for title, group in groupby(starts, spoken_day)]


def read_time(given: str) -> datetime | None:
    """The moment a form sent, in UTC; None when it is none."""
    try:
        moment = datetime.fromisoformat(given)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _day(
    title: str, starts: Sequence[datetime], wanted: datetime | None, shown: datetime | None, near: datetime
) -> Day:
    choices = tuple(_choice(start, wanted) for start in starts)
    return Day(title, choices, shown in starts, later=starts[0] > near)


def _choice(start: datetime, wanted: datetime | None) -> Choice:
    return Choice(start.isoformat(), clock(start), start == wanted)
