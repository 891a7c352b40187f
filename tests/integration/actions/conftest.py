"""The actions on a real store, and two young people who talk with them."""

from collections.abc import Iterator

import pytest

from actions import context
from bot.settings import load_settings
from bot.store.store import Store
from tests.support.actions import Talk, opened


@pytest.fixture
def acting(store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The actions work on the test's store."""
    monkeypatch.setenv("HJEMAD_DATABASE_URL", database_url)
    monkeypatch.setenv("HJEMAD_SECRET_KEY", "a key for tests")
    load_settings.cache_clear()
    context.store.cache_clear()
    yield store
    context.store().close()
    load_settings.cache_clear()
    context.store.cache_clear()


@pytest.fixture
def talk(acting: Store) -> Talk:
    return opened(acting, "one")


@pytest.fixture
def other(acting: Store) -> Talk:
    return opened(acting, "two")
