"""How long the free times of a municipality take, and how that grows with what is booked."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice, product
from statistics import median
from uuid import uuid4

from rich.console import Console

from bot.benchmark.databases import databases
from bot.benchmark.promises import TooSlowError
from bot.casework.arranging import free_times, taken_ahead
from bot.casework.bookings import Booking
from bot.casework.codes import new_code
from bot.casework.free_times import DANISH_TIME, Opening, Way, danish_day
from bot.municipality.demo import seed_demo
from bot.municipality.towns import Municipality, load_municipalities
from bot.store.store import Store, Work
from bot.store.whose import Town

AGENTS = 20
SIZES = (100, 1_000, 5_000, 10_000, 100_000)
RUNS = 20
# One talk of four stays free. The first lie ahead, to the horizon's end; the rest are over, as a store grows.
TALKS_A_DAY = 9
PAUSES = {Way.PHONE: timedelta(minutes=10), Way.CHAT: timedelta(minutes=5)}
# One day of so many is one of an agent's own: away, or with the first stretch of that weekday only.
OWN_DAY_OF = 10
PROMISED_AT = 5_000
PROMISED_SECONDS = 0.050


def measure_free_times(console: Console) -> None:
    """Prints the median of RUNS for each of SIZES, beside the smallest; on PostgreSQL too where it is at hand.

    Takes some minutes and 300 MB of disk. Raises TooSlowError, when all is measured, where the median at PROMISED_AT
    is PROMISED_SECONDS or more.
    """
    slow = []
    console.print(f"The free times of a municipality with {AGENTS} agents:")
    with databases(console) as kinds:
        for kind, database in kinds.items():
            first = 0.0
            for size in SIZES:
                whole, reading = (median(times) for times in zip(*_times(database(), size), strict=True))
                first = first or whole
                told = f"{whole * 1000:.1f} ms ({whole / first:.1f} times), reading {reading * 1000:.1f} ms"
                console.print(f"{kind}, {size} bookings: {told}")
                if size == PROMISED_AT and whole >= PROMISED_SECONDS:
                    slow.append(kind)
    if slow:
        promised = f"under {PROMISED_SECONDS * 1000:.0f} ms at {PROMISED_AT} bookings"
        raise TooSlowError(f"Slower than promised on {' and '.join(slow)}: the median must be {promised}.")


def _times(database: str, size: int) -> Iterator[tuple[float, float]]:
    """How long all of it takes, and reading what is taken alone."""
    store, now = Store(database, "a key"), datetime.now(UTC)
    town = load_municipalities()["eksempel"]
    town = replace(town, rules=replace(town.rules, pauses=PAUSES))
    store.migrate()
    seed_demo(store, town, "a password")
    _fill(store, town, size, now)
    for _ in range(RUNS):
        began = time.perf_counter()
        with store.read(Town(town.slug)) as work:
            free_times(work, town.slug, Way.OFFICE, town.rules, now)
            whole = time.perf_counter()
            taken_ahead(work, town.slug, town.rules, now)
        yield whole - began, time.perf_counter() - whole
    store.close()


def _fill(store: Store, town: Municipality, size: int, now: datetime) -> None:
    week = [opening for agent in town.agents for opening in agent.openings]
    with store.write(Town(town.slug)) as work:
        agents = [work.agents.add(town.slug, f"Agent {number}", week) for number in range(AGENTS - len(town.agents))]
        talks = (
            (day, *talk) for day in _workdays(now + town.rules.horizon) for talk in product(agents, range(TALKS_A_DAY))
        )
        for (day, agent, talk), code in zip(islice(talks, size), _codes(size), strict=True):
            work.bookings.add(_booking(town, agent, _start(day, week, talk), code))
        _give_own_days(work, town, now)


def _give_own_days(work: Work, town: Municipality, now: datetime) -> None:
    today = danish_day(now)
    for place, agent in enumerate(work.agents.of(town.slug, today)):
        for ahead in range(place % OWN_DAY_OF, town.rules.horizon.days, OWN_DAY_OF):
            day = today + timedelta(days=ahead)
            work.agents.set_day(agent, day, agent.hours_on(day)[: ahead % 2])


def _workdays(last: datetime) -> Iterator[date]:
    day = danish_day(last)
    while True:
        if day.weekday() < 5:  # noqa: PLR2004 - Saturday
            yield day
        day -= timedelta(days=1)


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
