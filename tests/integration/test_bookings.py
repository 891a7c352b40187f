"""Bookings in a real store: nobody is given what somebody else has."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import delete, insert, select

from bot.casework.arranging import HELD_FOR, book, cancel, find, hold, move
from bot.casework.bookings import (
    About,
    BookingNotFoundError,
    BookingStatus,
    Contact,
    TimeNotOfferedError,
    TimeTakenError,
    Wish,
)
from bot.casework.free_times import LONGEST_TALK, Way, danish_day
from bot.conversation.retention import erase_leftovers
from bot.municipality.towns import Municipality
from bot.store.store import Store
from bot.store.tables import bookings
from tests.support.bookings import booked, times, wish
from tests.support.the_tests import THE_TESTS


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


def test_a_booked_time_is_found_by_its_code_and_offered_to_nobody_else(
    store: Store, municipality: Municipality, now: datetime
) -> None:
    first = times(store, municipality, now)[0]
    booking = booked(store, municipality, now, first)
    assert first not in times(store, municipality, now)
    with store.read(THE_TESTS) as work:
        assert find(work, booking.code.upper().replace("-", " ")) == booking


def test_of_twenty_who_take_one_time_together_one_gets_it(
    store: Store, municipality: Municipality, now: datetime
) -> None:
    first = times(store, municipality, now)[0]

    def attempt(_: int) -> str:
        try:
            return booked(store, municipality, now, first).id
        except TimeTakenError:
            return ""

    with ThreadPoolExecutor(20) as crowd:
        winners = [winner for winner in crowd.map(attempt, range(20)) if winner]
    assert len(winners) == 1


def test_of_twenty_who_choose_one_time_together_one_holds_it_and_can_book_it(
    store: Store, municipality: Municipality, now: datetime
) -> None:
    first, people = times(store, municipality, now)[0], [str(uuid4()) for _ in range(20)]
    with store.write(THE_TESTS) as work:
        for person in people:
            work.conversations.open(person, "eksempel", "da", person)

    def attempt(person: str) -> bool:
        try:
            with store.write(THE_TESTS) as work:
                hold(work, wish(first, conversation=person), municipality.rules, now)
        except TimeTakenError:
            return False
        return True

    with ThreadPoolExecutor(20) as crowd:
        holds = dict(zip(people, crowd.map(attempt, people), strict=True))
    assert sum(holds.values()) == 1
    (winner,) = [person for person, held in holds.items() if held]
    with pytest.raises(TimeTakenError):
        booked(store, municipality, now, first)
    assert booked(store, municipality, now, first, conversation=winner).starts_at == first


def test_a_time_held_in_the_same_talk_beside_the_one_that_is_moved_overlaps_nothing(
    store: Store, municipality: Municipality, now: datetime, conversation: str
) -> None:
    """The same hour in another way: the talk that stands keeps it."""
    booking = booked(store, municipality, now, times(store, municipality, now)[0], conversation=conversation)
    again = replace(wish(booking.starts_at, conversation=conversation), way=Way.CHAT)
    with store.write(THE_TESTS) as work:
        hold(work, again, municipality.rules, now, moved=booking)
        assert work.bookings.held_by(conversation) is None
        moved = move(work, replace(booking, way=Way.CHAT), booking.starts_at, municipality.rules, now)
    assert (moved.starts_at, moved.way) == (booking.starts_at, Way.CHAT)


def test_a_time_that_has_begun_is_held_no_longer(
    store: Store, municipality: Municipality, now: datetime, conversation: str
) -> None:
    first = times(store, municipality, now)[0]
    without_notice = replace(municipality.rules, notice=timedelta())
    with store.write(THE_TESTS) as work:
        hold(work, wish(first, conversation=conversation), without_notice, first - HELD_FOR / 2)
    with pytest.raises(TimeNotOfferedError), store.write(THE_TESTS) as work:
        book(work, wish(first, conversation=conversation), without_notice, first + HELD_FOR / 4)


def test_what_is_held_no_longer_goes_by_itself_and_with_an_erased_chat_at_once(
    store: Store, municipality: Municipality, now: datetime, conversation: str
) -> None:
    first = times(store, municipality, now)[0]

    def held_times(at: datetime) -> int:
        with store.read(THE_TESTS) as work:
            return work.retention.held_times(at).count()

    with store.write(THE_TESTS) as work:
        hold(work, wish(first, conversation=conversation), municipality.rules, now)
    assert (held_times(now), held_times(now + HELD_FOR)) == (0, 1)
    erase_leftovers(store, {"eksempel": municipality}, now + HELD_FOR)
    assert held_times(now + HELD_FOR) == 0
    with store.write(THE_TESTS) as work:
        hold(work, wish(first, conversation=conversation), municipality.rules, now)
        work.conversations.erase(conversation, now)
    assert held_times(now + HELD_FOR) == 0


def test_what_is_held_is_lost_to_a_machine_whose_clock_is_ahead_and_that_is_said(
    store: Store, municipality: Municipality, now: datetime, conversation: str
) -> None:
    # Not one of the first times, which are too soon for that clock.
    wanted = times(store, municipality, now)[-1]
    with store.write(THE_TESTS) as work:
        hold(work, wish(wanted, conversation=conversation), municipality.rules, now)
    booked(store, municipality, now + timedelta(minutes=10), wanted)
    with pytest.raises(TimeTakenError):
        booked(store, municipality, now, wanted, conversation=conversation)


@pytest.mark.parametrize("hours", [-48, 24 * 400])
def test_a_time_in_the_past_or_far_away_is_not_booked(
    store: Store, municipality: Municipality, now: datetime, hours: int
) -> None:
    offered = times(store, municipality, now)[0]
    with pytest.raises(TimeNotOfferedError):
        booked(store, municipality, now, offered + timedelta(hours=hours))


def test_a_time_outside_the_hours_is_not_booked(store: Store, municipality: Municipality, now: datetime) -> None:
    offered = times(store, municipality, now)[0]
    with pytest.raises(TimeNotOfferedError):
        booked(store, municipality, now, offered.replace(hour=2))


def test_moving_frees_the_old_time_and_keeps_the_code(store: Store, municipality: Municipality, now: datetime) -> None:
    old, new = times(store, municipality, now)[:2]
    booking = booked(store, municipality, now, old)
    with store.write(THE_TESTS) as work:
        moved = move(work, booking, new, municipality.rules, now)
    assert (moved.starts_at, moved.code) == (new, booking.code)
    assert old in times(store, municipality, now)


def test_a_talk_changes_its_way_and_keeps_its_time(store: Store, municipality: Municipality, now: datetime) -> None:
    booking = booked(store, municipality, now, times(store, municipality, now)[0])
    with store.write(THE_TESTS) as work:
        move(work, replace(booking, way=Way.CHAT), booking.starts_at, municipality.rules, now)
    with store.read(THE_TESTS) as work:
        # A calendar that tells the way must know it for the newer one.
        assert find(work, booking.code) == replace(booking, way=Way.CHAT, revision=1)


def test_moving_to_a_time_that_is_gone_keeps_the_old_one(
    store: Store, municipality: Municipality, now: datetime
) -> None:
    old, gone = times(store, municipality, now)[:2]
    booking = booked(store, municipality, now, old)
    booked(store, municipality, now, gone)
    with pytest.raises(TimeTakenError), store.write(THE_TESTS) as work:
        move(work, booking, gone, municipality.rules, now)
    with store.read(THE_TESTS) as work:
        assert find(work, booking.code).starts_at == old


def test_a_cancelled_talk_frees_its_time_and_cannot_be_moved(
    store: Store, municipality: Municipality, now: datetime
) -> None:
    first, second = times(store, municipality, now)[:2]
    booking = booked(store, municipality, now, first)
    with store.write(THE_TESTS) as work:
        cancelled = cancel(work, booking, now)
    assert cancelled.status is BookingStatus.CANCELLED
    assert first in times(store, municipality, now)
    with pytest.raises(BookingNotFoundError), store.write(THE_TESTS) as work:
        move(work, cancelled, second, municipality.rules, now)


def test_contact_details_are_not_readable_in_the_table(store: Store, municipality: Municipality, now: datetime) -> None:
    contact = Contact("Sofie", "12345678")
    booking = booked(store, municipality, now, times(store, municipality, now)[0], contact=contact)
    with store.read(THE_TESTS) as work:
        assert find(work, booking.code).contact == contact
        rows = str(work._connection.exec_driver_sql("SELECT * FROM bookings").all())
    assert not any(secret in rows for secret in ("Sofie", "12345678", booking.code))


def test_a_talk_that_has_begun_is_neither_moved_nor_cancelled(
    store: Store, municipality: Municipality, now: datetime
) -> None:
    first, second = times(store, municipality, now)[:2]
    booking = booked(store, municipality, now, first)
    for change in (
        lambda work: move(work, booking, second, municipality.rules, first),
        lambda work: cancel(work, booking, first),
    ):
        with pytest.raises(BookingNotFoundError), store.write(THE_TESTS) as work:
            change(work)


def test_the_longest_talk_there_can_be_is_taken_until_its_end(
    store: Store, municipality: Municipality, now: datetime
) -> None:
    """From one midnight to the next when the clocks go back; what is read of the past begins with its start."""
    talk = booked(store, municipality, now, times(store, municipality, now)[0])
    with store.write(THE_TESTS) as work:
        ends_at = talk.starts_at + LONGEST_TALK
        work.bookings.change(replace(talk, ends_at=ends_at))
    for since, taken in ((ends_at - timedelta(seconds=1), 1), (ends_at, 0)):
        with store.read(THE_TESTS) as work:
            found = work.bookings.taken(talk.municipality, since, ends_at + timedelta(days=1), now, ())
        assert len(found) == taken


@pytest.mark.parametrize("about", About)
def test_whose_talk_it_is_stays_with_it_when_it_is_moved_and_cancelled(
    store: Store, municipality: Municipality, now: datetime, about: About
) -> None:
    first, second = times(store, municipality, now)[:2]
    booking = booked(store, municipality, now, first, about=about)
    with store.write(THE_TESTS) as work:
        moved = move(work, find(work, booking.code), second, municipality.rules, now)
        cancel(work, moved, now)
    with store.read(THE_TESTS) as work:
        assert find(work, booking.code).about is about


def test_a_talk_from_before_helpers_could_book_is_a_young_persons(
    store: Store, municipality: Municipality, now: datetime
) -> None:
    booking = booked(store, municipality, now, times(store, municipality, now)[0], about=About.WORRY)
    with store.write(THE_TESTS) as work:
        # As a row that the migration found there: it names no `about`.
        row = work._connection.execute(select(bookings)).mappings().one()
        old = {name: value for name, value in row.items() if name != "about"}
        work._connection.execute(delete(bookings))
        work._connection.execute(insert(bookings).values(old))
    with store.read(THE_TESTS) as work:
        assert find(work, booking.code).about is About.YOUNG


def held_by_one(store: Store, town: Municipality, now: datetime) -> tuple[Wish, int]:
    first, person = times(store, town, now)[0], str(uuid4())
    with store.write(THE_TESTS) as work:
        work.conversations.open(person, "eksempel", "da", person)
        wanted = wish(first, conversation=person)
        hold(work, wanted, town.rules, now)
        held = work.bookings.held_by(person)
    assert held
    return wanted, held.agent


@pytest.mark.parametrize("what", ["leaves", "is away that day"])
def test_what_is_held_is_not_booked_with_an_agent_who_is_no_longer_there(
    store: Store, municipality: Municipality, now: datetime, what: str
) -> None:
    wanted, number = held_by_one(store, municipality, now)
    with store.write(THE_TESTS) as work:
        [agent] = [one for one in work.agents.of("eksempel", danish_day(now)) if one.id == number]
        if what == "leaves":
            work.agents.leave(agent, now)
        else:
            work.agents.set_day(agent, danish_day(wanted.starts_at), ())
    with store.write(THE_TESTS) as work, pytest.raises(TimeNotOfferedError):
        book(work, wanted, municipality.rules, now)
    with store.write(THE_TESTS) as work:
        colleague = work.agents.add("eksempel", "Bo", agent.openings)
        assert book(work, wanted, municipality.rules, now).agent == colleague
