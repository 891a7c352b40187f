"""Somebody calls who has lost the three words: the desk moves or cancels their talk, and their chat says so truly."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.after_booking import hand_over
from bot.casework.arranging import cancel, move
from bot.casework.bookings import Booking, BookingStatus, Contact
from bot.casework.free_times import Opening, danish_day
from bot.casework.reminders import remind_at
from bot.municipality.towns import Municipality
from bot.store.store import Store, Work
from tests.support.agents import add_agents, agents_of
from tests.support.desk import CONTACT, PAGE, YoungPerson
from tests.support.plain_forms import edition_in, times_in
from tests.support.reminders import NOON, state_of, talk_begins, talk_far_ahead, wished
from tests.support.the_tests import THE_TESTS
from tests.support.told import acts, said

CHANGE = "Flyt eller aflys"
NOT_THEIR_WISH = ("kan desværre ikke holdes", "Undskyld")


@pytest.fixture
def talk(young: YoungPerson, municipality: Municipality) -> Booking:
    return young.books(municipality, CONTACT)


def page_of(client: TestClient, talk: Booking, **asked: object) -> Response:
    return client.get(f"/desk/bookings/{talk.id}/move", params=asked, headers=PAGE)


def sends(client: TestClient, talk: Booking, what: str, page: Response, **fields: str) -> Response:
    """The form of the page that was opened."""
    return client.post(f"/desk/bookings/{talk.id}/{what}", data={"udgave": edition_in(page), **fields}, headers=PAGE)


def now_is(store: Store, talk: Booking) -> Booking:
    with store.read(THE_TESTS) as work:
        found = work.bookings.by_id(talk.id)
    assert found
    return found


def test_who_calls_gets_another_time_and_reads_that_they_asked_for_it(
    anna: TestClient, store: Store, young: YoungPerson, talk: Booking
) -> None:
    listed = anna.get("/desk/bookings", headers=PAGE).text
    assert (CHANGE in listed, f"/desk/bookings/{talk.id}/move" in listed) == (True, True)
    page = page_of(anna, talk)
    assert all(
        words in page.text for words in ("Flyt eller aflys tiden", "12345678", "ring tilbage", "Vil ikke have tiden")
    )
    assert not any(words in page.text for words in (talk.code, talk.code.replace("-", " "), "Ny tid i stedet"))
    assert talk.starts_at.isoformat() not in times_in(page), "it is theirs already"
    new = times_in(page)[3]
    for _ in range(2):
        assert sends(anna, talk, "move", page, tid=new).headers["location"] == "/desk/bookings"
    moved = now_is(store, talk)
    assert moved == replace(talk, starts_at=moved.starts_at, ends_at=moved.ends_at, revision=talk.revision + 1)
    assert moved.starts_at == datetime.fromisoformat(new)
    news = said(store, young)[-1]
    assert news.startswith("Din tid er flyttet, som du bad os om. Nu er den ")
    assert sum("er flyttet" in text for text in said(store, young)) == 1, "a form sent twice is one move"
    assert acts(store, talk) == ["read_bookings", "talk_moved"]


def test_who_wants_no_time_has_it_cancelled_and_reads_that_they_asked_for_it(
    anna: TestClient, store: Store, young: YoungPerson, talk: Booking
) -> None:
    page = page_of(anna, talk)
    for _ in range(2):
        assert sends(anna, talk, "cancel", page).headers["location"] == "/desk/bookings"
    assert (now_is(store, talk).status, now_is(store, talk).contact) == (BookingStatus.CANCELLED, Contact())
    heard = said(store, young)
    assert heard[-1].startswith("Din tid er aflyst, som du bad os om.")
    assert sum("er aflyst" in text for text in heard) == 1
    assert not any(words in text for words in NOT_THEIR_WISH for text in heard)
    assert acts(store, talk) == ["read_bookings", "talk_cancelled"]


def test_who_writes_english_reads_it_in_english(
    anna: TestClient, store: Store, young: YoungPerson, municipality: Municipality
) -> None:
    young.in_language("en")
    talk = young.books(municipality, CONTACT)
    page = page_of(anna, talk)
    sends(anna, talk, "move", page, tid=times_in(page)[3])
    assert said(store, young)[-1].startswith("Your talk is moved, as you asked us to. It is now on ")
    sends(anna, talk, "cancel", page_of(anna, talk))
    assert said(store, young)[-1].startswith("Your talk is cancelled, as you asked us to.")


def test_the_reminder_goes_with_the_talk(
    anna: TestClient, store: Store, young: YoungPerson, municipality: Municipality
) -> None:
    talk = replace(talk_far_ahead(store, municipality), conversation=young.id)
    with store.write(THE_TESTS) as work:
        work.bookings.change(talk)
    wished(store, talk)
    page = page_of(anna, talk)
    sends(anna, talk, "move", page, tid=times_in(page)[-1])
    with store.read(THE_TESTS) as work:
        assert work.reminders.due_for(talk) == remind_at(now_is(store, talk), NOON)
    sends(anna, talk, "cancel", page_of(anna, talk))
    assert state_of(store, talk) is None


def test_who_moves_to_a_time_that_is_too_soon_for_the_reminder_reads_that_none_comes(
    anna: TestClient, app: Starlette, store: Store, young: YoungPerson, municipality: Municipality
) -> None:
    talk = young.books(municipality, CONTACT, in_days=10)
    wished(store, talk)
    # Open day and night, so that at whatever hour this runs a time is soon.
    hours = [Opening(weekday, time(0), time(23, 59)) for weekday in range(7)]
    with store.write(THE_TESTS) as work:
        work.agents.set_week(agents_of(store)[0], hours, None)
    rules = replace(municipality.rules, notice=timedelta(), closed_days=frozenset())
    app.state.municipalities["eksempel"] = replace(municipality, rules=rules)
    page = page_of(anna, talk)
    sends(anna, talk, "move", page, tid=times_in(page)[0])
    assert said(store, young)[-1].endswith("Der kommer ingen besked før den nye tid.")


def test_a_talk_beyond_the_list_is_reached_by_its_week(
    anna: TestClient, store: Store, municipality: Municipality
) -> None:
    talk = talk_far_ahead(store, municipality)
    link = f"/desk/bookings/{talk.id}/move"
    assert link not in anna.get("/desk/bookings", headers=PAGE).text
    assert link in anna.get(f"/desk/week?fra={danish_day(talk.starts_at)}", headers=PAGE).text


def moves_it(work: Work, talk: Booking, town: Municipality, new: datetime) -> Booking:
    return move(work, talk, new, town.rules, datetime.now(UTC))


def cancels_it(work: Work, talk: Booking, _town: Municipality, _new: datetime) -> Booking:
    return cancel(work, talk, datetime.now(UTC))


def hands_it_over(work: Work, talk: Booking, town: Municipality, _new: datetime) -> Booking:
    handed = hand_over(work, talk, town.rules, datetime.now(UTC))
    assert handed
    return handed


@pytest.mark.parametrize("changes", [moves_it, cancels_it, hands_it_over])
def test_what_was_changed_while_the_page_was_open_is_not_overruled(
    anna: TestClient,
    store: Store,
    young: YoungPerson,
    municipality: Municipality,
    changes: Callable[[Work, Booking, Municipality, datetime], Booking],
) -> None:
    add_agents(store, "Bo")
    talk = young.books(municipality, CONTACT)
    page = page_of(anna, talk)
    first, other = times_in(page)[2:4]
    with store.write(THE_TESTS) as work:
        own = changes(work, talk, municipality, datetime.fromisoformat(first))
    answers = [sends(anna, talk, "move", page, tid=other)]
    if own.status is not BookingStatus.CANCELLED:
        answers.append(sends(anna, talk, "cancel", page))
    for answer in answers:
        assert (answer.status_code, "Tiden er ændret imens" in answer.text) == (409, True)
    assert now_is(store, talk) == own


def test_a_form_that_does_not_say_what_it_was_made_for_changes_no_talk_that_stands(
    anna: TestClient, store: Store, talk: Booking
) -> None:
    new = times_in(page_of(anna, talk))[3]
    for what, fields in (("move", {"tid": new}), ("cancel", {}), ("cancel", {"udgave": "x"})):
        assert anna.post(f"/desk/bookings/{talk.id}/{what}", data=fields, headers=PAGE).status_code == 409
    assert now_is(store, talk) == talk


def test_a_talk_that_has_begun_can_be_moved_and_cancelled_no_more(
    anna: TestClient, store: Store, talk: Booking
) -> None:
    page = page_of(anna, talk)
    talk_begins(store, talk)
    begun = now_is(store, talk)
    assert CHANGE not in anna.get("/desk/bookings", headers=PAGE).text.partition("Book for en, der ringer")[2]
    for answer in (
        page_of(anna, talk),
        sends(anna, talk, "cancel", page),
        sends(anna, talk, "move", page, tid=times_in(page)[3]),
    ):
        assert (answer.status_code, "Aftalen er begyndt" in answer.text) == (409, True)
    assert now_is(store, talk) == begun


def test_a_time_that_is_none_moves_nothing_and_the_page_still_speaks_of_a_talk_that_stands(
    anna: TestClient, store: Store, talk: Booking
) -> None:
    answer = sends(anna, talk, "move", page_of(anna, talk), tid="")
    assert (answer.status_code, 'id="tid-fejl"' in answer.text, "Vil ikke have tiden" in answer.text) == (
        422,
        True,
        True,
    )
    assert now_is(store, talk) == talk


def test_who_calls_may_have_the_same_time_with_somebody_else(
    anna: TestClient, store: Store, young: YoungPerson, municipality: Municipality
) -> None:
    talk = young.books(municipality, CONTACT)
    bo = add_agents(store, "Bo Lund")[1]
    page = page_of(anna, talk, hos=bo.id)
    assert talk.starts_at.isoformat() in times_in(page)
    sends(anna, talk, "move", page, tid=talk.starts_at.isoformat(), hos=str(bo.id))
    assert (now_is(store, talk).agent, now_is(store, talk).chosen) == (bo.id, bo.id)


def test_another_municipality_changes_nothing(anna: TestClient, carl: TestClient, store: Store, talk: Booking) -> None:
    page = page_of(anna, talk)
    answers = (
        page_of(carl, talk),
        sends(carl, talk, "cancel", page),
        sends(carl, talk, "move", page, tid=times_in(page)[3]),
    )
    assert [answer.status_code for answer in answers] == [404] * 3
    assert now_is(store, talk) == talk
