"""What is refused leaves nothing of its request in memory: our problems are constants, raised again and again."""

import sys
from pathlib import Path
from uuid import uuid4

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.settings import Settings
from bot.store.store import Store
from bot.web.desk.tries import SignInTries
from bot.web.problems import Problem
from tests.support.chat_app import open_conversation, serve, settings
from tests.support.desk import PAGE, PASSWORD, YoungPerson, signed_in
from tests.support.roles import person
from tests.support.second_factors import CODE, has_codes, password_given
from tests.support.walk import doors

SECRET = "a password that was typed"
MANY = 50
WRONG: list[dict[str, object]] = [{"text": ""}, {"text": SECRET * 4000}, {"more": 1}]


@pytest.fixture
def patient(app: Starlette) -> Starlette:
    app.state.sign_in_tries = SignInTries(
        Settings(_env_file=None, sign_in_tries_a_minute=1000, sign_in_tries_a_name_an_hour=1000)
    )
    return app


def traced() -> list[Problem]:
    """Every problem that holds on to where it was raised."""
    ours = [module for name, module in sys.modules.items() if name.startswith("bot.web")]
    found = [one for module in ours for one in vars(module).values() if isinstance(one, Problem)]
    assert len(found) > MANY
    return [one for one in found if one.__traceback__ or one.__context__ or one.__cause__]


@pytest.mark.parametrize("headers", [PAGE, {}])
def test_fifty_refused_sign_ins_leave_no_trace(patient: Starlette, store: Store, headers: dict[str, str]) -> None:
    has_codes(store, "anna")
    client = TestClient(patient, follow_redirects=False)
    for _ in range(MANY):
        wrong = {"user": "ingen", "password": SECRET}
        told = client.post("/desk/sign-in", **({"data": wrong} if headers else {"json": wrong}), headers=headers)
        assert told.status_code == 401
    password_given(client, "anna")
    for _ in range(3):
        assert client.post(CODE, data={"code": "1"}, headers=headers).status_code == 401
    assert traced() == []


@pytest.mark.parametrize("headers", [PAGE, {}], ids=["page", "program"])
def test_no_door_of_the_desk_leaves_one_whatever_it_refuses(
    app: Starlette, young: YoungPerson, headers: dict[str, str]
) -> None:
    """Each is tried by a stranger, without the form's token, without a right, at a bad time, of what is not there."""
    walked = [door for door in doors(app) if not door.path.endswith("/events") and "/static/" not in door.path]
    anna, pia = signed_in(app, "anna"), person(app, [])
    strangers, tokenless = TestClient(app, follow_redirects=False), signed_in(app, "bo")
    del tokenless.headers["X-CSRF-Token"]
    seen: set[int] = set()
    tries = [(who, "findes-ikke") for who in (strangers, tokenless, pia, anna)] + [(anna, young.id)]
    for door in (door for door in walked if not door.path.endswith(("/sign-out", "/sign-in"))):
        given = {"data": {"text": SECRET, "which": "x"}} if door.changes else {}
        for who, about in tries:
            answer = who.request(door.method, door.at(about), headers=headers, **given)
            seen.add(answer.status_code)
            assert answer.status_code < 500, (door, answer.text)
    assert {401, 403, 404, 409, 422} <= seen
    assert traced() == []


def test_nor_does_who_tries_too_often_or_sends_what_is_no_form(app: Starlette) -> None:
    client, wrong = TestClient(app), {"user": "anna", "password": SECRET}
    told = {client.post("/desk/sign-in", json=wrong).status_code for _ in range(MANY)}
    assert told == {401, 429}
    for body in (b"{", b"[1]", b'{"user": "\\ud800"}', b" " * 100_000):
        headers = {"Content-Type": "application/json"}
        told.add(client.post("/desk/sign-in", content=body, headers=headers).status_code)
    assert client.post("/desk/sign-in", json=wrong, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert {400, 413} < told
    assert traced() == []


def test_nor_does_the_chat_or_a_plain_page(tmp_path: Path) -> None:
    for client in serve(settings(tmp_path, wrong_codes_a_day=1)):
        path = open_conversation(client)
        code, whole = {"code": "en to tre"}, {"client_id": str(uuid4()), "text": SECRET}
        told = {
            client.post("/api/conversations", json={"municipality": "nowhere"}).status_code,
            client.post(f"{path}/messages", json={"client_id": SECRET, "text": SECRET}).status_code,
            client.get(f"{path}/messages", headers={"Authorization": f"Bearer {SECRET}"}).status_code,
            client.put(f"{path}/consent", json={"plan": True}).status_code,
            *(client.post(f"{path}/messages", json=whole | wrong).status_code for wrong in WRONG),
            client.post(f"{path}/messages", content=b"{").status_code,
            client.get(f"{path}/messages?after=x").status_code,
            client.delete(f"{path}?talks=x").status_code,
            client.get("/book?kommune=eksempel&maade=x", headers=PAGE).status_code,
            *(client.post("/booking", data={"ord": SECRET}, headers=PAGE).status_code for _ in range(4)),
            *(client.post("/api/bookings/find", json=code).status_code for _ in range(4)),
        }
        assert {401, 404, 409, 422, 429} <= told
    assert traced() == []


def test_nor_does_what_is_refused_at_the_steps_and_inside(patient: Starlette, store: Store) -> None:
    client = TestClient(patient, follow_redirects=False)
    assert client.get(CODE, headers=PAGE).status_code == 303
    assert client.post(CODE, data={"code": "1"}, headers=PAGE).status_code == 401
    assert client.post("/desk/sign-in", json={"user": "anna", "password": PASSWORD, "code": 1}).status_code == 400
    anna = signed_in(patient, "anna")
    for path in ("/desk/audit?hvem=x", "/desk/figures?fra=x", "/desk/people"):
        anna.get(path, headers=PAGE)
        anna.get(path)
    assert anna.get("/desk/agents/99999", headers=PAGE).status_code == 404
    assert anna.post("/desk/sign-ins/end", data={"which": "x"}, headers=PAGE).status_code == 422
    assert traced() == []
