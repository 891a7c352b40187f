"""The way of a talk in the API: changed at a move, with what it needs, and shown wherever the talk is."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from bot.casework.arranging import free_times
from bot.casework.bookings import Booking, Contact
from bot.casework.conversations import Kind
from bot.casework.feeds import Shows
from bot.casework.free_times import Way, danish_day
from bot.conversation.calendars import talk_as_calendar
from bot.conversation.feeds import open_feed, read_feed
from tests.support.bookings import booked
from tests.support.desk import PAGE, YoungPerson
from tests.support.plain_forms import times_in
from tests.support.reminders import MAILBOX, talk_far_ahead, wished
from tests.support.the_tests import THE_TESTS
from tests.support.two_towns import HERE, TwoTowns, two_towns, without_way

PHONE, LIBRARY = "12345678", "Biblioteket"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[TwoTowns]:
    with two_towns(tmp_path) as both:
        yield both


@pytest.fixture
def young(served: TwoTowns) -> YoungPerson:
    return served.young(HERE)


@pytest.fixture
def talk(served: TwoTowns, young: YoungPerson) -> Booking:
    """At the office, in some days, at a time that talks of every way have, by somebody who gave nothing."""
    town, now = served.towns[HERE], datetime.now(UTC)
    with served.store.read(THE_TESTS) as work:
        office, out = (
            {span.starts_at for span in free_times(work, HERE, way, town.rules, now)} for way in (Way.OFFICE, Way.OUT)
        )
    return booked(served.store, town, now, min(office & out - {min(out)}), conversation=young.id)


def move(served: TwoTowns, talk: Booking, **said: object) -> tuple[int, dict[str, Any]]:
    body = {"code": talk.code, "starts_at": talk.starts_at.isoformat()} | said
    answer = served.client.post("/api/bookings/move", json=body)
    return answer.status_code, answer.json()


def stored(served: TwoTowns, talk: Booking) -> Booking:
    with served.store.read(THE_TESTS) as work:
        found = work.bookings.by_id(talk.id)
    assert found
    return found


def test_the_way_alone_is_changed_by_sending_the_time_again(served: TwoTowns, talk: Booking) -> None:
    status, moved = move(served, talk, way="phone", phone="12 34 56 78")
    assert (status, moved["way"], moved["place"]) == (200, "phone", "På telefon: vi ringer til dig")
    assert datetime.fromisoformat(moved["starts_at"]) == talk.starts_at
    assert (moved["code"], stored(served, talk).contact.phone) == (talk.code, PHONE)
    assert move(served, talk, way="chat")[1]["way"] == "chat"
    assert move(served, talk, way="phone")[1]["way"] == "phone", "the number is known by now"
    later = times_in(served.client.get(f"/book?kommune={HERE}&maade=phone"))[3]
    for said in ({}, {"way": None}):
        assert move(served, talk, starts_at=later, **said)[1]["way"] == "phone", "left out, it stays"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"way": "phone"}, "phone_missing"),
        ({"way": "out"}, "meeting_place_missing"),
        ({"way": "phone", "meeting_place": LIBRARY}, "phone_missing"),
        ({"way": "phone", "phone": "ring bare"}, "invalid_phone"),
        ({"way": "out", "meeting_place": "x" * 101}, "invalid_meeting_place"),
        ({"way": "pigeon"}, "invalid_way"),
        ({"way": 3}, "invalid_way"),
    ],
)
def test_what_the_way_needs_is_asked_for_and_the_talk_stands(
    served: TwoTowns, talk: Booking, said: dict[str, object], code: str
) -> None:
    status, problem = move(served, talk, **said)
    assert (status, problem["code"]) == (422, code)
    assert stored(served, talk) == talk


def test_a_way_that_the_town_does_not_have_is_refused(served: TwoTowns, talk: Booking) -> None:
    served.towns[HERE] = without_way(served.towns[HERE], Way.PHONE)
    status, problem = move(served, talk, way="phone", phone=PHONE)
    assert (status, problem["code"]) == (422, "way_not_offered")
    assert stored(served, talk) == talk


def test_what_is_given_for_another_way_is_not_kept(served: TwoTowns, talk: Booking) -> None:
    assert move(served, talk, way="chat", phone=PHONE, meeting_place=LIBRARY)[0] == 200
    assert stored(served, talk).contact == Contact()


def test_a_time_too_near_the_next_talk_for_the_pause_of_the_new_way_is_none(served: TwoTowns, talk: Booking) -> None:
    """A talk out of the office is longer, and takes time to get there and back."""
    beside = booked(served.store, served.towns[HERE], datetime.now(UTC), talk.ends_at)
    assert (beside.agent, beside.starts_at) == (talk.agent, talk.ends_at)
    status, problem = move(served, talk, way="out", meeting_place=LIBRARY)
    assert (status, problem["code"]) == (409, "time_taken")
    assert stored(served, talk) == talk


def test_the_chat_the_desk_and_the_calendars_show_the_talk_as_it_is_now(
    served: TwoTowns, talk: Booking, young: YoungPerson
) -> None:
    with served.store.write(THE_TESTS) as work:
        [agent] = work.agents.of(HERE, danish_day(talk.starts_at))
        secret = open_feed(work, agent, Shows.WAY)
    move(served, talk, way="out", meeting_place=LIBRARY)
    now = stored(served, talk)
    assert now.ends_at - now.starts_at == timedelta(minutes=45)
    with served.store.read(THE_TESTS) as work:
        told = work.conversations.after(young.id, 0)[-1]
    assert told.kind is Kind.BOOKING
    assert (told.data["way"], told.data["ends_at"]) == ("out", now.ends_at.isoformat())
    assert told.text.startswith("Din tid ")
    assert told.text.endswith(" er ændret.")
    desk = served.caseworker(HERE)
    [row] = desk.get("/desk/bookings.json").json()["bookings"]
    assert (row["way"], row["ends_at"]) == ("out", now.ends_at.isoformat())
    assert LIBRARY in desk.get("/desk/bookings", headers=PAGE).text
    moment = datetime.now(UTC)
    own, feed = talk_as_calendar(now, moment), read_feed(served.store, served.towns, secret, moment)
    assert feed
    for content in (own, feed):
        [event] = Calendar.from_ical(content).walk("VEVENT")
        assert (event["UID"], event["DTEND"].dt, event["SEQUENCE"]) == (talk.id, now.ends_at, talk.revision + 1)
    [event] = Calendar.from_ical(feed).walk("VEVENT")
    assert (event["SUMMARY"], event.get("LOCATION")) == ("Aftale: ude", None)
    assert LIBRARY not in feed.decode()


def test_the_way_told_by_the_feed_has_a_newer_number_though_the_time_is_the_same(
    served: TwoTowns, talk: Booking
) -> None:
    move(served, talk, way="chat")
    assert stored(served, talk).revision == talk.revision + 1
    move(served, talk, way="chat")
    assert stored(served, talk).revision == talk.revision + 1, "nothing was changed"


def test_a_reminder_of_the_same_time_stays_as_it_is(served: TwoTowns) -> None:
    # The first one may be too near to be reminded of: that hangs on the hour of the run.
    talk = talk_far_ahead(served.store, served.towns[HERE])
    due = wished(served.store, talk, MAILBOX)
    move(served, talk, way="chat")
    with served.store.read(THE_TESTS) as work:
        assert due is not None
        assert work.reminders.due_for(stored(served, talk)) == due
