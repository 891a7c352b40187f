"""The desk's door: closed to strangers, to forged forms, and to sessions that are over."""

import re

import pytest
from starlette.testclient import TestClient

from bot.settings import Settings
from bot.web.desk.routes import guarded_routes
from bot.web.desk.sessions import COOKIE
from tests.support.desk import PAGE, signed_in


@pytest.mark.parametrize("route", guarded_routes, ids=lambda route: f"{min(route.methods)} {route.path}")
def test_every_route_is_closed_to_strangers(stranger, route):
    path = "/desk" + route.path.replace("{id}", "x")
    method = min(route.methods)
    answer = stranger.request(method, path)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    page = stranger.request(method, path, headers=PAGE)
    assert (page.status_code, page.headers["Location"].partition("?")[0]) == (303, "/desk/sign-in")


@pytest.mark.parametrize(
    "route", [route for route in guarded_routes if "POST" in route.methods], ids=lambda route: route.path
)
def test_every_change_needs_the_csrf_token(anna, young, route):
    path = "/desk" + route.path.replace("{id}", young.id)
    del anna.headers["X-CSRF-Token"]
    for given in ({}, {"headers": {"X-CSRF-Token": "forkert"}}, {"data": {"csrf": "æøå"}}):
        answer = anna.post(path, **given)
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
    assert anna.get("/desk/queue.json").json()["conversations"][0]["holder"] == "waiting"


def test_a_form_carries_the_token_in_a_hidden_field(anna, young):
    token = anna.headers.pop("X-CSRF-Token")
    page = anna.get("/desk/", headers=PAGE).text
    assert re.findall(r'name="csrf" value="([^"]+)"', page)[0] == token
    answer = anna.post(f"/desk/conversations/{young.id}/claim", data={"csrf": token}, headers=PAGE)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/desk/conversations/{young.id}")


def test_a_session_that_was_ended_opens_nothing(app, anna):
    cookie = anna.cookies[COOKIE]
    assert anna.post("/desk/sign-out").status_code == 204
    thief = TestClient(app, cookies={COOKIE: cookie})
    assert thief.get("/desk/queue.json").status_code == 401


def test_a_session_runs_out(app, store):
    app.state.settings = Settings(_env_file=None, desk_session=60)
    client = signed_in(app, "anna")
    assert client.get("/desk/queue.json").status_code == 200
    app.state.settings = app.state.settings.model_copy(update={"desk_session": -1})
    assert signed_in(app, "anna").get("/desk/queue.json").status_code == 401


def test_an_address_that_does_not_exist_is_a_page_for_people(anna):
    page = anna.get("/desk/findes-ikke", headers=PAGE)
    assert page.status_code == 404
    assert "Den side findes ikke." in page.text
    assert anna.get("/desk/findes-ikke").json()["code"] == "not_found"
