"""Roles that are changed while somebody is signed in: what they do next is judged anew, and nobody is left alone."""

from collections.abc import AsyncIterator
from itertools import count

import pytest
from sse_starlette import ServerSentEvent
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.conversations import Holder
from bot.casework.rights import Role
from bot.conversation.absence import Absences
from bot.conversation.notices import Notices
from bot.conversation.sentences import LEFT
from bot.municipality.towns import load_municipalities
from bot.store.store import Store
from bot.upkeep.roles import Wanted, set_roles
from bot.web.desk.sessions import COOKIE, find_session
from bot.web.desk.streams import OTHER_RIGHTS, SIGNED_OUT, while_signed_in
from tests.support.desk import PAGE, YoungPerson
from tests.support.roles import access_of, gives, person
from tests.support.the_tests import THE_TESTS


@pytest.fixture
def pia(app: Starlette) -> TestClient:
    return person(app, [Role.CASEWORKER, Role.LEAD])


async def endless() -> AsyncIterator[ServerSentEvent | None]:
    for number in count():
        yield ServerSentEvent(str(number))


def test_what_is_done_next_is_judged_by_the_roles_of_now(pia: TestClient, store: Store, young: YoungPerson) -> None:
    path = f"/desk/conversations/{young.id}"
    assert pia.get(path).status_code == 200
    gives(store, [Role.LEAD])
    assert [pia.get(path).status_code, pia.post(f"{path}/claim").status_code] == [403, 403]
    assert pia.get("/desk/queue.json").status_code == 200
    gives(store, [Role.CASEWORKER])
    assert pia.post(f"{path}/claim").status_code == 200


def test_who_loses_the_right_in_the_middle_of_a_message_is_told_and_nothing_is_sent(
    pia: TestClient, store: Store, young: YoungPerson
) -> None:
    path = f"/desk/conversations/{young.id}"
    pia.post(f"{path}/claim").raise_for_status()
    gives(store, [Role.LEAD])
    answer = pia.post(f"{path}/messages", data={"text": "Jeg er her"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert "Det har du ikke adgang til." in answer.json()["title"]
    with store.read(THE_TESTS) as work:
        assert "Jeg er her" not in [message.text for message in work.conversations.after(young.id, 0)]


def test_whoever_they_wrote_with_is_told_and_waits_for_somebody_else(
    pia: TestClient, app: Starlette, store: Store, young: YoungPerson
) -> None:
    pia.post(f"/desk/conversations/{young.id}/claim").raise_for_status()
    set_roles(store, load_municipalities(), "pia", Wanted(["lead"]))
    assert _holder(store, young) is Holder.WAITING
    with store.read(THE_TESTS) as work:
        assert work.conversations.after(young.id, 0)[-1].text == LEFT.danish
    bo = person(app, [Role.CASEWORKER], name="bodil")
    assert bo.post(f"/desk/conversations/{young.id}/claim").status_code == 200


def test_a_claim_in_the_same_moment_is_found_by_the_next_look(
    store: Store, pia: TestClient, young: YoungPerson
) -> None:
    gives(store, [Role.MAINTAINER])
    with store.write(THE_TESTS) as work:
        user = work.people.user("pia")
        assert user
        work.queue.claim(young.id, user.id)
    Absences(store, Notices(), load_municipalities()).requeue()
    assert _holder(store, young) is Holder.WAITING


def test_who_keeps_the_right_by_another_role_keeps_whom_they_write_with(
    pia: TestClient, store: Store, young: YoungPerson
) -> None:
    pia.post(f"/desk/conversations/{young.id}/claim").raise_for_status()
    set_roles(store, load_municipalities(), "pia", Wanted(["caseworker"]))
    Absences(store, Notices(), load_municipalities()).requeue()
    assert _holder(store, young) is Holder.HUMAN


@pytest.mark.parametrize("roles", [[Role.LEAD], [Role.LEAD, Role.CASEWORKER, Role.MAINTAINER], []])
async def test_an_open_stream_ends_when_other_rights_hold(pia: TestClient, store: Store, roles: list[Role]) -> None:
    token = pia.cookies[COOKIE]
    session = find_session(store, token)
    assert session
    events = while_signed_in(endless(), session, lambda: find_session(store, token), look_every=0)
    assert [(await anext(events)).data for _ in range(3)] == ["0", "1", "2"]
    gives(store, roles)
    assert [event async for event in events] == [OTHER_RIGHTS]


async def test_a_stream_of_whoever_was_removed_ends_as_signed_out(pia: TestClient, store: Store) -> None:
    token = pia.cookies[COOKIE]
    session = find_session(store, token)
    assert session
    events = while_signed_in(endless(), session, lambda: find_session(store, token), look_every=0)
    with store.write(THE_TESTS) as work:
        work.people.remove_user(session.user, session.user.removed_at)  # type: ignore[arg-type]
    assert [event async for event in events] == [SIGNED_OUT]


def test_the_page_shows_what_can_be_done_by_the_roles_of_now(pia: TestClient, store: Store, young: YoungPerson) -> None:
    assert "Tag samtalen" in pia.get("/desk/", headers=PAGE).text
    gives(store, [Role.LEAD])
    page = pia.get("/desk/", headers=PAGE).text
    assert ("Samtale " in page, "Tag samtalen" in page, f"/desk/conversations/{young.id}" in page) == (
        True,
        False,
        False,
    )
    gives(store, [Role.MAINTAINER])
    page = pia.get("/desk/", headers=PAGE).text
    assert ("Du er logget ind" in page, "Samtale" in page, "Aftaler" in page) == (True, False, False)


def test_a_role_that_this_version_does_not_know_gives_nothing(store: Store, pia: TestClient) -> None:
    with store.write(THE_TESTS) as work:
        work._connection.exec_driver_sql("UPDATE desk_roles SET role = 'director' WHERE role = 'caseworker'")
    assert access_of(store).roles == {Role.LEAD}
    assert pia.get("/desk/bookings/new").status_code == 403


def _holder(store: Store, young: YoungPerson) -> Holder:
    with store.read(THE_TESTS) as work:
        return work.conversations.get(young.id).holder
