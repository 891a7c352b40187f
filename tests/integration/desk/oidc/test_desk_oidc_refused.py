"""What was forged, used or broken on the way to or from the municipality's own sign-in opens nothing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.settings import Settings
from bot.store.store import Store
from bot.supervisor.supervisor import free_port
from bot.web.desk.oidc.attempt import ATTEMPT_SECONDS, opened, sealed
from bot.web.desk.oidc.routes import COOKIE
from bot.web.desk.tries import AT_PROVIDER_A_MINUTE, SignInTries
from tests.support.desk import PAGE, desk_app, signed_in
from tests.support.provider import (
    BACK,
    CASEWORKER,
    NOT_PROVEN,
    START,
    Directory,
    changed,
    comes_in,
    directory,
    refused,
    settings_for,
    starts,
    state_of,
)


def test_a_forged_state_opens_nothing(visitor: TestClient, town: Directory) -> None:
    way = town.lets_in(starts(visitor), "mette")
    for state in ("", "x", "æ", "\udcff".encode("utf-8", "surrogatepass").decode("latin-1")):
        starts(visitor)
        refused(visitor.get(changed(way, {"state": state}), headers=PAGE), visitor, NOT_PROVEN)


def test_a_way_back_without_the_attempts_cookie_opens_nothing(
    app: Starlette, visitor: TestClient, town: Directory
) -> None:
    """Somebody else's link must not sign a caseworker in as somebody else."""
    way = town.lets_in(starts(visitor), "mette")
    for cookies in ({}, {COOKIE: "x"}, {COOKIE: "gAAAA" + "x" * 200}):
        victim = TestClient(app, follow_redirects=False, cookies=cookies)
        refused(victim.get(way, headers=PAGE), victim, NOT_PROVEN)


def test_an_attempt_that_is_too_old_opens_nothing(app: Starlette, visitor: TestClient, town: Directory) -> None:
    way, vault = town.lets_in(starts(visitor), "mette"), app.state.provider.vault
    state = dict(parse_qsl(urlsplit(way).query))["state"]
    kept = opened(visitor.cookies[COOKIE], state, vault, datetime.now(UTC))
    old = sealed(kept, vault, datetime.now(UTC) - timedelta(seconds=ATTEMPT_SECONDS + 1))
    late = TestClient(app, follow_redirects=False, cookies={COOKIE: old})
    refused(late.get(way, headers=PAGE), late, NOT_PROVEN)


def test_a_code_that_was_used_opens_nothing(app: Starlette, visitor: TestClient, town: Directory) -> None:
    way = town.lets_in(starts(visitor), "mette")
    cookie = visitor.cookies[COOKIE]
    assert visitor.get(way, headers=PAGE).status_code == 200
    thief = TestClient(app, follow_redirects=False, cookies={COOKIE: cookie})
    refused(thief.get(way, headers=PAGE), thief, NOT_PROVEN)


@pytest.mark.parametrize("code", ["", "x", "x" * 5000, "<script>", "a b\n"])
def test_a_code_that_is_none_opens_nothing(visitor: TestClient, town: Directory, code: str) -> None:
    way = town.lets_in(starts(visitor), "mette")
    refused(visitor.get(changed(way, {"code": code}), headers=PAGE), visitor, NOT_PROVEN)


def test_another_nonce_opens_nothing(visitor: TestClient, town: Directory, caplog: pytest.LogCaptureFixture) -> None:
    way = town.lets_in(changed(starts(visitor), {"nonce": "another"}), "mette")
    refused(visitor.get(way, headers=PAGE), visitor, NOT_PROVEN)
    assert "an ID token that does not hold: InvalidClaimError" in caplog.text


def test_a_token_that_has_run_out_opens_nothing(store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with directory(access_token_max_age=timedelta(minutes=-5)) as late:
        late.knows("mette", given_name="Mette", roles=[CASEWORKER])
        visitor = TestClient(desk_app(store, settings_for(late.issuer, tmp_path)), follow_redirects=False)
        refused(comes_in(visitor, late, "mette"), visitor, NOT_PROVEN)
    assert "an ID token that does not hold: ExpiredTokenError" in caplog.text


def test_who_says_no_there_is_led_to_the_sign_in(visitor: TestClient) -> None:
    state = state_of(visitor)
    answer = visitor.get(BACK, params={"error": "access_denied", "state": state}, headers=PAGE)
    refused(answer, visitor, "Du kom ikke ind med kommunens login.")


@pytest.mark.parametrize("error", ["server_error", "temporarily_unavailable", "invalid_scope", "", "<b>"])
def test_its_own_trouble_is_told_as_that(visitor: TestClient, error: str) -> None:
    state = state_of(visitor)
    answer = visitor.get(BACK, params={"error": error, "state": state}, headers=PAGE)
    refused(answer, visitor, "Kommunens login svarer ikke lige nu.", 503)


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example/desk/", "/desk/../x"])
def test_the_way_leads_to_no_other_site(visitor: TestClient, town: Directory, elsewhere: str) -> None:
    assert 'content="0;url=/desk/"' in comes_in(visitor, town, "mette", elsewhere).text


def test_guesses_are_slowed_down(app: Starlette, visitor: TestClient) -> None:
    app.state.sign_in_tries = SignInTries(Settings(_env_file=None, sign_in_tries_a_minute=2))
    for status in (401, 401, 429):
        way = visitor.get(BACK, params={"code": "x", "state": state_of(visitor)}, headers=PAGE)
        assert way.status_code == status


def test_what_anybody_can_send_or_the_provider_gets_wrong_counts_against_nobody(
    app: Starlette, visitor: TestClient
) -> None:
    """A page elsewhere could lock a whole town hall out with pictures of that address."""
    app.state.sign_in_tries = SignInTries(Settings(_env_file=None, sign_in_tries_a_minute=1))
    for _ in range(4):
        assert visitor.get(BACK, params={"code": "x", "state": "x"}, headers=PAGE).status_code == 401
    for error in ("access_denied", "server_error"):
        state = state_of(visitor)
        visitor.get(BACK, params={"error": error, "state": state}, headers=PAGE)
    signed_in(app, "anna")
    starts(visitor)


def test_nobody_makes_us_ask_without_end(visitor: TestClient) -> None:
    told = {visitor.get(START, headers=PAGE).status_code for _ in range(AT_PROVIDER_A_MINUTE)}
    assert told == {303}
    answer = visitor.get(START, headers=PAGE)
    assert (answer.status_code, "Der er prøvet for mange gange." in answer.text) == (429, True)


def test_while_it_is_away_that_is_said_and_the_password_still_opens(store: Store, tmp_path: Path) -> None:
    app = desk_app(store, settings_for(f"http://localhost:{free_port()}", tmp_path))
    visitor = TestClient(app, follow_redirects=False)
    refused(visitor.get(START, headers=PAGE), visitor, "Kommunens login svarer ikke lige nu.", 503)
    signed_in(app, "anna")


@pytest.mark.parametrize("path", ["/jwks", "/oauth2/authorize"])
def test_what_answers_otherwise_is_away(store: Store, town: Directory, tmp_path: Path, path: str) -> None:
    app = desk_app(store, settings_for(town.issuer + path, tmp_path))
    visitor = TestClient(app, follow_redirects=False)
    refused(visitor.get(START, headers=PAGE), visitor, "Kommunens login svarer ikke lige nu.", 503)
