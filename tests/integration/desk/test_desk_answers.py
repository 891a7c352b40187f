"""Who answers a called-off talk on the phone: the desk works its list off, and nobody is left on it or lost."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from httpx import Response
from starlette.testclient import TestClient

from bot.casework.after_booking import call_off
from bot.casework.arranging import cancel, move
from bot.casework.bookings import Booking, BookingStatus, Contact
from bot.casework.reminders import remind_at
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.desk import CONTACT, PAGE, YoungPerson
from tests.support.plain_forms import attempt_in, edition_in, times_in
from tests.support.reminders import NOON, talk_begins, talk_far_ahead, talk_starts, wished
from tests.support.the_tests import THE_TESTS
from tests.support.told import acts, said

UNANSWERED = "Aflyst af jer, og ikke svaret endnu"
ROW = re.compile(r'<tr><th scope="row">.*?</tr>', re.DOTALL)


def called_off(store: Store, talk: Booking) -> Booking:
    with store.write(THE_TESTS) as work:
        return call_off(work, talk, datetime.now(UTC))


def now_is(store: Store, talk: Booking) -> Booking:
    with store.read(THE_TESTS) as work:
        found = work.bookings.by_id(talk.id)
    assert found
    return found


def row_of(client: TestClient, talk: Booking) -> str:
    """The row of the list that waits for this talk's answer; empty when it does not."""
    section = client.get("/desk/bookings", headers=PAGE).text.partition(UNANSWERED)[2].partition("</section>")[0]
    return next((row for row in ROW.findall(section) if talk.id in row), "")


def answers(client: TestClient, talk: Booking, what: str, **fields: str) -> Response:
    return client.post(f"/desk/bookings/{talk.id}/{what}", data=fields, headers=PAGE)


@pytest.fixture
def talk(store: Store, young: YoungPerson, municipality: Municipality) -> Booking:
    return called_off(store, young.books(municipality, CONTACT))


def booked_by_hand(client: TestClient, store: Store) -> Booking:
    form = client.get("/desk/bookings/new?maade=phone", headers=PAGE)
    fields = {"maade": "phone", "tid": times_in(form)[2], "forsoeg": attempt_in(form), "telefon": "12 34 56 78"}
    words = client.post("/desk/bookings/new", data=fields, headers=PAGE).text.partition('<p class="code">')[2]
    with store.read(THE_TESTS) as work:
        found = work.bookings.by_code(words.partition("<")[0])
    assert found
    return found


def test_who_called_is_called_off_and_answers_on_the_phone(anna, store: Store) -> None:
    talk = called_off(store, booked_by_hand(anna, store))
    row = row_of(anna, talk)
    assert ("12345678" in row, "Ingen besked" in row, f"/desk/bookings/{talk.id}/move" in row) == (True, True, True)
    offered = anna.get(f"/desk/bookings/{talk.id}/move", headers=PAGE)
    assert ("12345678" in offered.text, talk.code in offered.text) == (True, False)
    new = times_in(offered)[3]
    assert answers(anna, talk, "move", tid=new).headers["location"] == "/desk/bookings"
    moved = now_is(store, talk)
    assert (moved.starts_at, moved.status) == (datetime.fromisoformat(new), BookingStatus.ACTIVE)
    assert (moved.code, moved.contact, moved.way) == (talk.code, talk.contact, talk.way)
    assert UNANSWERED not in anna.get("/desk/bookings", headers=PAGE).text
    assert len(anna.get("/desk/bookings.json").json()["bookings"]) == 1, "it is the same talk and no second one"
    assert acts(store, talk) == ["book_by_hand", "read_bookings", "talk_moved"]


def test_the_young_person_is_told_in_their_chat_and_reminded_of_the_new_time(
    anna, store: Store, young: YoungPerson, municipality: Municipality
) -> None:
    talk = replace(talk_far_ahead(store, municipality), conversation=young.id)
    with store.write(THE_TESTS) as work:
        work.bookings.change(talk)
    wished(store, talk)
    called_off(store, talk)
    offered = times_in(anna.get(f"/desk/bookings/{talk.id}/move", headers=PAGE))
    answers(anna, talk, "move", tid=offered[-1])
    assert said(store, young)[-1].startswith("Din tid er flyttet. Nu er den ")
    with store.read(THE_TESTS) as work:
        assert work.reminders.due_for(talk) == remind_at(now_is(store, talk), NOON)


def test_who_wants_no_other_is_taken_off_the_list_and_told(
    anna, store: Store, young: YoungPerson, talk: Booking
) -> None:
    assert answers(anna, talk, "cancel").headers["location"] == "/desk/bookings"
    assert (now_is(store, talk).status, now_is(store, talk).contact) == (BookingStatus.CANCELLED, Contact())
    assert row_of(anna, talk) == ""
    heard = said(store, young)
    assert heard[-1].startswith("Din tid er aflyst.")
    assert acts(store, talk) == ["talk_cancelled"]
    assert answers(anna, talk, "cancel").status_code == 303
    assert (said(store, young), acts(store, talk)) == (heard, ["talk_cancelled"]), "a form sent twice is one answer"


def test_a_form_sent_twice_moves_once(anna, store: Store, young: YoungPerson, talk: Booking) -> None:
    new = times_in(anna.get(f"/desk/bookings/{talk.id}/move", headers=PAGE))[4]
    for _ in range(2):
        assert answers(anna, talk, "move", tid=new).status_code == 303
    assert sum("er flyttet" in text for text in said(store, young)) == 1
    assert acts(store, talk) == ["read_bookings", "talk_moved"]


def test_an_answer_after_the_talk_s_time_is_taken_too(anna, store: Store, talk: Booking) -> None:
    """The list keeps it: who was ill for one is called in the next."""
    talk_begins(store, talk)
    new = times_in(anna.get(f"/desk/bookings/{talk.id}/move", headers=PAGE))[0]
    assert answers(anna, talk, "move", tid=new).status_code == 303
    assert now_is(store, talk).status is BookingStatus.ACTIVE


def test_who_wants_no_other_after_the_talk_s_time_is_off_the_list(anna, store: Store, talk: Booking) -> None:
    talk_begins(store, talk)
    assert row_of(anna, talk)
    answers(anna, talk, "cancel")
    assert row_of(anna, talk) == ""


@pytest.mark.parametrize(("tid", "status"), [("", 422), ("i morgen", 422), ("2020-01-01T10:00:00+00:00", 422)])
def test_a_time_that_is_none_moves_nothing(anna, store: Store, talk: Booking, tid: str, status: int) -> None:
    answer = answers(anna, talk, "move", tid=tid)
    assert (answer.status_code, 'id="tid-fejl"' in answer.text, bool(times_in(answer))) == (status, True, True)
    assert now_is(store, talk) == talk


def test_a_time_that_somebody_was_faster_to_take_is_said(
    anna, store: Store, talk: Booking, municipality: Municipality
) -> None:
    wanted = times_in(anna.get(f"/desk/bookings/{talk.id}/move", headers=PAGE))[0]
    YoungPerson(store).books(municipality, CONTACT)
    answer = answers(anna, talk, "move", tid=wanted)
    assert (answer.status_code, "Den tid er lige blevet taget." in answer.text) == (409, True)
    assert now_is(store, talk) == talk


def test_who_answered_meanwhile_is_not_overruled(anna, store: Store, talk: Booking, municipality: Municipality) -> None:
    """The page is open at the desk while they choose a time in the chat, or cancel."""
    page = anna.get(f"/desk/bookings/{talk.id}/move", headers=PAGE)
    (first, other), shown = times_in(page)[:2], edition_in(page)
    with store.write(THE_TESTS) as work:
        own = move(work, talk, datetime.fromisoformat(first), municipality.rules, datetime.now(UTC))
    for answer in (
        answers(anna, talk, "cancel", udgave=shown),
        answers(anna, talk, "cancel"),
        answers(anna, talk, "move", tid=other, udgave=shown),
        answers(anna, talk, "move", tid=other),
    ):
        assert (answer.status_code, "Tiden er ændret imens" in answer.text) == (409, True)
    assert now_is(store, talk) == own
    with store.write(THE_TESTS) as work:
        cancel(work, own, datetime.now(UTC))
    assert answers(anna, talk, "move", tid=other, udgave=shown).status_code == 409
    assert anna.get(f"/desk/bookings/{talk.id}/move", headers=PAGE).status_code == 409
    assert now_is(store, talk).status is BookingStatus.CANCELLED


def test_another_municipality_answers_for_nobody(carl, store: Store, talk: Booking) -> None:
    new = (datetime.now(UTC) + timedelta(days=3)).isoformat()
    assert carl.get(f"/desk/bookings/{talk.id}/move", headers=PAGE).status_code == 404
    assert answers(carl, talk, "move", tid=new).status_code == 404
    assert answers(carl, talk, "cancel").status_code == 404
    assert now_is(store, talk) == talk


@pytest.mark.parametrize("what", ["move", "cancel"])
def test_no_answer_without_the_token_of_the_form(anna, store: Store, talk: Booking, what: str) -> None:
    del anna.headers["X-CSRF-Token"]
    assert answers(anna, talk, what).status_code == 403
    assert now_is(store, talk) == talk


def test_programs_are_answered_in_json(anna, talk: Booking) -> None:
    assert anna.post(f"/desk/bookings/{talk.id}/cancel").json() == {"id": talk.id, "status": "cancelled"}


def test_who_has_not_answered_stands_on_the_list_for_as_long_as_the_talk_is_kept(
    anna, store: Store, talk: Booking
) -> None:
    talk_starts(store, talk, datetime.now(UTC) - timedelta(days=60))
    assert row_of(anna, talk)
    answers(anna, talk, "cancel")
    assert not row_of(anna, talk)


def test_the_list_says_how_each_of_them_was_told(anna, store: Store, talk: Booking, municipality: Municipality) -> None:
    """In the chat alone, by the reminder that was asked for, or not at all."""
    reminded, nowhere = talk_far_ahead(store, municipality), booked_by_hand(anna, store)
    wished(store, reminded)
    for one in (reminded, nowhere):
        called_off(store, one)
    told = ("Kun i chatten", "Ingen besked", "Får besked før tiden")
    for one, says in ((talk, told[0]), (nowhere, told[1]), (reminded, told[2])):
        row = row_of(anna, one)
        assert [words for words in told if words in row] == [says]
