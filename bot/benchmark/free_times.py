"""How long the free times of a municipality take, and how that grows with what is booked."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice, product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from uuid import uuid4

from rich.console import Console

from bot.casework.arranging import free_times
from bot.casework.bookings import Booking
from bot.casework.codes import new_code
from bot.casework.free_times import DANISH_TIME, Opening, Way, danish_day
from bot.municipality.demo import seed_demo
from bot.municipality.towns import Municipality, load_municipalities
from bot.store.store import Store

AGENTS = 20
SIZES = (100, 1_000, 5_000, 10_000, 100_000)
RUNS = 20
# One talk of four stays free; the first are two weeks old, so that some are over and most lie ahead.
TALKS_A_DAY = 9
OLDEST = timedelta(days=14)


def measure_free_times(console: Console) -> None:
    """Prints the median of RUNS for each of SIZES, beside the smallest. Takes some minutes and 200 MB of disk."""
    first = 0.0
    for size in SIZES:
        with TemporaryDirectory() as folder:
            taken = median(_times(Path(folder), size))
        first = first or taken
        console.print(f"{AGENTS} agents, {size} bookings: {taken * 1000:.1f} ms, {taken / first:.1f} times the first")


def _times(folder: Path, size: int) -> Iterator[float]:
    store, now = Store(f"sqlite:///{folder / 'times.sqlite'}", "a key"), datetime.now(UTC)
    town = load_municipalities()["eksempel"]
    store.migrate()
    seed_demo(store, town, "a password")
    _fill(store, town, size, now)
    for _ in range(RUNS):
        began = time.perf_counter()
        with store.read() as work:
            free_times(work, town.slug, Way.OFFICE, town.rules, now)
        yield time.perf_counter() - began
    store.close()


def _fill(store: Store, town: Municipality, size: int, now: datetime) -> None:
    week = [opening for agent in town.agents for opening in agent.openings]
    with store.write() as work:
        agents = [work.agents.add(town.slug, f"Agent {number}", week) for number in range(AGENTS - len(town.agents))]
        talks = ((day, *talk) for day in _workdays(now) for talk in product(agents, range(TALKS_A_DAY)))
        for (day, agent, talk), code in zip(islice(talks, size), _codes(size), strict=True):
            work.bookings.add(_booking(town, agent, _start(day, week, talk), code))


def _workdays(now: datetime) -> Iterator[date]:
    day = danish_day(now - OLDEST)
    while True:
        if day.weekday() < 5:  # noqa: PLR2004 - Saturday
            yield day
        day += timedelta(days=1)


def _start(day: date, week: list[Opening], talk: int) -> datetime:
    begins = next(opening.start for opening in week if opening.weekday == day.weekday())
    # Three talks, then a free one.
    return datetime.combine(day, begins, DANISH_TIME).astimezone(UTC) + (talk + talk // 3) * timedelta(minutes=30)


def _codes(size: int) -> set[str]:
    """So many different ones: of a hundred thousand drawn, a few are drawn twice."""
    codes: set[str] = set()
    while len(codes) < size:
        codes.add(new_code())
    return codes


def _booking(town: Municipality, agent: int, start: datetime, code: str) -> Booking:
    return Booking(str(uuid4()), town.slug, agent, start, start + timedelta(minutes=30), Way.OFFICE, "Ungehuset", code)
