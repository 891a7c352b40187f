"""The page of a booking: seen, moved and cancelled by its three words."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote_plus, urlsplit

import pytest
from starlette.testclient import TestClient

from bot.casework.after_booking import note_outcome
from bot.casework.arranging import find
from bot.casework.bookings import Booking, BookingStatus
from bot.casework.free_times import Span, Way
from bot.store.store import Store
from tests.support.plain_forms import book, fields_to_book, times_in
from tests.support.reminders import talk_begins
from tests.support.the_tests import THE_TESTS

HOUR = timedelta(hours=1)


def test_a_booking_is_seen_moved_and_cancelled_by_its_words(client: TestClient, store: Store) -> None:
    words = book(client)
    seen = client.post("/booking", data={"ord": words.upper().replace(" ", ", ")})
    assert seen.status_code == 200
    offered = client.post("/booking/flyt", data={"ord": words})
    new = times_in(offered)[3]
    moved = client.post("/booking/flyt", data={"ord": words, "valgt": "ja", "tid": new})
    assert "Din tid er flyttet." in moved.text
    with store.read(THE_TESTS) as work:
        booking = work.bookings.by_code(words)
    assert booking is not None
    assert booking.starts_at == datetime.fromisoformat(new)
    asked = client.post("/booking/aflys", data={"ord": words})
    assert "Vil du aflyse din tid?" in asked.text
    assert "Flyt tiden" in client.post("/booking", data={"ord": words}).text
    cancelled = client.post("/booking/aflys", data={"ord": words, "sikker": "ja"})
    assert "Din tid er aflyst." in cancelled.text
    again = client.post("/booking", data={"ord": words})
    assert "Tiden er aflyst." in again.text
    assert "Flyt tiden" not in again.text
    for path in ("/booking/flyt", "/booking/aflys"):
        assert "Tiden er aflyst." in client.post(path, data={"ord": words, "sikker": "ja"}).text


def test_the_words_are_found_without_danish_letters(client: TestClient, store: Store) -> None:
    with store.write(THE_TESTS) as work:
        code = "pære-bjørn-tårn"
        talk = client.app.state.talks  # type: ignore[attr-defined]
        span = talk._offer("eksempel", Way.OFFICE).free[0]
        work.bookings.add(_booking(span, code))
    assert client.post("/booking", data={"ord": "Paere bjorn taarn"}).status_code == 200


def _booking(span: Span, code: str) -> Booking:
    return Booking(
        id="1", municipality="eksempel", agent=span.agent, starts_at=span.starts_at, ends_at=span.ends_at,
        way=Way.OFFICE, place="Ungehuset", code=code,
    )  # fmt: skip


def test_moving_to_a_taken_time_keeps_the_old_one_and_offers_the_next(client: TestClient) -> None:
    words = book(client)
    wanted = times_in(client.post("/booking/flyt", data={"ord": words}))[0]
    assert client.post("/book", data=fields_to_book(client, tid=wanted)).status_code == 200
    answer = client.post("/booking/flyt", data={"ord": words, "valgt": "ja", "tid": wanted})
    assert answer.status_code == 409
    assert "Den tid er lige blevet taget." in answer.text
    assert wanted not in times_in(answer)
    assert "Flyt tiden" in client.post("/booking", data={"ord": words}).text


def test_moving_without_a_choice_asks_for_one(client: TestClient) -> None:
    answer = client.post("/booking/flyt", data={"ord": book(client), "valgt": "ja"})
    assert (answer.status_code, "Vælg en ny tid." in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("given", "status", "says"),
    [
        ("", 422, "Skriv de tre ord, du fik."),
        ("skov", 422, "Skriv de tre ord, du fik."),
        ("skov lampe kage pære", 422, "Skriv de tre ord, du fik."),
        ("skov lampe ukendtord", 404, "Vi kan ikke finde en tid med de tre ord."),
        ("skov lampe kage", 404, "Vi kan ikke finde en tid med de tre ord."),
    ],
)
@pytest.mark.parametrize("path", ["/booking", "/booking/flyt", "/booking/aflys"])
def test_wrong_words_are_said_beside_the_field(
    client: TestClient, path: str, given: str, status: int, says: str
) -> None:
    answer = client.post(path, data={"ord": given, "sikker": "ja", "valgt": "ja"})
    assert answer.status_code == status
    assert f'id="ord-fejl">{says}' in answer.text
    assert f'value="{given}"' in answer.text


def test_nothing_tells_which_word_is_wrong(client: TestClient) -> None:
    """One that codes are not made of is answered, and counted, as one that they are made of."""
    first, second, _ = book(client).split()
    wrong = [f"{first} {second} ukendtord", f"{first} sol kage", "bil sol kage", "ukendtord ukendtord ukendtord"]
    answers = [client.post("/booking", data={"ord": words}) for words in wrong]
    assert len({answer.text.replace(words, "") for answer, words in zip(answers, wrong, strict=True)}) == 1
    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.parametrize(
    ("outcome", "says", "never"),
    [
        (BookingStatus.MISSED, "Vi sås ikke. Det sker. Vil du have en ny tid?", "Tiden er begyndt eller er gået."),
        (BookingStatus.MET, "Tiden er begyndt eller er gået.", "Vi sås ikke."),
    ],
)
def test_who_did_not_come_reads_warm_words_and_is_offered_a_new_time(
    client: TestClient, store: Store, outcome: BookingStatus, says: str, never: str
) -> None:
    words = book(client)
    with store.write(THE_TESTS) as work:
        booking = find(work, words)
    talk_begins(store, booking)
    with store.write(THE_TESTS) as work:
        note_outcome(work, find(work, words), outcome, datetime.now(UTC))
    for path in ("", "/flyt", "/aflys"):
        shown = client.post(f"/booking{path}", data={"ord": words, "sikker": "ja", "valgt": "ja"}).text
        assert (says in shown, never in shown) == (True, False), path
        assert f'href="/book?kommune={booking.municipality}">Book en ny tid' in shown, path
        assert "Flyt tiden" not in shown, path


@pytest.mark.parametrize("begun", [False, True])
def test_a_talk_in_the_chat_says_how_it_begins_until_it_is_over(
    client: TestClient, store: Store, *, begun: bool
) -> None:
    """Booked here there is no chat to be written to in: whoever comes asks for a human."""
    words, asks, waits = book(client, way="chat"), "jeg vil tale med et menneske", "Så skriver"
    with store.write(THE_TESTS) as work:
        booking = find(work, words)
        if begun:
            work.bookings.change(replace(booking, starts_at=datetime.now(UTC), ends_at=datetime.now(UTC) + HOUR))
    shown = client.post("/booking", data={"ord": words}).text
    assert (asks in shown, waits in shown) == (True, False)
    assert 'href="/chat?municipality=eksempel"' in shown
    with store.write(THE_TESTS) as work:
        work.conversations.open("one", "eksempel", "da", "token")
        work.bookings.change(replace(find(work, words), conversation="one"))
    shown = client.post("/booking", data={"ord": words}).text
    assert ("Så skriver boligagenten til dig." in shown, asks in shown) == (True, True)
    with store.write(THE_TESTS) as work:
        now = datetime.now(UTC)
        work.bookings.change(replace(find(work, words), starts_at=now - 2 * HOUR, ends_at=now - HOUR))
    shown = client.post("/booking", data={"ord": words}).text
    assert (asks in shown, waits in shown) == (False, False)


def test_a_talk_elsewhere_says_nothing_of_the_chat(client: TestClient) -> None:
    assert "jeg vil tale med et menneske" not in client.post("/booking", data={"ord": book(client)}).text


def test_no_address_ever_carries_the_words(client: TestClient) -> None:
    words = book(client)
    for path in ("/booking", "/booking/flyt", "/booking/aflys"):
        answer = client.post(path, data={"ord": words})
        for address in (*re.findall(r'(?:href|action)="([^"]*)"', answer.text), str(answer.url)):
            assert not any(word in urlsplit(unquote_plus(address)).query for word in words.split())
        assert words not in client.get(path, params={"ord": words}).text
