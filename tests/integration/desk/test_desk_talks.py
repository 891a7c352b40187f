"""A week as a table, a talk booked for somebody who called, and whether people met."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from httpx import Response
from sqlalchemy import update
from starlette.testclient import TestClient

from bot.casework.arranging import cancel
from bot.casework.bookings import Booking, BookingStatus
from bot.casework.free_times import danish_day
from bot.municipality.towns import Municipality
from bot.store.store import Store
from bot.store.tables import bookings
from tests.support.desk import CONTACT, PAGE, YoungPerson
from tests.support.plain_forms import attempt_in, times_in
from tests.support.reminders import NOON, due_now, talk_begins, wished
from tests.support.the_tests import THE_TESTS

WORDS = re.compile(r'<p class="code">([^<]+)</p>')


def begun(store: Store, young: YoungPerson, town: Municipality) -> Booking:
    talk = young.books(town, CONTACT)
    talk_begins(store, talk)
    return talk


def status_of(store: Store, talk: Booking) -> BookingStatus:
    with store.read(THE_TESTS) as work:
        found = work.bookings.by_id(talk.id)
    assert found
    return found.status


def note(client: TestClient, talk: Booking, outcome: str) -> Response:
    return client.post(f"/desk/bookings/{talk.id}/outcome", data={"outcome": outcome}, headers=PAGE)


def last_message(store: Store, young: YoungPerson) -> tuple[str, list[str]]:
    with store.read(THE_TESTS) as work:
        last = work.conversations.after(young.id, 0)[-1]
    return last.text, [button.payload for button in last.buttons]


def test_a_week_shows_talks_and_free_times_by_hour_and_day(
    anna, young: YoungPerson, municipality: Municipality
) -> None:
    talk = young.books(municipality, CONTACT)
    page = anna.get("/desk/week", params={"fra": str(danish_day(talk.starts_at))}, headers=PAGE).text
    assert "Telefon, Sofie, Aftalt" in page
    assert "12345678" not in page
    assert talk.code not in page
    assert page.count('scope="col"') == 6, "the hour, and Monday to Friday"


def test_the_week_chosen_last_is_shown_until_another_is_chosen(anna, bo, store: Store) -> None:
    with store.write(THE_TESTS) as work:
        second = work.agents.add("eksempel", "Zenia", ())
        [first, _] = work.agents.of("eksempel", danish_day(datetime.now(UTC)))
    for chosen in (second, first.id):
        answer = anna.get(f"/desk/week?hos={chosen}", headers=PAGE)
        kept = answer.headers["set-cookie"].casefold()
        assert all(words in kept for words in ("httponly", "samesite=strict", "path=/desk"))
        assert not any(words in kept for words in ("expires", "max-age")), "gone with the browser"
        assert f'<option value="{chosen}" selected>' in anna.get("/desk/week", headers=PAGE).text
    anna.get(f"/desk/week?hos={second}", headers=PAGE)
    assert f'<option value="{first.id}" selected>' in bo.get("/desk/week", headers=PAGE).text, "each browser its own"
    with store.write(THE_TESTS) as work:
        [_, gone] = work.agents.of("eksempel", danish_day(datetime.now(UTC)))
        work.agents.leave(gone, datetime.now(UTC))
    assert f'<option value="{first.id}" selected>' in anna.get("/desk/week", headers=PAGE).text


@pytest.mark.parametrize("kept", ["x", "99999", "", "9" * 5000, "²"])
def test_a_choice_that_nobody_could_make_shows_the_first(anna, kept: str) -> None:
    cookie = {"Cookie": f"hjemad_desk={anna.cookies['hjemad_desk']}; hjemad_week={kept}".encode()}
    assert anna.get("/desk/week", headers=PAGE | cookie).status_code == 200


def test_an_empty_week_says_so(anna) -> None:
    page = anna.get("/desk/week", params={"fra": "2020-01-06"}, headers=PAGE).text
    assert "Der er hverken aftaler eller ledige tider i denne uge." in page


@pytest.mark.parametrize("asked", ["fra=x", "fra=9999-12-31", "fra=0001-01-01", "hos=x", "hos=99999", "hos="])
def test_a_week_that_is_none_is_not_found(anna, asked: str) -> None:
    assert anna.get(f"/desk/week?{asked}", headers=PAGE).status_code == 404


def test_who_called_gets_a_talk_and_hears_the_words_once(anna, store: Store) -> None:
    form = anna.get("/desk/bookings/new?maade=phone", headers=PAGE)
    fields = {
        "maade": "phone",
        "tid": times_in(form)[2],
        "forsoeg": attempt_in(form),
        "fornavn": "Ali",
        "telefon": "12 34 56 78",
        "sprog": "polsk",
    }
    booked = anna.post("/desk/bookings/new", data=fields, headers=PAGE)
    found = WORDS.search(booked.text)
    assert found
    with store.read(THE_TESTS) as work:
        talk = work.bookings.by_code(found[1])
    assert talk
    assert (talk.contact.first_name, talk.contact.phone, talk.conversation) == ("Ali", "12345678", None)
    listed = anna.get("/desk/bookings", headers=PAGE).text + anna.get("/desk/bookings.json").text
    week = anna.get(f"/desk/week?fra={danish_day(talk.starts_at)}", headers=PAGE).text
    assert ("tolk (polsk)" in listed, "tolk (polsk)" in week) == (True, True)
    assert ("Ali" in listed, talk.code in listed, found[1] in listed) == (True, False, False)
    twice = anna.post("/desk/bookings/new", data=fields, headers=PAGE)
    assert found[1] in twice.text, "a form sent twice is one talk"


def test_where_somebody_who_called_wants_to_meet_stands_in_the_list_and_the_week(anna, store: Store) -> None:
    form = anna.get("/desk/bookings/new?maade=out", headers=PAGE)
    fields = {"maade": "out", "tid": times_in(form)[2], "forsoeg": attempt_in(form)}
    missing = anna.post("/desk/bookings/new", data=fields, headers=PAGE)
    assert (missing.status_code, "Skriv, hvor I skal mødes." in missing.text) == (422, True)
    found = WORDS.search(anna.post("/desk/bookings/new", data=fields | {"sted": "Biblioteket"}, headers=PAGE).text)
    assert found
    with store.read(THE_TESTS) as work:
        talk = work.bookings.by_code(found[1])
    assert talk
    assert "Biblioteket" in anna.get("/desk/bookings", headers=PAGE).text
    assert "Biblioteket" in anna.get(f"/desk/week?fra={danish_day(talk.starts_at)}", headers=PAGE).text


def test_nobody_learns_the_words_of_another_by_the_same_form(anna, bo) -> None:
    form = anna.get("/desk/bookings/new", headers=PAGE)
    fields = {"maade": "office", "tid": times_in(form)[2], "forsoeg": attempt_in(form)}
    own = WORDS.search(anna.post("/desk/bookings/new", data=fields, headers=PAGE).text)
    assert own
    other = bo.post("/desk/bookings/new", data=fields, headers=PAGE)
    assert (other.status_code, own[1] in other.text) == (409, False)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "Vælg en tid."),
        ({"tid": "i morgen"}, "Vælg en tid."),
        ({"maade": "phone"}, "Skriv det nummer, I skal ringe til."),
        ({"tid": "2020-01-01T10:00:00+00:00"}, "Den tid kan man ikke vælge."),
        ({"fornavn": "12345678"}, "uden tal"),
    ],
)
def test_what_is_missing_for_a_talk_is_said(anna, fields: dict[str, str], says: str) -> None:
    answer = anna.post("/desk/bookings/new", data={"maade": "office"} | fields, headers=PAGE)
    assert (answer.status_code, says in answer.text) == (422, True)


def test_who_did_not_come_is_offered_a_new_time_once(
    anna, store: Store, young: YoungPerson, municipality: Municipality
) -> None:
    talk = begun(store, young, municipality)
    assert "Kom ikke" in anna.get("/desk/bookings", headers=PAGE).text
    for _ in range(2):
        assert note(anna, talk, "missed").status_code == 303
    text, payloads = last_message(store, young)
    assert "Det sker. Vil du have en ny tid?" in text
    assert payloads == ["/booking_request"]
    with store.read(THE_TESTS) as work:
        assert sum("Det sker" in message.text for message in work.conversations.after(young.id, 0)) == 1
    assert status_of(store, talk) is BookingStatus.MISSED


def test_what_was_noted_can_be_put_right(anna, store: Store, young: YoungPerson, municipality: Municipality) -> None:
    talk = begun(store, young, municipality)
    for outcome in ("met", "missed", "met"):
        note(anna, talk, outcome)
        assert status_of(store, talk) is BookingStatus(outcome)
    assert "Mødt" in anna.get("/desk/bookings", headers=PAGE).text


def test_nobody_is_told_that_they_met(anna, store: Store, young: YoungPerson, municipality: Municipality) -> None:
    talk = begun(store, young, municipality)
    before = last_message(store, young)
    note(anna, talk, "met")
    assert last_message(store, young) == before


@pytest.mark.parametrize("outcome", ["", "cancelled", "active", "called_off"])
def test_only_an_outcome_can_be_noted(
    anna, store: Store, young: YoungPerson, municipality: Municipality, outcome: str
) -> None:
    talk = begun(store, young, municipality)
    assert note(anna, talk, outcome).status_code == 422
    assert status_of(store, talk) is BookingStatus.ACTIVE


def test_a_talk_to_come_has_no_outcome(anna, store: Store, young: YoungPerson, municipality: Municipality) -> None:
    talk = young.books(municipality, CONTACT)
    assert note(anna, talk, "met").status_code == 409
    assert status_of(store, talk) is BookingStatus.ACTIVE


def test_another_municipality_notes_nothing(carl, store: Store, young: YoungPerson, municipality: Municipality) -> None:
    talk = begun(store, young, municipality)
    assert note(carl, talk, "missed").status_code == 404
    assert carl.post("/desk/bookings/0/outcome", data={"outcome": "met"}, headers=PAGE).status_code == 404
    assert status_of(store, talk) is BookingStatus.ACTIVE


def test_what_became_of_a_reminder_is_seen_and_where_it_went_is_not(
    anna, store: Store, young: YoungPerson, municipality: Municipality
) -> None:
    wished(store, young.books(municipality, CONTACT, in_days=3))
    page = anna.get("/desk/bookings", headers=PAGE).text
    assert ("Får besked før tiden" in page, "ung@eksempel" in page) == (True, False)
    due_now(store)
    with store.write(THE_TESTS) as work:
        [reminder] = work.reminders.due(now := NOON)
        work.reminders.begin(reminder, now)
        work.reminders.put_off(reminder, now, None)
    assert "Besked kunne ikke sendes" in anna.get("/desk/bookings", headers=PAGE).text


def test_talks_of_earlier_days_are_asked_about_until_they_are_noted(
    anna, store: Store, young: YoungPerson, municipality: Municipality
) -> None:
    talk = young.books(municipality, CONTACT)
    begun_at = datetime.now(UTC) - timedelta(days=3)
    with store.write(THE_TESTS) as work:
        moved = update(bookings).where(bookings.c.id == talk.id)
        work._connection.execute(moved.values(starts_at=begun_at, ends_at=begun_at + timedelta(minutes=30)))
    assert "Mødtes I?" in anna.get("/desk/bookings", headers=PAGE).text
    note(anna, talk, "met")
    assert "Mødtes I?" not in anna.get("/desk/bookings", headers=PAGE).text


def test_who_is_noted_as_missed_met_and_missed_is_told_once(
    anna, store: Store, young: YoungPerson, municipality: Municipality
) -> None:
    talk = begun(store, young, municipality)
    for outcome in ("missed", "met", "missed"):
        note(anna, talk, outcome)
    with store.read(THE_TESTS) as work:
        assert sum("Det sker" in message.text for message in work.conversations.after(young.id, 0)) == 1


def test_without_a_boligagent_the_week_leads_to_where_they_are_added(carl) -> None:
    assert carl.get("/desk/week", headers=PAGE).headers["location"] == "/desk/agents"


def test_a_form_sent_again_shows_the_words_only_while_the_talk_stands(anna, store: Store) -> None:
    form = anna.get("/desk/bookings/new", headers=PAGE)
    fields = {"maade": "office", "tid": times_in(form)[2], "forsoeg": attempt_in(form)}
    own = WORDS.search(anna.post("/desk/bookings/new", data=fields, headers=PAGE).text)
    assert own
    with store.write(THE_TESTS) as work:
        talk = work.bookings.by_code(own[1])
        assert talk
        cancel(work, talk, datetime.now(UTC))
    again = anna.post("/desk/bookings/new", data=fields, headers=PAGE).text
    assert ("Tiden står ikke mere" in again, own[1] in again) == (True, False)
