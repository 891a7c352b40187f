"""A municipality's own sign-in, played by a provider of OpenID Connect in this process."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
from httpx import Response
from oidc_provider_mock import run_server_in_thread
from starlette.testclient import TestClient

from bot.settings import Settings
from bot.store.people import DeskUser
from bot.store.store import Store
from bot.web.desk.sessions import COOKIE as SESSION
from tests.support.desk import PAGE, is_in
from tests.support.the_tests import THE_TESTS

START, BACK = "/desk/sign-in/oidc", "/desk/sign-in/oidc/back"
ROLES = {"Hjemad-Sagsbehandler": "caseworker", "Hjemad-Leder": "lead", "Hjemad-Boligagent": "boligagent"}
CASEWORKER, LEAD, BOLIGAGENT = ROLES
NOT_PROVEN = "Vi kunne ikke bekræfte dit login."
BY_CLAIM: dict[str, Any] = {
    "oidc_municipality": "",
    "oidc_municipality_claim": "cvr",
    "oidc_municipalities": {"11111111": "eksempel", "22222222": "nabo", "33333333": "nowhere"},
    "oidc_roles_claim": "realm_access.roles",
}


@dataclass
class Directory:
    """Who works at the municipality, as its sign-in knows them."""

    issuer: str

    def knows(self, subject: str, **claims: Any) -> None:
        httpx.put(f"{self.issuer}/users/{subject}", json=claims).raise_for_status()

    def lets_in(self, way_in: str, subject: str) -> str:
        """What somebody's browser is led back to when they have signed in there."""
        answer = httpx.post(way_in, data={"sub": subject})
        assert answer.status_code == 302, answer.text
        back = urlsplit(answer.headers["Location"])
        assert back.path == BACK
        return f"{back.path}?{back.query}"


@contextmanager
def directory(**options: Any) -> Iterator[Directory]:
    with patch.dict(os.environ, {"AUTHLIB_INSECURE_TRANSPORT": "1"}), run_server_in_thread(**options) as server:
        yield Directory(f"http://localhost:{server.server_port}")


def settings_for(issuer: str, folder: Path, **more: Any) -> Settings:
    given = {
        "var": folder,
        "oidc_issuer": issuer,
        "oidc_client_id": "hjemad",
        "oidc_client_secret": "a secret: +%",
        "oidc_roles": ROLES,
        "oidc_municipality": "eksempel",
    }
    return Settings(_env_file=None, **given | more)


def starts(client: TestClient, back: str = "/desk/") -> str:
    """The address that somebody is led to who wants to sign in there."""
    answer = client.get(START, params={"next": back}, headers=PAGE)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def comes_in(client: TestClient, at: Directory, subject: str, back: str = "/desk/") -> Response:
    """The whole way, there and back."""
    return client.get(at.lets_in(starts(client, back), subject), headers=PAGE)


def changed(address: str, changes: Mapping[str, str]) -> str:
    """The same address with other words in its query."""
    path, _, query = address.partition("?")
    return f"{path}?{urlencode(dict(parse_qsl(query)) | changes)}"


def came(store: Store, municipality: str = "eksempel") -> list[DeskUser]:
    """Who was added by it."""
    with store.read(THE_TESTS) as work:
        return [user for user in work.people.users(municipality) if user.name.startswith("oidc-")]


def noted(store: Store) -> list[tuple[bool, str, str | None]]:
    """What stands in the log: whether somebody did it, what, and to what."""
    with store.read(THE_TESTS) as work:
        return [(entry.user is not None, entry.action, entry.subject) for entry in work.people.noted("eksempel")]


def state_of(visitor: TestClient) -> str:
    """Of an attempt that has just begun; of none, where none may begin."""
    led = visitor.get(START).headers.get("Location", "")
    return dict(parse_qsl(urlsplit(led).query)).get("state", "none")


def refused(answer: Response, client: TestClient, words: str, status: int = 401) -> None:
    """Told so in these words, and not signed in."""
    assert (answer.status_code, words in answer.text, 'role="alert"' in answer.text) == (status, True, True)
    assert SESSION not in answer.cookies
    assert not is_in(client)
