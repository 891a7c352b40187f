"""What is refused leaves nothing of its request in memory: our problems are constants, raised again and again."""

import sys

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.settings import Settings
from bot.store.store import Store
from bot.web.desk.tries import SignInTries
from bot.web.problems import Problem
from tests.support.desk import PAGE, PASSWORD, signed_in
from tests.support.second_factors import CODE, has_codes, password_given

SECRET = "a password that was typed"
MANY = 50


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
