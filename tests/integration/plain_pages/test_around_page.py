"""What goes around a booking: a reminder and a file for the calendar, each by the three words alone."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from ical.calendar_stream import IcsCalendarStream
from ical.event import EventStatus
from starlette.testclient import TestClient

from bot.casework.after_booking import call_off
from bot.casework.arranging import find
from bot.casework.reminders import Channel
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.on_call import mail_server_at
from tests.support.plain import plain_app
from tests.support.plain_forms import book, fields_to_book, times_in, words_in
from tests.support.reminders import NOON, due_now, talk_begins
from tests.support.the_tests import THE_TESTS

OUT_OF_CALENDAR = "Fjern tiden fra min kalender"
ASKED = "Vil du have en besked før tiden?"
LOST = "Den kan vi desværre ikke sende mere."
# A mail server, and nobody from whom a reminder could be without telling.
NAMELESS = mail_server_at(9) | {"reminder_from": ""}
BY_BOTH = mail_server_at(9) | {"sms_url": "json://127.0.0.1:9/{to}"}


@pytest.fixture
def reminding(store: Store, municipality: Municipality) -> TestClient:
    return TestClient(plain_app(store, {municipality.slug: municipality}, **BY_BOTH))


def far(client: TestClient) -> str:
    """The words of a booking of the last time on the page."""
    last = times_in(client.get("/book?kommune=eksempel&maade=office"))[-1]
    return words_in(client.post("/book", data=fields_to_book(client, tid=last)))


def address_of(store: Store, words: str) -> tuple[Channel, str]:
    due_now(store)
    with store.read(THE_TESTS) as work:
        [reminder] = work.reminders.due(NOON)
        address = work.reminders.address(reminder)
        booking = work.bookings.by_code(words)
    assert booking
    assert booking.id == reminder.booking
    return address.channel, address.to


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("12 34 56 78", (Channel.SMS, "+4512345678")),
        ("+45 12345678", (Channel.SMS, "+4512345678")),
        ("0046 70 123 45 67", (Channel.SMS, "+46701234567")),
        (" ung@eksempel.dk ", (Channel.MAIL, "ung@eksempel.dk")),
    ],
)
def test_a_number_or_an_address_is_kept_for_the_reminder(
    reminding: TestClient, store: Store, given: str, kept: tuple[Channel, str]
) -> None:
    words = far(reminding)
    assert ASKED in reminding.post("/booking", data={"ord": words}).text
    asked = reminding.post("/booking/besked", data={"ord": words, "til": given})
    assert "Du får en besked før tiden." in asked.text
    assert given.strip() not in asked.text
    seen = reminding.post("/booking", data={"ord": words}).text
    assert (ASKED in seen, "Jeg vil ikke have beskeden" in seen) == (False, True)
    assert address_of(store, words) == kept


def test_a_no_after_all_forgets_it(reminding: TestClient, store: Store) -> None:
    words = far(reminding)
    reminding.post("/booking/besked", data={"ord": words, "til": "12345678"})
    stopped = reminding.post("/booking/besked", data={"ord": words, "stop": "ja"})
    assert ("Du får ingen besked." in stopped.text, ASKED in stopped.text) == (True, True)
    with store.read(THE_TESTS) as work:
        booking = work.bookings.by_code(words)
        assert booking
        assert work.reminders.states([booking.id]) == {}


@pytest.mark.parametrize("given", ["", "1234", "ung@", "ring til mig", "12345678@", "a" * 5000])
def test_what_nothing_can_be_sent_to_is_said_beside_the_field_and_not_lost(reminding: TestClient, given: str) -> None:
    answer = reminding.post("/booking/besked", data={"ord": far(reminding), "til": given})
    assert answer.status_code == 422
    assert answer.text.count("Det kan vi ikke sende til. Kig på det igen.") == 2
    assert f'value="{given}"' in answer.text


def test_only_what_can_be_sent_by_is_asked_for(store: Store, municipality: Municipality) -> None:
    towns = {municipality.slug: municipality}
    by_mail = TestClient(plain_app(store, towns, **mail_server_at(9)))
    words = far(by_mail)
    shown = by_mail.post("/booking", data={"ord": words}).text
    assert ("Din e-mail" in shown, "telefonnummer" in shown) == (True, False)
    assert by_mail.post("/booking/besked", data={"ord": words, "til": "12345678"}).status_code == 422
    for by_nothing in ({}, NAMELESS):
        client = TestClient(plain_app(store, towns, **by_nothing))
        assert ASKED not in client.post("/booking", data={"ord": words}).text
        refused = client.post("/booking/besked", data={"ord": words, "til": "ung@eksempel.example"})
        assert refused.status_code == 422


@pytest.mark.parametrize(("by", "asks_for_another"), [(NAMELESS, False), (BY_BOTH | NAMELESS, True)])
def test_what_can_be_sent_no_more_is_said_to_who_asked_for_it(
    reminding: TestClient, store: Store, municipality: Municipality, by: dict[str, object], *, asks_for_another: bool
) -> None:
    """As after an installation without a sender of its own for reminders was renewed."""
    words = far(reminding)
    assert LOST not in reminding.post("/booking", data={"ord": words}).text
    assert LOST not in reminding.post("/booking/besked", data={"ord": words, "til": "ung@eksempel.example"}).text
    renewed = TestClient(plain_app(store, {municipality.slug: municipality}, **by))
    shown = renewed.post("/booking", data={"ord": words}).text
    assert (LOST in shown, "Du får en besked" in shown, ASKED in shown) == (True, False, asks_for_another)
    if asks_for_another:
        other = renewed.post("/booking/besked", data={"ord": words, "til": "12345678"}).text
        assert (LOST in other, "Jeg vil ikke have beskeden" in other) == (False, True)
    assert LOST not in renewed.post("/booking/besked", data={"ord": words, "stop": "ja"}).text


def test_what_was_sent_while_it_could_be_is_not_said_to_be_lost(
    reminding: TestClient, store: Store, municipality: Municipality
) -> None:
    words = far(reminding)
    reminding.post("/booking/besked", data={"ord": words, "til": "ung@eksempel.example"})
    due_now(store)
    with store.write(THE_TESTS) as work:
        [reminder] = work.reminders.due(NOON)
        assert work.reminders.begin(reminder, NOON)
        work.reminders.sent(reminder, NOON)
    renewed = TestClient(plain_app(store, {municipality.slug: municipality}, **NAMELESS))
    assert LOST not in renewed.post("/booking", data={"ord": words}).text


def test_a_talk_that_is_over_is_neither_reminded_of_nor_put_in_a_calendar(reminding: TestClient, store: Store) -> None:
    words = far(reminding)
    with store.read(THE_TESTS) as work:
        booking = work.bookings.by_code(words)
    assert booking
    talk_begins(store, booking)
    late = reminding.post("/booking/besked", data={"ord": words, "til": "12345678"})
    assert "kan nå at sende en besked" in late.text
    assert reminding.post("/booking/kalender", data={"ord": words}).headers["content-type"].startswith("text/html")


def test_a_talk_is_put_in_a_calendar_by_its_words(client: TestClient, store: Store) -> None:
    words = book(client)
    answer = client.post("/booking/kalender", data={"ord": words})
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="aftale.ics"'
    [event] = IcsCalendarStream.calendar_from_ics(answer.text).events
    with store.read(THE_TESTS) as work:
        booking = work.bookings.by_code(words)
    assert booking
    assert event.start == booking.starts_at


def cancels(client: TestClient, _store: Store, words: str) -> None:
    client.post("/booking/aflys", data={"ord": words, "sikker": "ja"})


def is_called_off(_client: TestClient, store: Store, words: str) -> None:
    with store.write(THE_TESTS) as work:
        call_off(work, find(work, words), datetime.now(UTC))


@pytest.mark.parametrize("ends", [cancels, is_called_off])
def test_a_talk_that_is_off_is_taken_out_of_the_calendar_until_its_time(
    client: TestClient, store: Store, ends: Callable[[TestClient, Store, str], None]
) -> None:
    words = book(client)
    [before] = IcsCalendarStream.calendar_from_ics(client.post("/booking/kalender", data={"ord": words}).text).events
    assert OUT_OF_CALENDAR not in client.post("/booking", data={"ord": words}).text
    ends(client, store, words)
    shown = client.post("/booking", data={"ord": words}).text
    assert (OUT_OF_CALENDAR in shown, "Læg tiden i min kalender" in shown) == (True, False)
    answer = client.post("/booking/kalender", data={"ord": words})
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    [event] = IcsCalendarStream.calendar_from_ics(answer.text).events
    assert (event.uid, event.start, event.status) == (before.uid, before.start, EventStatus.CANCELLED)
    assert event.sequence > before.sequence
    with store.read(THE_TESTS) as work:
        booking = work.bookings.by_code(words)
    assert booking
    talk_begins(store, booking)
    assert OUT_OF_CALENDAR not in client.post("/booking", data={"ord": words}).text
    assert client.post("/booking/kalender", data={"ord": words}).headers["content-type"].startswith("text/html")


def test_who_moves_a_talk_is_told_to_fetch_it_for_the_calendar_again(client: TestClient) -> None:
    words = book(client)
    new = times_in(client.post("/booking/flyt", data={"ord": words}))[3]
    moved = client.post("/booking/flyt", data={"ord": words, "valgt": "ja", "tid": new}).text
    again = "Har du lagt tiden i din kalender, så læg den nye ind."
    assert (again in moved, "Læg tiden i min kalender" in moved) == (True, True)
    assert again not in client.post("/booking", data={"ord": words}).text


@pytest.mark.parametrize("path", ["/booking/besked", "/booking/kalender"])
def test_wrong_words_learn_nothing(client: TestClient, path: str) -> None:
    assert client.post(path, data={"ord": "skov lampe kage", "til": "12345678"}).status_code == 404
    assert client.get(path).status_code == 200
