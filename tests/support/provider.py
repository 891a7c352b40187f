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
from tests.support.desk import PAGE

START, BACK = "/desk/sign-in/oidc", "/desk/sign-in/oidc/back"
ROLES = {"Hjemad-Sagsbehandler": "caseworker", "Hjemad-Leder": "lead", "Hjemad-Boligagent": "boligagent"}


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
