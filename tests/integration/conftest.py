"""What the tests of several parts together stand on."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from bot.store.store import Store
from tests.support.chat_app import open_conversation
from tests.support.commands import Run, run_in
from tests.support.the_tests import THE_TESTS

TOKEN = "a token"


@pytest.fixture
def conversation(store: Store) -> str:
    """An open conversation, by its id."""
    number = str(uuid4())
    with store.write(THE_TESTS) as work:
        work.conversations.open(number, "eksempel", "da", TOKEN)
    return number


@pytest.fixture
def path(client: TestClient) -> str:
    """The path of an open conversation whose token the client carries."""
    return open_conversation(client)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs a command over a store of its own with this standard input."""
    yield from run_in(tmp_path, monkeypatch)
