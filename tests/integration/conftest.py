"""What the tests of several parts together stand on."""

from uuid import uuid4

import pytest

from bot.store.store import Store

TOKEN = "a token"


@pytest.fixture
def conversation(store: Store) -> str:
    """An open conversation, by its id."""
    number = str(uuid4())
    with store.write() as work:
        work.conversations.open(number, "eksempel", "da", TOKEN)
    return number
