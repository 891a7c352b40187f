"""Talks as iCalendar: valid, read by two other libraries, and telling no more than they should."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import vobject
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import EventStatus

from bot.casework.after_booking import call_off
from bot.casework.arranging import cancel, free_times, move
from bot.casework.bookings import Booking, Contact
from bot.casework.feeds import Shows
from bot.casework.free_times import Agent, Way, danish_day
from bot.conversation.calendars import talk_as_calendar
from bot.conversation.feeds import open_feed, read_feed
from bot.municipality.towns import Municipality
from bot.store.store import Store, Work
from tests.support.reminders import talk_far_ahead
from tests.support.the_tests import THE_TESTS

PLACE = 'Æblehuset, Åløkken 3; 1. sal, dør "ø"'  # fmt: skip
LONGEST_LINE = 75


@pytest.fixture
def town(municipality: Municipality) -> Municipality:
    return replace(municipality, places=municipality.places | {Way.OFFICE: PLACE})


def agent_of(store: Store, talk: Booking) -> Agent:
    with store.read(THE_TESTS) as work:
        return next(a for a in work.agents.of(talk.municipality, danish_day(talk.starts_at)) if a.id == talk.agent)


def opened(store: Store, talk: Booking, shows: Shows = Shows.TIME) -> str:
    with store.write(THE_TESTS) as work:
        return open_feed(work, agent_of(store, talk), shows)


def read(store: Store, town: Municipality, secret: str) -> Calendar:
    return parsed(feed(store, town, secret))


def feed(store: Store, town: Municipality, secret: str) -> bytes:
    content = read_feed(store, {town.slug: town}, secret, datetime.now(UTC))
    assert content
    return content


def parsed(content: bytes) -> Calendar:
    return IcsCalendarStream.calendar_from_ics(content.decode())


def assert_valid(content: bytes) -> None:
    assert vobject.readOne(content.decode()).validate(raiseException=True)
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(line) <= LONGEST_LINE and b"\n" not in line for line in lines)


def test_the_file_of_a_talk_tells_when_and_nothing_else(store: Store, town: Municipality) -> None:
    talk = talk_far_ahead(store, town, Contact("Åse", "12345678", "ung@eksempel.example"))
    content = talk_as_calendar(talk, datetime.now(UTC))
    assert_valid(content)
    [event] = parsed(content).events
    assert (event.start, event.end, event.summary) == (talk.starts_at, talk.ends_at, "Aftale")
    text = content.decode().casefold()
    for told in ("hjemad", "bolig", "kommune", "eksempel", "åse", "12345678", talk.code, PLACE[:5].casefold()):
        assert told not in text, told


def test_danish_letters_and_signs_survive_in_the_feed(store: Store, town: Municipality) -> None:
    talk = talk_far_ahead(store, town)
    content = feed(store, town, opened(store, talk, Shows.WAY))
    assert_valid(content)
    [event] = parsed(content).events
    assert (event.summary, event.location) == ("Aftale: fremmøde", PLACE)
    assert vobject.readOne(content.decode()).vevent.location.value == PLACE


@pytest.mark.parametrize("shows", Shows)
def test_the_feed_never_tells_who_it_is(store: Store, town: Municipality, shows: Shows) -> None:
    talk = talk_far_ahead(store, town, Contact("Åse", "12345678", "ung@eksempel.example"))
    text = feed(store, town, opened(store, talk, shows)).decode()
    for told in ("Åse", "12345678", "ung@", talk.code):
        assert told not in text, told
    assert (PLACE[:5] in text, "fremmøde" in text) == (shows is Shows.WAY,) * 2


def test_a_moved_talk_updates_and_a_cancelled_one_vanishes(store: Store, town: Municipality) -> None:
    talk, now = talk_far_ahead(store, town), datetime.now(UTC)
    secret = opened(store, talk)
    [before] = read(store, town, secret).events
    with store.write(THE_TESTS) as work:
        earlier = next(span.starts_at for span in free_times(work, town.slug, Way.OFFICE, town.rules, now))
        moved = move(work, talk, earlier, town.rules, now)
    [after] = read(store, town, secret).events
    assert (after.uid, after.start) == (before.uid, moved.starts_at)
    assert after.sequence > before.sequence
    [own] = parsed(talk_as_calendar(moved, now)).events
    assert (own.uid, own.sequence) == (parsed(talk_as_calendar(talk, now)).events[0].uid, after.sequence)
    with store.write(THE_TESTS) as work:
        cancel(work, moved, now)
    content = feed(store, town, secret)
    assert_valid(content)
    assert parsed(content).events == []


@pytest.mark.parametrize("end", [cancel, call_off])
def test_the_file_of_a_talk_that_is_off_takes_the_same_time_out_again(
    store: Store, town: Municipality, end: Callable[[Work, Booking, datetime], Booking]
) -> None:
    """Whoever of the two said so."""
    talk, now = talk_far_ahead(store, town, Contact("Åse", "12345678")), datetime.now(UTC)
    [taken_in] = parsed(talk_as_calendar(talk, now)).events
    with store.write(THE_TESTS) as work:
        content = talk_as_calendar(end(work, talk, now), now)
    assert_valid(content)
    [event] = parsed(content).events
    assert (event.uid, event.start, event.end) == (taken_in.uid, taken_in.start, taken_in.end)
    assert (event.sequence, event.status, event.summary) == (1, EventStatus.CANCELLED, "Aflyst aftale")
    assert taken_in.sequence == 0
    assert taken_in.status is None
    also_read = vobject.readOne(content.decode()).vevent
    assert (also_read.uid.value, also_read.sequence.value, also_read.status.value) == (talk.id, "1", "CANCELLED")


def test_who_gets_a_called_off_time_after_all_can_put_it_in_the_calendar_again(
    store: Store, town: Municipality
) -> None:
    """The calendar has taken it out, and takes nothing in that is not newer than that."""
    talk, now = talk_far_ahead(store, town), datetime.now(UTC)
    with store.write(THE_TESTS) as work:
        off = call_off(work, talk, now)
        again = move(work, off, talk.starts_at, town.rules, now)
        assert move(work, again, talk.starts_at, town.rules, now) == again, "a form sent twice is no news"
    [taken_out], [taken_in] = (parsed(talk_as_calendar(one, now)).events for one in (off, again))
    assert (taken_in.uid, taken_in.start, taken_in.status) == (taken_out.uid, taken_out.start, None)
    assert taken_in.sequence > taken_out.sequence


def test_no_file_is_an_invitation(store: Store, town: Municipality) -> None:
    """A METHOD would make one of it, and demand an organizer: a name that has no place there."""
    talk, now = talk_far_ahead(store, town), datetime.now(UTC)
    for content in (talk_as_calendar(talk, now), feed(store, town, opened(store, talk))):
        assert not hasattr(vobject.readOne(content.decode()), "method")
        assert b"ORGANIZER" not in content


def test_a_feed_holds_the_talks_of_its_agent_alone(store: Store, town: Municipality) -> None:
    talk = talk_far_ahead(store, town)
    with store.write(THE_TESTS) as work:
        other = work.agents.add(town.slug, "Bo", ())
        [agent] = [one for one in work.agents.of(town.slug, danish_day(talk.starts_at)) if one.id == other]
        secret = open_feed(work, agent, Shows.TIME)
    assert read(store, town, secret).events == []


def test_a_new_address_closes_the_old_one_and_a_closed_one_opens_nothing(store: Store, town: Municipality) -> None:
    talk = talk_far_ahead(store, town)
    first, second = opened(store, talk), opened(store, talk)
    towns, now = {town.slug: town}, datetime.now(UTC)
    assert read_feed(store, towns, first, now) is None
    assert read_feed(store, towns, second, now)
    with store.write(THE_TESTS) as work:
        work.agents.set_feed(agent_of(store, talk), None)
    assert read_feed(store, towns, second, now) is None
    assert read_feed(store, towns, "", now) is None


def test_the_feed_knows_no_summer_time(store: Store, town: Municipality) -> None:
    """In UTC, a talk on either side of a change of the clocks stands at the hour it was booked for."""
    talk = talk_far_ahead(store, town)
    for month in (7, 12):
        start = datetime(2026, month, 1, 12, 30, tzinfo=UTC)
        shown = parsed(talk_as_calendar(replace(talk, starts_at=start, ends_at=start + timedelta(hours=1)), start))
        assert shown.events[0].start == start
