"""A chat of one's own, and a caseworker's browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.support.chat_app import last_answer, send, serve, settings
from tests.support.desk import signed_in
from tests.support.own_chat import HUMAN, SECRET
from tests.support.running import PASSWORD


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    yield from serve(settings(tmp_path))


@pytest.fixture
def desk(client: TestClient) -> TestClient:
    """A caseworker's browser."""
    return signed_in(client.app, "demo", PASSWORD)


@pytest.fixture
def asked(client: TestClient, path: str) -> str:
    """A conversation in which somebody told the robot something and then asked for a human."""
    last_answer(client, path, send(client, path, text=SECRET))
    last_answer(client, path, send(client, path, text=HUMAN))
    return path
