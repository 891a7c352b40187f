"""The database itself lets no two talks of an agent overlap, whatever writes the rows."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, product
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import select

from bot.casework.bookings import GIVEN_UP, Booking, BookingStatus, TimeTakenError
from bot.casework.codes import new_code
from bot.casework.free_times import Span, Way, danish_day
from bot.store.database import StoreUnreachableError
from bot.store.store import Store, Work
from bot.store.tables import bookings
from tests.support.the_tests import THE_TESTS

START = datetime(2026, 11, 4, 9, tzinfo=UTC)
LENGTH = timedelta(minutes=30)
SHIFTED = timedelta(minutes=10)
TAKES_TIME = (BookingStatus.ACTIVE, BookingStatus.HELD)
LENGTHS = (timedelta(minutes=30), timedelta(minutes=45))


@pytest.fixture
def agent(store: Store) -> int:
    with store.read(THE_TESTS) as work:
        return work.agents.of("eksempel", danish_day(START))[0].id


def row(agent: int, starts_at: datetime, status: BookingStatus, length: timedelta = LENGTH) -> Booking:
    until = START if status is BookingStatus.HELD else None
    return Booking(
        str(uuid4()), "eksempel", agent, starts_at, starts_at + length, Way.PHONE, "", new_code(),
        status=status, held_until=until,
    )  # fmt: skip


def add(work: Work, incoming: Booking) -> None:
    work.bookings.add(incoming)


def change_its_time(work: Work, incoming: Booking) -> None:
    before = replace(incoming, starts_at=START + timedelta(hours=5), ends_at=START + timedelta(hours=6))
    work.bookings.add(before)
    work.bookings.change(incoming)


def change_what_it_is(work: Work, incoming: Booking) -> None:
    """From one that takes no time, and may lie anywhere."""
    work.bookings.add(replace(incoming, status=BookingStatus.CANCELLED))
    work.bookings.change(incoming)


DOORS: list[Callable[[Work, Booking], None]] = [add, change_its_time, change_what_it_is]


def test_the_database_refuses_an_overlap(store: Store, agent: int) -> None:
    """Each on a day of its own."""
    cases = list(product(DOORS, TAKES_TIME, TAKES_TIME, (-SHIFTED, timedelta(), SHIFTED)))
    for number, (door, existing, incoming, by) in enumerate(cases):
        starts_at = START + timedelta(days=number)
        with store.write(THE_TESTS) as work:
            work.bookings.add(row(agent, starts_at, existing))
        with pytest.raises(TimeTakenError), store.write(THE_TESTS) as work:
            door(work, row(agent, starts_at + by, incoming))
    assert sorted(span.starts_at for span in standing(store)) == [START + timedelta(days=n) for n in range(len(cases))]


def test_it_lets_through_what_does_not_overlap(store: Store, agent: int) -> None:
    """One right after it; and where the first is given up, one at the very time."""
    for number, (door, existing) in enumerate(product(DOORS, [*TAKES_TIME, *GIVEN_UP])):
        first = START + timedelta(days=number)
        starts_at = first + LENGTH if existing in TAKES_TIME else first
        with store.write(THE_TESTS) as work:
            work.bookings.add(row(agent, first, existing))
            door(work, row(agent, starts_at, BookingStatus.ACTIVE))
        assert starts_at in {span.starts_at for span in standing(store)}


def test_rows_of_two_lengths_that_are_written_at_once_without_any_lock_never_overlap(store: Store, agent: int) -> None:
    """Half of them come in by moving a row that stands elsewhere."""
    chance = Random(5)
    crowd = [
        row(agent, START + SHIFTED * chance.randrange(18), chance.choice(TAKES_TIME), chance.choice(LENGTHS))
        for _ in range(60)
    ]

    def attempt(number: int) -> None:
        incoming = crowd[number]
        elsewhere = START + timedelta(days=1 + number)
        # PostgreSQL lets one of two go that wait for each other, and says it is away.
        with suppress(TimeTakenError, StoreUnreachableError):
            if number % 2:
                with store.write(THE_TESTS) as work:
                    work.bookings.add(replace(incoming, starts_at=elsewhere, ends_at=elsewhere + LENGTH))
                with store.write(THE_TESTS) as work:
                    work.bookings.change(incoming)
            else:
                with store.write(THE_TESTS) as work:
                    work.bookings.add(incoming)

    with ThreadPoolExecutor(10) as together:
        list(together.map(attempt, range(len(crowd))))
    spans = standing(store)
    assert [pair for pair in combinations(spans, 2) if pair[0].overlaps(pair[1])] == []
    today = [span for span in spans if span.starts_at < START + timedelta(days=1)]
    assert len(today) >= len(LENGTHS)
    assert len(spans) < len(crowd)


def standing(store: Store) -> list[Span]:
    """The time of every row that takes any."""
    with store.read(THE_TESTS) as work:
        found = work._connection.execute(
            select(bookings.c.agent, bookings.c.starts_at, bookings.c.ends_at).where(bookings.c.status.in_(TAKES_TIME))
        )
        return [Span(*one) for one in found]
