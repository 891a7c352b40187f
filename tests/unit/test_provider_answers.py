"""Whatever the municipality's own sign-in says, it is used, or it is away, or the code is refused: nothing else."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from ssl import CERT_REQUIRED, SSLContext
from typing import Any

import httpx
import pytest

from bot.web.desk.oidc import asking
from bot.web.desk.oidc import provider as provider_module
from bot.web.desk.oidc.attempt import new_attempt
from bot.web.desk.oidc.errors import CodeRefusedError, NotProvenError, ProviderAwayError
from bot.web.desk.oidc.provider import Provider, provider_from
from tests.support.provider import settings_for

ISSUER = "https://login.horsens.example"
ABOUT = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/in",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
    "end_session_endpoint": f"{ISSUER}/out",
}
WELL_KNOWN = "/.well-known/openid-configuration"


class Elsewhere:
    """The provider, which answers each path as a test says, and what it was asked."""

    def __init__(self) -> None:
        self.said = {"/token": httpx.Response(200, json={"id_token": "x"}), "/keys": httpx.Response(200, json={})}
        self.asked: list[str] = []
        self.opened: list[dict[str, Any]] = []
        self.waits = 0.0
        self.calls_itself(ABOUT)

    def calls_itself(self, about: Mapping[str, Any]) -> None:
        # Python's own writer takes a lone surrogate, which JSON may hold.
        self.said[WELL_KNOWN] = httpx.Response(200, text=json.dumps(about))

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        await asyncio.sleep(self.waits)
        kept = self.said[request.url.path]
        return httpx.Response(kept.status_code, content=kept.content, headers=kept.headers)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Elsewhere:
    there, whole = Elsewhere(), httpx.AsyncClient

    def client(**given: Any) -> httpx.AsyncClient:
        there.opened.append(given)
        return whole(**given, transport=httpx.MockTransport(there))

    monkeypatch.setattr(asking.httpx, "AsyncClient", client)
    return there


@pytest.fixture
def provider(tmp_path: Path) -> Provider:
    found = provider_from(settings_for(ISSUER, tmp_path))
    assert found
    return found


def goes_in(provider: Provider) -> str:
    return asyncio.run(provider.way_in(new_attempt("/desk/")))


def comes_back(provider: Provider) -> dict[str, Any]:
    return asyncio.run(provider.claims("a code", new_attempt("/desk/")))


UNUSABLE = [
    "http://login.horsens.example/x",
    "https://[",
    "https://",
    "https:///x",
    "https://login.horsens.example:port/",
    "https://x\x00.example",
    "https://\ud800.example",
    "javascript:alert(1)",
    "/in",
    "",
    7,
    None,
    ["https://x.example"],
]


@pytest.mark.parametrize("said", UNUSABLE, ids=repr)
def test_an_address_that_is_none_or_in_the_open_is_not_used(
    provider: Provider, elsewhere: Elsewhere, said: object
) -> None:
    for name, step in (("authorization_endpoint", goes_in), ("token_endpoint", comes_back), ("jwks_uri", comes_back)):
        elsewhere.calls_itself(ABOUT | {name: said})
        provider._known = None
        with pytest.raises(ProviderAwayError, match=f"no {name}"):
            step(provider)
    elsewhere.calls_itself(ABOUT | {"end_session_endpoint": said})
    provider._known = None
    assert asyncio.run(provider.way_out()) is None


@pytest.mark.parametrize("error", ["invalid_grant", "invalid_request"])
def test_a_code_is_refused_by_one_answer_alone(provider: Provider, elsewhere: Elsewhere, error: str) -> None:
    elsewhere.said["/token"] = httpx.Response(400, json={"error": error})
    with pytest.raises(CodeRefusedError):
        comes_back(provider)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(401, json={"error": "invalid_client"}),
        httpx.Response(400, json={"error": "invalid_client"}),
        httpx.Response(400, json={"error": ["invalid_grant"]}),
        httpx.Response(400, text="no"),
        httpx.Response(403, json={"error": "invalid_grant"}),
        httpx.Response(429, json={}),
        httpx.Response(500, json={"error": "invalid_grant"}),
        httpx.Response(302, json={"id_token": "x"}, headers={"Location": f"{ISSUER}/else"}),
        httpx.Response(200, json={}),
        httpx.Response(200, json={"id_token": 7}),
        httpx.Response(200, json=["id_token"]),
        httpx.Response(200, text="[" * 100_000),
        httpx.Response(200, content=b'{"id_token": "\xff"}'),
        httpx.Response(200, content=b" " * (asking.LONGEST_ANSWER + 1)),
    ],
    ids=lambda answer: f"{answer.status_code} {answer.text[:20]}",
)
def test_its_own_trouble_is_nobodys_wrong_sign_in(
    provider: Provider, elsewhere: Elsewhere, answer: httpx.Response
) -> None:
    elsewhere.said["/token"] = answer
    with pytest.raises(ProviderAwayError):
        comes_back(provider)


def test_a_token_that_does_not_hold_is_not_proven_and_no_guess(provider: Provider, elsewhere: Elsewhere) -> None:
    key = {"kty": "oct", "k": "eHh4eHh4eHh4eHh4eHh4eA", "kid": "x"}
    elsewhere.said["/keys"] = httpx.Response(200, json={"keys": [key]})
    with pytest.raises(NotProvenError) as told:
        comes_back(provider)
    assert not isinstance(told.value, CodeRefusedError)


def test_a_step_has_an_end_however_slowly_it_answers(
    provider: Provider, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "SECONDS_A_STEP", 0.05)
    elsewhere.waits = 5
    with pytest.raises(ProviderAwayError, match="in time"):
        goes_in(provider)
    assert asyncio.run(provider.way_out()) is None


def test_what_it_says_of_itself_is_asked_once_a_minute_and_its_keys_each_time(
    provider: Provider, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_in(provider)
    for _ in range(2):
        with pytest.raises(ProviderAwayError, match="no key"):
            comes_back(provider)
    assert [path.rpartition("/")[2] for path in elsewhere.asked] == [
        "openid-configuration",
        *("token", "keys") * 2,
    ]
    monkeypatch.setattr(provider_module, "SECONDS_KNOWN", 0.0)
    goes_in(provider)
    assert elsewhere.asked[-1] == WELL_KNOWN


def test_what_a_connection_is_secured_by_is_made_once(
    provider: Provider, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading all roots of trust takes the loop's time, and anybody may open the address that leads there."""
    monkeypatch.setattr(httpx, "create_ssl_context", lambda *_, **__: pytest.fail("made anew"))
    goes_in(provider)
    elsewhere.said["/token"] = httpx.Response(400, json={"error": "invalid_grant"})
    with pytest.raises(CodeRefusedError):
        comes_back(provider)
    first, second = [given["verify"] for given in elsewhere.opened]
    assert first is second
    assert isinstance(first, SSLContext)
    assert (first.verify_mode, first.check_hostname) == (CERT_REQUIRED, True)


def test_whoever_signs_in_is_asked_who_they_are(provider: Provider, elsewhere: Elsewhere) -> None:
    assert "&prompt=login" in goes_in(provider)
