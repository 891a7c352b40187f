"""Every change that can be made at the desk is written down with who made it: a walk along all of its doors."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.conversations import Danger
from bot.casework.ready_answers import Wording
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support import learning_deeds as learning
from tests.support.agents import add_agents
from tests.support.desk import CALM, PAGE, PASSWORD, YoungPerson
from tests.support.desk_at_work import Deed, Desk
from tests.support.plain_forms import attempt_in, times_in
from tests.support.reminders import talk_begins
from tests.support.second_factors import CODE, SET_UP, Phone, demands_it, has_codes, key_on, password_given, user_of
from tests.support.the_tests import THE_TESTS
from tests.support.walk import Door, doors

FAR = (datetime.now(UTC) + timedelta(days=400)).date().isoformat()
ANSWER = {"titel": "Hej", "svar": "Hej med dig."}
WEEK = {f"day_{day}": "" for day in range(7)} | {"most": "4", "confirmed": "keep"}


def claims(desk: Desk) -> None:
    desk.claims()


def says(desk: Desk) -> None:
    desk.claims()
    desk.anna.post(f"/desk/conversations/{desk.young.id}/messages", json={"text": "hej"}).raise_for_status()


def calms(desk: Desk) -> None:
    desk.young.writes("jeg er bange", Danger(2, ("violence",)))
    desk.claims()
    desk.does("/conversations/{id}/calm", **CALM)


def releases(desk: Desk) -> None:
    desk.claims()
    desk.does("/conversations/{id}/release")


def takes_over(desk: Desk) -> None:
    with desk.store.write(THE_TESTS) as work:
        other = work.people.user("bo")
        assert other
        work.queue.claim(desk.young.id, other.id)
    desk.does("/conversations/{id}/take-over")


def gives(desk: Desk) -> None:
    desk.claims()
    demo = desk.signs_in("demo")
    desk.does("/conversations/{id}/give", to=str(demo), note="ring til hende")


def takes_note(desk: Desk) -> None:
    """Of what was given, and then taken over again by the giver."""
    gives(desk)
    desk.does("/conversations/{id}/take-over")
    desk.does("/conversations/{id}/note", until="1")


def closes(desk: Desk) -> None:
    desk.claims()
    desk.does("/conversations/{id}/close")


def notes(desk: Desk) -> None:
    desk.does("/conversations/{id}/notes", text="ring til skolen")


def corrects(desk: Desk) -> None:
    desk.does(f"/notes/{desk.young.is_noted('anna')}", text="ring til lægen", revision="0")


def strikes(desk: Desk) -> None:
    desk.does(f"/notes/{desk.young.is_noted('anna')}/strike", revision="0")


def books(desk: Desk) -> None:
    form = desk.anna.get("/desk/bookings/new?maade=office", headers=PAGE)
    desk.does("/bookings/new", maade="office", tid=times_in(form)[0], forsoeg=attempt_in(form))


def moves(desk: Desk) -> None:
    path = f"/bookings/{desk.called_off().id}/move"
    desk.does(path, tid=times_in(desk.anna.get(f"/desk{path}", headers=PAGE))[3])


def gives_up(desk: Desk) -> None:
    desk.does(f"/bookings/{desk.called_off().id}/cancel")


def notes_outcome(desk: Desk) -> None:
    talk = desk.talk()
    talk_begins(desk.store, talk)
    desk.does(f"/bookings/{talk.id}/outcome", outcome="met")


def ends_a_sign_in(desk: Desk) -> None:
    with desk.store.read(THE_TESTS) as work:
        [own] = [one for one in work.sign_ins.of_municipality("eksempel") if one.name == "anna"]
    desk.does(f"/sign-ins/{own.id}/end")


def sets_up(desk: Desk) -> None:
    demands_it(desk.anna.app)  # type: ignore[arg-type]
    bo = TestClient(desk.anna.app, follow_redirects=False)
    password_given(bo, "bo")
    phone = Phone(key_on(bo.get(SET_UP, headers=PAGE).text))
    assert bo.post(SET_UP, data={"code": phone.code()}, headers=PAGE).status_code == 200


def shows_a_code(desk: Desk) -> None:
    phone, bo = has_codes(desk.store, "bo"), TestClient(desk.anna.app, follow_redirects=False)
    password_given(bo, "bo")
    assert bo.post(CODE, data={"code": phone.code()}, headers=PAGE).status_code == 303


def resets(desk: Desk) -> None:
    has_codes(desk.store, "bo")
    desk.does(f"/people/{user_of(desk.store, 'bo').id}/second-factor/reset")


def an_answer(desk: Desk) -> int:
    with desk.store.write(THE_TESTS) as work:
        return work.ready_answers.add("eksempel", Wording("Tak", "Tak, fordi du skrev."))


def changes_an_answer(desk: Desk) -> None:
    desk.does(f"/ready-answers/{an_answer(desk)}", **ANSWER, udgave="0")


def removes_an_answer(desk: Desk) -> None:
    desk.does(f"/ready-answers/{an_answer(desk)}/remove")


def removes(desk: Desk) -> None:
    desk.does("/agents/{agent}/remove")


DEEDS: Mapping[str, tuple[Deed, str]] = {
    "/desk/sign-in": (lambda desk: desk.does("/sign-in", user="bo", password=PASSWORD), "sign_in"),
    "/desk/sign-in/code": (shows_a_code, "sign_in"),
    "/desk/sign-in/set-up": (sets_up, "set_up_second_factor"),
    "/desk/people/{id}/second-factor/reset": (resets, "reset_second_factor"),
    "/desk/sign-out": (lambda desk: desk.does("/sign-out"), "sign_out"),
    "/desk/sign-ins/end": (lambda desk: desk.does("/sign-ins/end", which="others"), "end_sign_ins"),
    "/desk/sign-ins/{id}/end": (ends_a_sign_in, "end_sign_in"),
    "/desk/conversations/{id}/claim": (claims, "claim"),
    "/desk/conversations/{id}/messages": (says, "say"),
    "/desk/conversations/{id}/calm": (calms, "calm"),
    "/desk/conversations/{id}/release": (releases, "release"),
    "/desk/conversations/{id}/take-over": (takes_over, "take_over"),
    "/desk/conversations/{id}/give": (gives, "give"),
    "/desk/conversations/{id}/note": (takes_note, "take_note"),
    "/desk/conversations/{id}/close": (closes, "close"),
    "/desk/conversations/{id}/notes": (notes, "note"),
    "/desk/conversations/{id}/journal": (
        lambda desk: desk.does("/conversations/{id}/journal", m1="ja"),
        "journal:1",
    ),
    "/desk/conversations/{id}/report": (
        lambda desk: desk.does("/conversations/{id}/report", sikker="ja"),
        "report",
    ),
    "/desk/notes/{id}": (corrects, "correct_note"),
    "/desk/notes/{id}/strike": (strikes, "strike_note"),
    "/desk/bookings/new": (books, "book_by_hand"),
    "/desk/bookings/{id}/move": (moves, "talk_moved"),
    "/desk/bookings/{id}/cancel": (gives_up, "talk_cancelled"),
    "/desk/bookings/{id}/outcome": (notes_outcome, "talk_met"),
    "/desk/retraining/{id}": (learning.decides, "decide_group"),
    "/desk/retraining/{id}/split": (learning.splits, "split_group"),
    "/desk/models/look": (learning.orders("look"), "order_look"),
    "/desk/models/teach": (learning.orders("teach"), "order_teach"),
    "/desk/models/train": (learning.orders("train"), "order_train"),
    "/desk/models/promote": (learning.promotes, "order_promote"),
    "/desk/models/rollback": (learning.rolls_back, "order_rollback"),
    "/desk/stories/{id}/check": (learning.checks_a_story, "check_story"),
    "/desk/stories/{id}/add": (learning.adds_a_story, "add_story"),
    "/desk/retraining/{id}/undo": (learning.undoes, "undo_group"),
    "/desk/retraining/{id}/stand": (learning.lets_stand, "let_group_stand"),
    "/desk/ready-answers": (lambda desk: desk.does("/ready-answers", **ANSWER), "add_ready_answer"),
    "/desk/ready-answers/{id}": (changes_an_answer, "change_ready_answer"),
    "/desk/ready-answers/{id}/remove": (removes_an_answer, "remove_ready_answer"),
    "/desk/agents": (lambda desk: desk.does("/agents", name="Ida Lind"), "add_agent"),
    "/desk/agents/{id}/week": (lambda desk: desk.does("/agents/{agent}/week", **WEEK), "set_week"),
    "/desk/agents/{id}/day": (
        lambda desk: desk.does("/agents/{agent}/day", day=FAR, kind="away", confirmed="keep"),
        "set_day",
    ),
    "/desk/agents/{id}/feed": (lambda desk: desk.does("/agents/{agent}/feed", shows="time"), "open_feed"),
    "/desk/agents/{id}/feed/close": (lambda desk: desk.does("/agents/{agent}/feed/close"), "close_feed"),
    "/desk/agents/{id}/hand-over": (lambda desk: desk.does("/agents/{agent}/hand-over"), "hand_over"),
    "/desk/agents/{id}/remove": (removes, "remove_agent"),
}
SIGNS = {"/desk/conversations/{id}/typing": {}, "/desk/conversations/{id}/looked": {"seen": "1"}}
"""What a page tells by itself changes nothing that is kept."""
OF_NOBODY = {"sign_in", "sign_out", "set_up_second_factor"}
"""What is about whoever does it."""


@pytest.fixture
def desk(store: Store, municipality: Municipality, anna: TestClient, young: YoungPerson) -> Desk:
    newest = add_agents(store, "Mette Holm")[-1]
    return Desk(store, municipality, anna, young, newest.id)


def test_every_door_that_changes_something_is_walked(app: Starlette) -> None:
    assert {door.path for door in doors(app) if _changes_the_desk(door)} == set(DEEDS) | set(SIGNS)


@pytest.mark.parametrize("path", SIGNS)
def test_of_a_sign_nothing_is_written_down(desk: Desk, path: str) -> None:
    desk.claims()
    before = desk.noted()
    desk.does(path.removeprefix("/desk"), **SIGNS[path])
    assert desk.noted() == before


@pytest.mark.parametrize("path", DEEDS)
def test_what_is_done_is_written_down_with_what_it_was_done_to(desk: Desk, path: str) -> None:
    does, action = DEEDS[path]
    before = len(desk.noted())
    does(desk)
    new = [(done, subject) for done, subject in desk.noted()[before:] if done == action]
    assert len(new) == 1
    assert (new[0][1] is None) == (action in OF_NOBODY)


def _changes_the_desk(door: Door) -> bool:
    return door.changes and door.path.startswith("/desk")
