"""Another way of talking, chosen on the page of a booking: by phone instead, and back to where one meets."""

import re
from datetime import datetime, timedelta

import pytest
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.arranging import find
from bot.casework.bookings import Booking
from bot.casework.free_times import Way
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.plain import plain_app
from tests.support.plain_forms import book, times_in
from tests.support.the_tests import THE_TESTS
from tests.support.two_towns import without_way

PHONE, LIBRARY = "12345678", "Biblioteket i Gellerup"
OPTION = re.compile(r'<option value="(\w+)"( selected)?>')


def booking_of(store: Store, words: str) -> Booking:
    with store.read(THE_TESTS) as work:
        return find(work, words)


def offered(client: TestClient, words: str, way: str) -> Response:
    return client.post("/booking/flyt", data={"ord": words, "maade": way})


def moves(client: TestClient, words: str, way: str, time: str, **more: str) -> Response:
    return client.post("/booking/flyt", data={"ord": words, "valgt": "ja", "maade": way, "tid": time} | more)


def chosen_in(answer: Response) -> str:
    found = re.search(r'name="tid" value="([^"]+)" checked', answer.text)
    assert found
    return found.group(1)


def test_who_would_rather_talk_by_phone_keeps_the_time_and_the_words(client: TestClient, store: Store) -> None:
    words = book(client)
    before = booking_of(store, words)
    assert "på en anden måde" in client.post("/booking", data={"ord": words}).text
    plain = client.post("/booking/flyt", data={"ord": words})
    assert [way for way, _ in OPTION.findall(plain.text)] == ["office", "phone", "chat", "out"]
    assert ("office", " selected") in OPTION.findall(plain.text)
    assert 'name="telefon"' not in plain.text
    page = offered(client, words, "phone")
    assert ("phone", " selected") in OPTION.findall(page.text)
    assert 'name="telefon"' in page.text
    assert chosen_in(page) == before.starts_at.isoformat()
    done = moves(client, words, "phone", chosen_in(page), telefon=PHONE)
    assert ("Din tid er ændret." in done.text, "På telefon: vi ringer til dig" in done.text) == (True, True)
    assert "læg den nye ind" not in done.text, "the calendar tells when, and that is as before"
    after = booking_of(store, words)
    assert (after.id, after.code, after.starts_at) == (before.id, before.code, before.starts_at)
    assert (after.way, after.place, after.contact.phone) == (Way.PHONE, "På telefon: vi ringer til dig", PHONE)
    assert after.revision == before.revision + 1


def test_way_and_time_are_changed_in_one_step(client: TestClient, store: Store) -> None:
    words = book(client)
    later = times_in(offered(client, words, "chat"))[5]
    assert "Din tid er flyttet." in moves(client, words, "chat", later).text
    after = booking_of(store, words)
    assert (after.way, after.starts_at) == (Way.CHAT, datetime.fromisoformat(later))


def test_a_talk_somewhere_else_takes_its_own_length_and_shows_the_place(client: TestClient, store: Store) -> None:
    words = book(client)
    page = offered(client, words, "out")
    done = moves(client, words, "out", times_in(page)[-1], sted=LIBRARY)
    after = booking_of(store, words)
    assert (after.ends_at - after.starts_at, after.contact.meeting_place) == (timedelta(minutes=45), LIBRARY)
    assert (LIBRARY in done.text, "Det tager 45 minutter." in done.text) == (True, True)
    back = moves(client, words, "office", times_in(offered(client, words, "office"))[0])
    assert (LIBRARY in back.text, "Ungehuset" in back.text) == (False, True), "where to meet belongs to no other way"
    assert booking_of(store, words).contact.meeting_place is None


@pytest.mark.parametrize(
    ("way", "field", "typed", "says"),
    [
        ("phone", "telefon", "", "Skriv dit nummer, så vi kan ringe til dig."),
        ("phone", "telefon", "ring bare", "Det ligner ikke et telefonnummer. Skriv de 8 tal."),
        ("out", "sted", "", "Skriv, hvor du vil mødes."),
        ("out", "sted", "x" * 101, "Skriv stedet med højst 100 tegn."),
    ],
)
def test_what_the_way_needs_and_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    client: TestClient, store: Store, way: str, field: str, typed: str, says: str
) -> None:
    words = book(client)
    before = booking_of(store, words)
    time = times_in(offered(client, words, way))[2]
    answer = moves(client, words, way, time, **{field: typed})
    assert (answer.status_code, f'id="{field}-fejl">{says}' in answer.text) == (422, True)
    assert (f'value="{time}" checked' in answer.text, f'value="{typed}"' in answer.text) == (True, True)
    assert (way, " selected") in OPTION.findall(answer.text)
    assert booking_of(store, words) == before


def test_a_time_not_chosen_is_asked_for_in_the_way_chosen(client: TestClient, store: Store) -> None:
    words = book(client)
    answer = client.post("/booking/flyt", data={"ord": words, "valgt": "ja", "maade": "phone", "telefon": PHONE})
    assert (answer.status_code, 'id="tid-fejl">Vælg en ny tid.' in answer.text) == (422, True)
    assert (f'value="{PHONE}"' in answer.text, booking_of(store, words).way) == (True, Way.OFFICE)


def test_a_number_that_is_known_need_not_be_typed_and_is_never_shown(client: TestClient, store: Store) -> None:
    words = book(client)
    moves(client, words, "phone", times_in(offered(client, words, "phone"))[0], telefon=PHONE)
    moves(client, words, "office", times_in(offered(client, words, "office"))[0])
    page = offered(client, words, "phone")
    assert ("Vi har et nummer til dig." in page.text, PHONE in page.text) == (True, False)
    moves(client, words, "phone", times_in(page)[0])
    assert (booking_of(store, words).way, booking_of(store, words).contact.phone) == (Way.PHONE, PHONE)
    moves(client, words, "phone", times_in(offered(client, words, "phone"))[3], telefon="87654321")
    assert booking_of(store, words).contact.phone == "87654321"


def test_a_way_the_town_does_not_have_is_neither_offered_nor_taken(store: Store, municipality: Municipality) -> None:
    client = TestClient(plain_app(store, {"eksempel": without_way(municipality, Way.PHONE)}))
    words = book(client)
    page = offered(client, words, "phone")
    assert ("phone" in dict(OPTION.findall(page.text)), 'name="telefon"' in page.text) == (False, False)
    moves(client, words, "phone", times_in(page)[3], telefon=PHONE)
    assert booking_of(store, words).way is Way.OFFICE


def test_a_talk_of_a_way_the_town_has_given_up_can_be_moved_to_another(
    client: TestClient, store: Store, municipality: Municipality
) -> None:
    words = book(client)
    moves(client, words, "out", times_in(offered(client, words, "out"))[-1], sted=LIBRARY)
    fewer = TestClient(plain_app(store, {"eksempel": without_way(municipality, Way.OUT)}))
    page = fewer.post("/booking/flyt", data={"ord": words})
    moves(fewer, words, "office", times_in(page)[0])
    assert booking_of(store, words).way is Way.OFFICE


def test_in_a_town_with_one_way_there_is_nothing_to_choose(app: Starlette, store: Store, municipality) -> None:
    town = municipality
    for way in (Way.PHONE, Way.CHAT, Way.OUT):
        town = without_way(town, way)
    client = TestClient(plain_app(store, {"eksempel": town}))
    words = book(client)
    assert "en anden måde" not in client.post("/booking", data={"ord": words}).text
    assert OPTION.findall(client.post("/booking/flyt", data={"ord": words}).text) == []
