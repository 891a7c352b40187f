"""A chat of one's own, and a caseworker's browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.support.chat_app import last_answer, send, serve, settings
from tests.support.own_chat import HUMAN, SECRET
from tests.support.running import PASSWORD


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    yield from serve(settings(tmp_path))


@pytest.fixture
def desk(client: TestClient) -> TestClient:
    """A caseworker's browser."""
    browser = TestClient(client.app, follow_redirects=False)
    signed_in = browser.post("/desk/sign-in", json={"user": "demo", "password": PASSWORD})
    browser.headers["X-CSRF-Token"] = signed_in.json()["csrf"]
    return browser


@pytest.fixture
def asked(client: TestClient, path: str) -> str:
    """A conversation in which somebody told the robot something and then asked for a human."""
    last_answer(client, path, send(client, path, text=SECRET))
    last_answer(client, path, send(client, path, text=HUMAN))
    return path
