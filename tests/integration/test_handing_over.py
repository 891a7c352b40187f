"""A talk is handed to a colleague who is free at that time, whatever times the colleague is offered at."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.casework.after_booking import hand_over
from bot.casework.arranging import HELD_FOR, hold
from bot.casework.bookings import Booking
from bot.casework.free_times import DANISH_TIME, Agent, Opening, Way, danish_day
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.agents import add_agents, agents_of
from tests.support.bookings import booked, times, wish
from tests.support.desk import CONTACT, YoungPerson
from tests.support.reminders import talk_starts
from tests.support.the_tests import THE_TESTS

WEEKDAYS = range(5)
HALF_HOUR, MINUTE = timedelta(minutes=30), timedelta(minutes=1)


@pytest.fixture
def leaving(store: Store) -> Agent:
    return agents_of(store)[0]


@pytest.fixture
def book(store: Store, municipality: Municipality) -> Callable[[Way, int], list[Booking]]:
    """So many talks of a way, on the first times there are."""
    return lambda way, number: [YoungPerson(store).books(municipality, CONTACT, way) for _ in range(number)]


def colleague(store: Store, start: time, end: time = time(18)) -> int:
    with store.write(THE_TESTS) as work:
        return work.agents.add("eksempel", "Bo", [Opening(day, start, end) for day in WEEKDAYS])


def handed(store: Store, municipality: Municipality, talks: Sequence[Booking]) -> list[Booking | None]:
    with store.write(THE_TESTS) as work:
        work.agents.lock("eksempel")
        return [hand_over(work, talk, municipality.rules, datetime.now(UTC)) for talk in talks]


def takes(store: Store, municipality: Municipality, talk: Booking) -> int | None:
    """Whom the talk is handed to; it is with them in the store, and otherwise as it was."""
    [new] = handed(store, municipality, [talk])
    with store.read(THE_TESTS) as work:
        found = work.bookings.by_id(talk.id)
    assert found == (new or talk)
    assert new is None or new == replace(talk, agent=new.agent, revision=talk.revision + 1)
    return new.agent if new else None


def busy(store: Store, agent: int, starts_at: datetime, way: Way = Way.OFFICE) -> None:
    """Half an hour of the agent's own, somewhere between the times that are offered."""
    other = Booking("own", "eksempel", agent, starts_at, starts_at + HALF_HOUR, way, "Ungehuset", "lampe-skov-pære")
    with store.write(THE_TESTS) as work:
        work.bookings.add(other)


@pytest.mark.parametrize("way", [Way.OFFICE, Way.PHONE, Way.OUT])
@pytest.mark.parametrize("start", [time(8), time(8, 15), time(8, 50)])
def test_who_is_free_all_day_takes_every_talk_wherever_their_own_times_begin(
    store: Store, municipality: Municipality, book: Callable[[Way, int], list[Booking]], way: Way, start: time
) -> None:
    talks = book(way, 12)
    number = colleague(store, start)
    assert [new and new.agent for new in handed(store, municipality, talks)] == [number] * len(talks)


def test_a_talk_that_new_weekly_hours_have_left_between_two_times_is_taken_too(
    store: Store, municipality: Municipality, leaving: Agent, book: Callable[[Way, int], list[Booking]]
) -> None:
    [talk] = book(Way.OFFICE, 1)
    talk_starts(store, talk, talk.starts_at + timedelta(minutes=7))
    with store.write(THE_TESTS) as work:
        work.agents.set_week(leaving, [], None)
        [moved] = work.bookings.of_agent(leaving.id, datetime.now(UTC))
    number = colleague(store, time(8))
    assert takes(store, municipality, moved) == number


def test_a_talk_of_a_way_that_is_offered_no_more_is_taken_too(
    store: Store, municipality: Municipality, book: Callable[[Way, int], list[Booking]]
) -> None:
    [talk] = book(Way.CHAT, 1)
    rest = {way: length for way, length in municipality.rules.lengths.items() if way is not Way.CHAT}
    number = colleague(store, time(8))
    assert takes(store, replace(municipality, rules=replace(municipality.rules, lengths=rest)), talk) == number


@pytest.mark.parametrize(("longer", "is_taken"), [(-MINUTE, False), (timedelta(), True)])
@pytest.mark.parametrize("end", ["start", "end"])
def test_nobody_takes_a_talk_that_reaches_out_of_their_hours(
    store: Store,
    municipality: Municipality,
    book: Callable[[Way, int], list[Booking]],
    longer: timedelta,
    end: str,
    *,
    is_taken: bool,
) -> None:
    talk = book(Way.OUT, 3)[-1]
    first, last = (moment.astimezone(DANISH_TIME) for moment in (talk.starts_at, talk.ends_at))
    hours = ((first - longer).time(), time(18)) if end == "start" else (time(7), (last + longer).time())
    number = colleague(store, *hours)
    assert takes(store, municipality, talk) == (number if is_taken else None)


@pytest.mark.parametrize(
    ("way", "before", "is_taken"),
    [
        (Way.OFFICE, HALF_HOUR, True),
        (Way.OFFICE, HALF_HOUR - MINUTE, False),
        # A talk out of the office has half an hour before it.
        (Way.OUT, 2 * HALF_HOUR, True),
        (Way.OUT, 2 * HALF_HOUR - MINUTE, False),
    ],
)
def test_nobody_takes_a_talk_into_their_own_or_into_the_pause_around_it(
    store: Store,
    municipality: Municipality,
    book: Callable[[Way, int], list[Booking]],
    way: Way,
    before: timedelta,
    *,
    is_taken: bool,
) -> None:
    talk = book(way, 3)[-1]
    number = colleague(store, time(7))
    busy(store, number, talk.starts_at - before)
    assert takes(store, municipality, talk) == (number if is_taken else None)


def test_nobody_takes_a_talk_on_a_day_away(
    store: Store, municipality: Municipality, book: Callable[[Way, int], list[Booking]]
) -> None:
    [talk] = book(Way.OFFICE, 1)
    number = colleague(store, time(8))
    with store.write(THE_TESTS) as work:
        [away] = [one for one in work.agents.of("eksempel", danish_day(datetime.now(UTC))) if one.id == number]
        work.agents.set_day(away, danish_day(talk.starts_at), [])
    assert takes(store, municipality, talk) is None


@pytest.mark.parametrize(("ago", "is_taken"), [(timedelta(), False), (HELD_FOR + MINUTE, True)])
def test_a_time_that_somebody_holds_is_not_free_and_one_they_held_is(
    store: Store, municipality: Municipality, leaving: Agent, conversation: str, ago: timedelta, *, is_taken: bool
) -> None:
    """What is held no longer lies in the store until somebody tidies up."""
    now, [_, other] = datetime.now(UTC), add_agents(store, "Bo")
    # Not the first: a moment later it may be too near.
    moment = times(store, municipality, now)[1]
    talk = booked(store, municipality, now, moment, chosen=leaving.id)
    with store.write(THE_TESTS) as work:
        hold(work, wish(moment, conversation=conversation, chosen=other.id), municipality.rules, now - ago)
    assert takes(store, municipality, talk) == (other.id if is_taken else None)
