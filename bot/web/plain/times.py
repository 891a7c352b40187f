"""Free times as a form offers them: a fortnight, by the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby

from bot.casework.free_times import Span
from bot.language.danish import clock, spoken_day

AHEAD = timedelta(days=14)
# When the fortnight is full: enough to choose from.
LATER_TIMES = 20


@dataclass(frozen=True)
class Choice:
    """One free time: what the form sends and what it says."""

    value: str
    clock: str
    chosen: bool


@dataclass(frozen=True)
class Day:
    """The free times of a day; the day one looks at is open."""

    title: str
    choices: tuple[Choice, ...]
    open: bool


def days(free: Sequence[Span], wanted: datetime | None = None) -> list[Day]:
    """The free times, soonest first. The day of the wanted time is open, or the next one with a free time."""
    near = [span for span in free if span.starts_at < datetime.now(UTC) + AHEAD] or free[:LATER_TIMES]
    starts = [span.starts_at for span in near]
    shown = next((start for start in starts if wanted is None or start >= wanted), starts[0] if starts else None)
    return [
        Day(title, tuple(_choice(start, wanted) for start in group), shown is not None and title == spoken_day(shown))
        for title, members in groupby(starts, spoken_day)
        if (group := list(members))
    ]


def read_time(given: str) -> datetime | None:
    """The moment a form sent, in UTC; None when it is none."""
    try:
        moment = datetime.fromisoformat(given)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _choice(start: datetime, wanted: datetime | None) -> Choice:
    return Choice(start.isoformat(), clock(start), start == wanted)
