"""What the tests of several parts together stand on."""

from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from bot.store.store import Store
from tests.support.chat_app import open_conversation

TOKEN = "a token"


@pytest.fixture
def conversation(store: Store) -> str:
    """An open conversation, by its id."""
    number = str(uuid4())
    with store.write() as work:
        work.conversations.open(number, "eksempel", "da", TOKEN)
    return number


@pytest.fixture
def path(client: TestClient) -> str:
    """The path of an open conversation whose token the client carries."""
    return open_conversation(client)
