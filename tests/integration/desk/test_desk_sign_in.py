"""Signing in to the desk: the cookie, the form, and what a wrong password is told."""

import pytest
from starlette.testclient import TestClient

from bot.settings import Settings
from bot.web.desk.sessions import COOKIE
from tests.support.desk import PAGE, PASSWORD, desk_app, signed_in


def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(stranger):
    answer = stranger.post("/desk/sign-in", json={"user": "anna", "password": PASSWORD})
    cookie = answer.headers["Set-Cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "secure" not in cookie


def test_the_session_cookie_is_secure_where_the_address_is_https(store):
    app = desk_app(store, Settings(_env_file=None, public_url="https://hjemad.example"))
    answer = TestClient(app).post("/desk/sign-in", json={"user": "anna", "password": PASSWORD})
    assert "secure" in answer.headers["Set-Cookie"].lower()


@pytest.mark.parametrize("given", [("anna", "forkert"), ("ingen", PASSWORD), ("", ""), ("anna", "x" * 5000)])
def test_a_wrong_sign_in_does_not_tell_what_was_wrong(stranger, given):
    answer = stranger.post("/desk/sign-in", json={"user": given[0], "password": given[1]})
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["title"] == "Brugernavn og adgangskode passer ikke sammen. Prøv igen."
    assert COOKIE not in answer.cookies


def test_the_form_leads_to_the_desk_or_back_to_where_one_was(stranger):
    fields = {"user": "anna", "password": PASSWORD}
    assert stranger.post("/desk/sign-in", data=fields, headers=PAGE).headers["Location"] == "/desk/"
    back = stranger.post("/desk/sign-in", data=fields | {"next": "/desk/bookings"}, headers=PAGE)
    assert (back.status_code, back.headers["Location"]) == (303, "/desk/bookings")


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/desk/", "//evil.example", "/desk/\\evil", "/desk/sign-in", "javascript:alert(1)"],
)
def test_the_sign_in_leads_to_no_other_site(stranger, elsewhere):
    fields = {"user": "anna", "password": PASSWORD, "next": elsewhere}
    assert stranger.post("/desk/sign-in", data=fields, headers=PAGE).headers["Location"] == "/desk/"


def test_a_wrong_form_comes_back_with_the_name_and_without_the_password(stranger):
    answer = stranger.post("/desk/sign-in", data={"user": 'a"><b>', "password": "hemmeligt"}, headers=PAGE)
    assert answer.status_code == 401
    assert 'value="a&#34;&gt;&lt;b&gt;"' in answer.text
    assert "hemmeligt" not in answer.text


def test_another_site_cannot_sign_somebody_in(stranger):
    fields = {"user": "anna", "password": PASSWORD}
    answer = stranger.post("/desk/sign-in", data=fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_guessing_passwords_is_slowed_down(store):
    client = TestClient(desk_app(store, Settings(_env_file=None, sign_in_tries_a_minute=3)))
    tries = [client.post("/desk/sign-in", json={"user": "anna", "password": "gæt"}).status_code for _ in range(4)]
    assert tries == [401, 401, 401, 429]
    right = client.post("/desk/sign-in", json={"user": "anna", "password": PASSWORD})
    assert (right.status_code, right.json()["code"]) == (429, "too_many_tries")


def test_right_passwords_are_never_too_many(store):
    app = desk_app(store, Settings(sign_in_tries_a_minute=2, _env_file=None))
    for _ in range(5):
        signed_in(app, "anna")


def test_guesses_at_one_name_from_many_addresses_are_slowed_down_but_not_at_its_own_computer(store):
    app = desk_app(store, Settings(_env_file=None, sign_in_tries_a_name_an_hour=3))
    own = signed_in(app, "anna")
    guess = {"user": "anna", "password": "gæt"}
    crowd = [TestClient(app, client=(f"198.51.100.{number}", 1)) for number in range(5)]
    told = [one.post("/desk/sign-in", json=guess).json()["code"] for one in crowd]
    assert told == ["wrong_sign_in"] * 3 + ["too_many_tries_for_name"] * 2
    right = {"user": "anna", "password": PASSWORD}
    answer = crowd[-1].post("/desk/sign-in", json=right)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")
    assert own.post("/desk/sign-in", json=right).status_code == 200
    assert crowd[-1].post("/desk/sign-in", json={"user": "bo", "password": PASSWORD}).status_code == 200


def test_a_name_that_nobody_has_is_slowed_down_like_one_that_somebody_has(store):
    app = desk_app(store, Settings(_env_file=None, sign_in_tries_a_name_an_hour=1))
    for name in ("anna", "ingen"):
        crowd = [TestClient(app, client=(f"198.51.100.{number}", 1)) for number in range(2)]
        told = [one.post("/desk/sign-in", json={"user": name, "password": "gæt"}).status_code for one in crowd]
        assert told == [401, 429], name


def test_what_is_not_json_is_refused_in_words(stranger):
    for body in (b"{", b"[]", b'{"user": 1}', b"[" * 60_000):
        answer = stranger.post("/desk/sign-in", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 400, body[:20]
        assert answer.json()["code"] == "bad_json"
