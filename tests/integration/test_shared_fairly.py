"""Talks are shared among the agents who are free: no one has more than one more than another."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from bot.casework.after_booking import hand_over
from bot.casework.arranging import book, cancel, free_times
from bot.casework.bookings import Booking, Wish
from bot.casework.free_times import Way, danish_day
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.the_tests import THE_TESTS

TALKS = 30


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def three(store: Store, now: datetime) -> list[int]:
    """Agents with the same hours."""
    with store.write(THE_TESTS) as work:
        [first] = work.agents.of("eksempel", danish_day(now))
        return [first.id, *(work.agents.add("eksempel", name, first.openings) for name in ("Bo", "Else"))]


@pytest.fixture
def talks(store: Store, municipality: Municipality, now: datetime, three: list[int]) -> list[Booking]:
    """Each at another time, so that all three are free for it, and in no order."""
    with store.read(THE_TESTS) as work:
        free = free_times(work, "eksempel", Way.OFFICE, municipality.rules, now)
    moments = random.Random(0).sample([span.starts_at for span in free], TALKS)
    made: list[Booking] = []
    for moment in moments:
        with store.write(THE_TESTS) as work:
            wish = Wish(str(uuid4()), "eksempel", moment, Way.OFFICE, "Ungehuset")
            made.append(book(work, wish, municipality.rules, now))
        assert spread(made, three) <= 1
    return made


def spread(talks: Sequence[Booking], agents: Sequence[int]) -> int:
    """How many more whoever has the most has than whoever has the fewest."""
    has = Counter(talk.agent for talk in talks)
    assert has.keys() <= set(agents)
    return max(has[agent] for agent in agents) - min(has[agent] for agent in agents)


def test_thirty_talks_are_shared_among_three(talks: list[Booking], three: list[int]) -> None:
    assert spread(talks, three) == 0


def test_talks_that_are_handed_over_are_shared_among_those_who_stay(
    store: Store, municipality: Municipality, now: datetime, talks: list[Booking], three: list[int]
) -> None:
    leaving, *stay = three
    handed = []
    for talk in talks:
        with store.write(THE_TESTS) as work:
            new = hand_over(work, talk, municipality.rules, now) if talk.agent == leaving else talk
        assert new
        handed.append(new)
    assert spread(handed, stay) == 0


def test_who_has_fewer_after_a_day_of_cancelling_gets_the_next(
    store: Store, municipality: Municipality, now: datetime, talks: list[Booking], three: list[int]
) -> None:
    last = three[-1]
    with store.write(THE_TESTS) as work:
        gone = [cancel(work, talk, now) for talk in talks if talk.agent == last]
        free = free_times(work, "eksempel", Way.OFFICE, municipality.rules, now)
        taken = {talk.starts_at for talk in talks}
        moment = next(span.starts_at for span in free if span.starts_at not in taken)
        wish = Wish(str(uuid4()), "eksempel", moment, Way.OFFICE, "Ungehuset")
        assert (len(gone), book(work, wish, municipality.rules, now).agent) == (TALKS // 3, last)
