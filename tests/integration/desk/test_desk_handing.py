"""A conversation is given to a colleague, with a note for them alone, and closed with a goodbye."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.after_booking import call_off
from bot.casework.conversations import Danger, Holder, Kind, Sender
from bot.casework.handovers import LONGEST_NOTE
from bot.casework.plans import Part, Plan
from bot.casework.presence import PRESENT_FOR
from bot.casework.rights import Role
from bot.conversation.closing import GOODBYE, YOUR_PLAN
from bot.conversation.plan_words import with_plan
from bot.conversation.sentences import GIVEN
from bot.conversation.wording import PLAN
from bot.language.danish import spoken_time
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.integration.desk.test_desk_presence import was_seen
from tests.integration.test_erasing import all_bytes
from tests.support.desk import CONTACT, PAGE, YoungPerson, news
from tests.support.handing import NOTE, at, gives, number_of
from tests.support.presence import now_of
from tests.support.roles import person
from tests.support.the_tests import THE_TESTS


@pytest.fixture
def held(anna: TestClient, young: YoungPerson) -> YoungPerson:
    """Anna's."""
    anna.post(at(young, "claim")).raise_for_status()
    return young


def test_a_colleague_has_it_at_once_with_the_note_and_the_young_person_is_told(
    anna: TestClient, bo: TestClient, store: Store, held: YoungPerson
) -> None:
    assert gives(anna, held, number_of(store, "bo"), **PAGE).status_code == 303
    found, last = now_of(held)
    assert (found.holder, str(found.held_by)) == (Holder.HUMAN, number_of(store, "bo"))
    assert (last.sender, last.kind, last.text) == (Sender.SYSTEM, Kind.NOTICE, GIVEN.danish.format(name="Bo"))
    assert f"Fra Anna: {NOTE}" in bo.get(at(held), headers=PAGE).text
    assert f"Fra Anna: {NOTE}" in news(bo, held)
    assert f"Fra Anna: {NOTE}" in bo.get("/desk/queue").text
    for client in (anna, person(bo.app, [Role.LEAD], name="liv")):  # type: ignore[arg-type]
        assert NOTE not in client.get("/desk/queue").text
    assert NOTE not in anna.get(at(held), headers=PAGE).text
    assert bo.post(at(held, "messages"), json={"text": "hej"}).status_code == 200
    assert anna.post(at(held, "messages"), json={"text": "hej"}).json()["code"] == "not_holder"


def test_the_log_says_who_gave_it_and_who_got_it(anna: TestClient, bo: TestClient, store: Store, held) -> None:
    gives(anna, held, number_of(store, "bo"))
    with store.read(THE_TESTS) as work:
        noted = [(str(one.user), one.action) for one in work.people.noted("eksempel") if one.subject == held.id]
    assert noted[-2:] == [(number_of(store, "anna"), "give"), (number_of(store, "bo"), "receive")]


def test_a_note_is_shown_as_text(anna: TestClient, bo: TestClient, store: Store, held: YoungPerson) -> None:
    gives(anna, held, number_of(store, "bo"), "<img src=x onerror=alert(1)>")
    for page in (bo.get(at(held), headers=PAGE).text, bo.get("/desk/queue").text, news(bo, held)):
        assert ("<img" in page, "&lt;img src=x" in page) == (False, True)


def test_the_young_person_never_sees_the_note(anna: TestClient, store: Store, held: YoungPerson) -> None:
    gives(anna, held, number_of(store, "bo"))
    with store.read(THE_TESTS) as work:
        assert not any(NOTE in message.text for message in work.conversations.after(held.id, 0))


def test_a_note_is_sealed_and_gone_when_it_was_read(
    anna: TestClient, bo: TestClient, store: Store, held: YoungPerson, tmp_path: Path
) -> None:
    gives(anna, held, number_of(store, "bo"))
    assert NOTE.encode() not in all_bytes(tmp_path)
    with store.read(THE_TESTS) as work:
        [one] = work.handovers.of([held.id])[held.id]
    assert anna.post(at(held, "note"), data={"until": str(one.id)}).json()["code"] == "not_holder"
    for _ in range(2):
        assert bo.post(at(held, "note"), data={"until": str(one.id)}, headers=PAGE).status_code == 303
    assert "Givet videre" not in bo.get(at(held), headers=PAGE).text
    with store.read(THE_TESTS) as work:
        assert work.handovers.of([held.id]) == {}
        assert [one.action for one in work.people.noted("eksempel")].count("take_note") == 1


def test_a_note_that_came_meanwhile_is_not_taken_for_read(
    anna: TestClient, bo: TestClient, store: Store, held: YoungPerson
) -> None:
    gives(anna, held, number_of(store, "bo"), "først")
    with store.read(THE_TESTS) as work:
        [first] = work.handovers.of([held.id])[held.id]
    gives(bo, held, number_of(store, "anna"), "så")
    anna.post(at(held, "note"), data={"until": str(first.id)}).raise_for_status()
    page = anna.get(at(held), headers=PAGE).text
    assert ("Fra Anna: først" in page, "Fra Bo: så" in page) == (False, True)


@pytest.mark.parametrize("until", ["", "x", "-1", "1" * 30, "１"])
def test_a_note_of_no_number_is_refused(anna: TestClient, held: YoungPerson, until: str) -> None:
    assert anna.post(at(held, "note"), data={"until": until}).json()["code"] == "unknown_note"


def test_without_a_note_it_is_said_who_gave_it(
    anna: TestClient, bo: TestClient, store: Store, held: YoungPerson
) -> None:
    gives(anna, held, number_of(store, "bo"), "  ")
    assert "Anna har givet samtalen videre." in bo.get(at(held), headers=PAGE).text


def test_a_cpr_number_in_a_note_is_hidden(anna: TestClient, bo: TestClient, store: Store, held: YoungPerson) -> None:
    gives(anna, held, number_of(store, "bo"), "hun har cpr 010190-1234")
    page = bo.get(at(held), headers=PAGE).text
    assert ("010190-1234" in page, "hun har cpr" in page) == (False, True)


def test_of_two_who_give_it_one_wins_and_the_other_is_told(
    anna: TestClient, bo: TestClient, store: Store, held: YoungPerson
) -> None:
    liv = person(anna.app, [Role.CASEWORKER], name="liv")  # type: ignore[arg-type]
    assert gives(anna, held, number_of(store, "bo")).status_code == 200
    late = gives(anna, held, number_of(store, "liv"), "for sent")
    assert (late.status_code, late.json()["code"]) == (409, "not_given")
    assert "Den er ikke givet videre herfra" in gives(anna, held, number_of(store, "liv"), **PAGE).text
    assert str(now_of(held)[0].held_by) == number_of(store, "bo")
    assert "for sent" not in bo.get(at(held), headers=PAGE).text + liv.get("/desk/queue").text


def test_it_can_go_to_whoever_is_signed_in_and_may_answer_and_nobody_else(
    app: Starlette, anna: TestClient, carl: TestClient, store: Store, held: YoungPerson
) -> None:
    assert "Ingen kollega er ved skrivebordet lige nu." in anna.get(at(held), headers=PAGE).text
    person(app, [Role.LEAD], name="liv")
    for to in (*(number_of(store, name) for name in ("bo", "liv", "carl", "anna")), "99999"):
        assert gives(anna, held, to).json()["code"] == "colleague_away"
    for to, code in (("", "nobody_chosen"), ("x", "nobody_chosen"), ("team:x", "unknown_team")):
        assert gives(anna, held, to).json()["code"] == code
    assert str(now_of(held)[0].held_by) == number_of(store, "anna")


def test_it_can_go_to_those_alone_who_are_there(
    app: Starlette, anna: TestClient, bo: TestClient, store: Store, held: YoungPerson
) -> None:
    person(app, [Role.CASEWORKER], name="zoe")
    was_seen(bo, store, PRESENT_FOR + timedelta(seconds=1))
    page = anna.get(at(held), headers=PAGE).text
    assert (">Zoe</option>" in page, ">Bo</option>" in page) == (True, False)
    assert gives(anna, held, number_of(store, "bo")).json()["code"] == "colleague_away"
    assert f'value="{number_of(store, "anna")}"' not in page


def test_what_was_written_stays_when_it_does_not_go(anna: TestClient, store: Store, held: YoungPerson) -> None:
    page = gives(anna, held, number_of(store, "bo"), **PAGE)
    assert page.status_code == 422
    assert "Den kollega er ikke ved skrivebordet nu." in page.text
    assert f">{NOTE}</textarea>" in page.text
    assert "<title>(1)" not in page.text
    assert "Ret det her – Samtale" in page.text


def test_a_note_has_an_end(anna: TestClient, bo: TestClient, store: Store, held: YoungPerson) -> None:
    assert gives(anna, held, number_of(store, "bo"), "x" * (LONGEST_NOTE + 1)).json()["code"] == "note_too_long"
    assert gives(anna, held, number_of(store, "bo"), "x" * LONGEST_NOTE).status_code == 200


def test_who_takes_it_over_or_takes_it_from_the_queue_sees_the_note_too(
    anna: TestClient, bo: TestClient, store: Store, held: YoungPerson
) -> None:
    gives(anna, held, number_of(store, "bo"))
    anna.post(at(held, "take-over")).raise_for_status()
    assert NOTE in anna.get(at(held), headers=PAGE).text
    assert NOTE not in bo.get(at(held), headers=PAGE).text


@pytest.mark.parametrize("deed", ["release", "close"])
def test_a_note_ends_with_the_talk(
    anna: TestClient, bo: TestClient, store: Store, held: YoungPerson, deed: str
) -> None:
    gives(anna, held, number_of(store, "bo"))
    bo.post(at(held, deed)).raise_for_status()
    with store.read(THE_TESTS) as work:
        assert work.handovers.of([held.id]) == {}


def test_a_note_goes_with_the_conversation(anna: TestClient, bo: TestClient, store: Store, held: YoungPerson) -> None:
    gives(anna, held, number_of(store, "bo"))
    held.erases()
    with store.read(THE_TESTS) as work:
        assert work.handovers.of([held.id]) == {}
    assert gives(bo, held, number_of(store, "anna")).json()["code"] == "conversation_not_found"
    assert bo.post(at(held, "close")).json()["code"] == "conversation_not_found"


def test_danger_that_is_given_waits_for_its_new_holder(
    anna: TestClient, bo: TestClient, store: Store, held: YoungPerson
) -> None:
    held.writes("jeg er bange", Danger(2, ("violence",)))
    held.hears("Ring 112.", Kind.DANGER)
    gives(anna, held, number_of(store, "bo"))
    assert "Venter på dit svar" in bo.get("/desk/queue").text


def test_to_close_says_goodbye_and_hands_it_back(anna: TestClient, store: Store, held: YoungPerson) -> None:
    assert anna.post(at(held, "close"), headers=PAGE).status_code == 303
    found, last = now_of(held)
    assert (found.holder, found.held_by, found.waiting_since) == (Holder.BOT, None, None)
    assert (last.sender, last.text, last.final) == (Sender.BOT, GOODBYE.danish, False)
    for part in ("Dine samtaler", "Venter på et menneske"):
        assert held.id not in anna.get("/desk/queue").text, part
    assert GOODBYE.danish in anna.get(at(held), headers=PAGE).text
    assert held.stands
    assert anna.post(at(held, "close")).json()["code"] == "not_holder"


def test_the_goodbye_names_no_talk_that_will_not_be_held(
    anna: TestClient, store: Store, held: YoungPerson, municipality: Municipality
) -> None:
    talk = held.books(municipality, CONTACT)
    with store.write(THE_TESTS) as work:
        call_off(work, talk, datetime.now(UTC))
    anna.post(at(held, "close")).raise_for_status()
    assert "Din tid" not in now_of(held)[1].text


def test_the_goodbye_shows_what_was_agreed_and_keeps_no_word_of_it(
    anna: TestClient, store: Store, held: YoungPerson, municipality: Municipality
) -> None:
    talk = held.books(municipality, CONTACT)
    with store.write(THE_TESTS) as work:
        work.plans.put(work.conversations.lock(held.id), Plan({Part.OWN: "ringe til min mor"}))
    anna.post(at(held, "close")).raise_for_status()
    with store.read(THE_TESTS) as work:
        farewell, plan = work.conversations.after(held.id, 0)[-2:]
        [shown] = with_plan(work, held.id, [plan])
    assert farewell.text == f"{GOODBYE.danish} Din tid er {spoken_time(talk.starts_at)}."
    # The card stands where the words of its message would: nothing else may be said there.
    assert (PLAN in farewell.data, plan.text) == (False, YOUR_PLAN.danish)
    assert "ringe til min mor" in shown.text
    assert "ringe til min mor" not in anna.get(at(held), headers=PAGE).text


def test_english_is_said_goodbye_to_in_english(anna: TestClient, held: YoungPerson) -> None:
    held.in_language("en")
    anna.post(at(held, "close")).raise_for_status()
    assert now_of(held)[1].text == GOODBYE.english


def test_after_goodbye_a_human_can_be_asked_for_again(
    anna: TestClient, bo: TestClient, store: Store, held: YoungPerson
) -> None:
    anna.post(at(held, "close")).raise_for_status()
    held.writes("et menneske, tak").waits()
    bo.post(at(held, "claim")).raise_for_status()
    assert str(now_of(held)[0].held_by) == number_of(store, "bo")
