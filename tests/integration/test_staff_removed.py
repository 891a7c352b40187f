"""Whose access to the desk was taken is out at once, leaves nobody they wrote with alone, and stays in the logs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from bot.casework.conversations import Conversation, Danger, Holder
from bot.casework.handoffs import ask_for_human, claim
from bot.conversation.sentences import LEFT
from bot.municipality.towns import Municipality
from bot.settings import Settings
from bot.store import tables
from bot.store.store import Store
from bot.upkeep.roles import Wanted
from bot.upkeep.staff import NewUser, NotAddedError, NotRemovedError, add_user, remove_user
from tests.support.commands import Run
from tests.support.desk import PASSWORD, YoungPerson, add_caseworker, desk_app, signed_in
from tests.support.the_tests import THE_TESTS


@pytest.fixture
def towns(municipality: Municipality) -> dict[str, Municipality]:
    return {municipality.slug: municipality}


@pytest.fixture(autouse=True)
def caseworkers(store: Store) -> None:
    add_caseworker(store, "eksempel", "anna")
    add_caseworker(store, "eksempel", "bo")


@pytest.fixture
def desk(store: Store) -> object:
    return desk_app(store, Settings(_env_file=None))


def held_by(store: Store, name: str, danger: Danger | None = None) -> YoungPerson:
    """Somebody who writes with this caseworker."""
    young = YoungPerson(store).writes("hej", danger)
    with store.write(THE_TESTS) as work:
        user = work.people.user(name)
        assert user
        ask_for_human(work.queue, young.id, datetime.now(UTC))
        claim(work.queue, young.id, user.id, datetime.now(UTC))
    return young


def found(store: Store, young: YoungPerson) -> Conversation:
    with store.read(THE_TESTS) as work:
        return work.conversations.get(young.id)


def last_said(store: Store, young: YoungPerson) -> str:
    with store.read(THE_TESTS) as work:
        return work.conversations.after(young.id, 0)[-1].text


def test_a_session_ends_at_once_and_no_new_one_begins(
    store: Store, towns: dict[str, Municipality], desk: object
) -> None:
    anna, bo = signed_in(desk, "anna"), signed_in(desk, "bo")  # type: ignore[arg-type]
    remove_user(store, towns, "anna")
    assert anna.get("/desk/queue.json").status_code == 401
    assert bo.get("/desk/queue.json").status_code == 200
    again = TestClient(desk).post("/desk/sign-in", json={"user": "anna", "password": PASSWORD})  # type: ignore[arg-type]
    wrong = TestClient(desk).post("/desk/sign-in", json={"user": "nobody", "password": PASSWORD})  # type: ignore[arg-type]
    assert (again.status_code, again.json()) == (401, wrong.json())


def test_a_session_that_began_in_the_same_moment_opens_nothing(store: Store, towns: dict[str, Municipality]) -> None:
    with store.read(THE_TESTS) as work:
        anna = work.people.user("anna")
    assert anna
    remove_user(store, towns, "anna")
    with store.write(THE_TESTS) as work:
        work.people.start_session(anna, "a token", "csrf", datetime.now(UTC) + timedelta(hours=1))
    with store.read(THE_TESTS) as work:
        assert work.people.session("a token") is None
    young = held_by(store, "anna")
    with store.read(THE_TESTS) as work:
        assert list(work.presence.left(datetime.now(UTC), None)) == [young.id]


def test_what_they_held_is_back_in_the_queue_and_the_young_person_is_told(
    store: Store, towns: dict[str, Municipality], desk: object
) -> None:
    signed_in(desk, "anna"), signed_in(desk, "bo")  # type: ignore[arg-type]
    annas, also_annas, bos = held_by(store, "anna"), held_by(store, "anna"), held_by(store, "bo")
    remove_user(store, towns, "anna")
    for young in (annas, also_annas):
        back = found(store, young)
        assert (back.holder, back.held_by) == (Holder.WAITING, None)
        assert back.waiting_since is not None
        assert last_said(store, young) == LEFT.danish
    assert found(store, bos).holder is Holder.HUMAN
    assert last_said(store, bos) == "hej"


def test_danger_they_held_outside_staffed_hours_calls_who_is_on_call(store: Store, municipality: Municipality) -> None:
    town = replace(municipality, staffed=(), on_call="vagt@eksempel.invalid")
    young = held_by(store, "anna", Danger(2, ("suicide",)))
    remove_user(store, {town.slug: town}, "anna")
    with store.read(THE_TESTS) as work:
        called = work._connection.scalars(select(tables.on_call_notices.c.conversation)).all()
    assert called == [young.id]


def test_what_they_did_stays_and_that_they_were_removed_is_noted(
    store: Store, towns: dict[str, Municipality], desk: object
) -> None:
    young = held_by(store, "anna")
    anna = signed_in(desk, "anna")  # type: ignore[arg-type]
    anna.get(f"/desk/conversations/{young.id}")
    with store.read(THE_TESTS) as work:
        before = work.people.noted("eksempel")
        readers = work.readers.of(young.id)
    assert any(entry.subject == young.id for entry in before)
    remove_user(store, towns, "anna")
    with store.read(THE_TESTS) as work:
        after = work.people.noted("eksempel")
        assert work.readers.of(young.id) == readers
        user = work.people.user("anna")
    assert after[: len(before)] == before
    assert [(one.user, one.action, one.subject) for one in after[len(before) :]] == [
        (None, "remove_user", "anna"),
        (None, "went_back", young.id),
    ]
    assert user
    assert user.password_hash == ""
    assert user.removed_at


def test_a_name_is_given_to_nobody_else(store: Store, towns: dict[str, Municipality]) -> None:
    remove_user(store, towns, "anna")
    with pytest.raises(NotAddedError, match="'anna' is taken by somebody who was removed"):
        add_user(
            store, NewUser("eksempel", "anna", "En anden Anna", Wanted(["caseworker"])), "et-helt-andet-langt-kodeord"
        )


@pytest.mark.parametrize(
    ("name", "why"),
    [("nobody", "nobody at the desk is called 'nobody'"), ("Anna", "called 'Anna'"), ("demo", "the user of the demo")],
)
def test_who_cannot_be_removed_is_told_why(store: Store, towns: dict[str, Municipality], name: str, why: str) -> None:
    with pytest.raises(NotRemovedError, match=why):
        remove_user(store, towns, name)
    with store.read(THE_TESTS) as work:
        assert [entry.action for entry in work.people.noted("eksempel")] == []


def test_who_was_removed_is_not_removed_again(store: Store, towns: dict[str, Municipality]) -> None:
    remove_user(store, towns, "anna")
    with pytest.raises(NotRemovedError, match=r"removed already, on \d{4}-"):
        remove_user(store, towns, "anna")


def test_the_command_says_what_it_did_or_why_not(run: Run) -> None:
    run("add-municipality", "eksempel")
    run("add-user", "eksempel", "eva", "--shown-name", "Eva", given="et-langt-kodeord-til-hende\n")
    done, again, unknown = run("remove-user", "eva"), run("remove-user", "eva"), run("remove-user", "nobody")
    assert (done.exit_code, "eva is signed out and can no longer sign in" in done.output) == (0, True)
    for told, why in ((again, "removed already"), (unknown, "nobody at the desk is called 'nobody'")):
        assert (told.exit_code, why in told.output.replace("\n", " "), "Traceback" in told.output) == (1, True, False)
