"""By the municipality's own sign-in: who it says has a role comes in, and nothing that was forged or used does."""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.rights import Role
from bot.store.store import Store
from bot.web.desk.oidc import asking
from bot.web.desk.oidc.attempt import ATTEMPT_SECONDS, opened
from bot.web.desk.oidc.routes import COOKIE, COOKIE_PATH
from bot.web.desk.sessions import COOKIE as SESSION
from tests.support.desk import is_in
from tests.support.provider import (
    BACK,
    START,
    Directory,
    came,
    comes_in,
    noted,
    starts,
)


def test_who_has_a_role_is_added_the_first_time_and_comes_in(
    visitor: TestClient, town: Directory, store: Store
) -> None:
    answer = comes_in(visitor, town, "mette", "/desk/bookings")
    assert (answer.status_code, is_in(visitor)) == (200, True)
    assert '<meta http-equiv="refresh" content="0;url=/desk/bookings">' in answer.text
    [mette] = came(store)
    assert (mette.shown_name, mette.title, mette.password_hash) == ("Mette", "ungerådgiver", "")
    assert mette.access.roles == {Role.CASEWORKER}
    assert noted(store) == [
        (False, "add_user", mette.name),
        (False, "give_caseworker", mette.name),
        (True, "sign_in", None),
    ]


def test_the_session_is_the_same_as_any_and_the_attempt_is_forgotten(visitor: TestClient, town: Directory) -> None:
    said = [value.lower() for value in comes_in(visitor, town, "mette").headers.get_list("Set-Cookie")]
    [session] = [value for value in said if value.startswith(f"{SESSION}=")]
    [attempt] = [value for value in said if value.startswith(f"{COOKIE}=")]
    assert ("samesite=strict" in session, "httponly" in session) == (True, True)
    assert ("max-age=0" in attempt, COOKIE in visitor.cookies) == (True, False)


def test_the_attempts_cookie_is_short_lived_and_of_its_own_route_alone(visitor: TestClient) -> None:
    said = visitor.get(START).headers["Set-Cookie"].lower()
    for part in ("httponly", "samesite=lax", f"path={COOKIE_PATH};", f"max-age={ATTEMPT_SECONDS}"):
        assert part in said


def test_state_nonce_and_a_challenge_go_along_and_no_secret(
    app: Starlette, visitor: TestClient, town: Directory
) -> None:
    asked = {name: value for name, [value] in parse_qs(urlsplit(starts(visitor)).query).items()}
    vault = app.state.provider.vault
    kept = opened(visitor.cookies[COOKIE], asked["state"], vault, datetime.now(UTC))
    challenge = urlsafe_b64encode(sha256(kept.verifier.encode()).digest()).rstrip(b"=").decode()
    assert (asked["code_challenge"], asked["code_challenge_method"]) == (challenge, "S256")
    assert (asked["nonce"], asked["response_type"], asked["client_id"]) == (kept.nonce, "code", "hjemad")
    assert kept.verifier not in str(asked)
    assert kept.verifier not in visitor.cookies[COOKIE]


def test_the_verifier_and_the_secret_go_to_the_provider_alone(
    visitor: TestClient, town: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[httpx.Request] = []
    send = httpx.AsyncClient.send

    async def seen(self: httpx.AsyncClient, request: httpx.Request, **more: Any) -> httpx.Response:
        answer = await send(self, request, **more)
        sent.append(answer.request)
        return answer

    monkeypatch.setattr(asking.httpx.AsyncClient, "send", seen)
    comes_in(visitor, town, "mette")
    [token] = [request for request in sent if request.method == "POST"]
    given = dict(parse_qsl(token.content.decode()))
    assert len(given["code_verifier"]) >= 43
    assert given["redirect_uri"] == f"http://127.0.0.1:8000{BACK}"
    assert token.headers["Authorization"] == httpx.BasicAuth("hjemad", "a+secret%3A+%2B%25")._auth_header
