"""The store as a command opens it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.settings import Settings, load_settings
from bot.terminal import told_plainly

if TYPE_CHECKING:
    from bot.store.store import Store


@contextmanager
def opened(*told: type[Exception]) -> Iterator[tuple[Settings, "Store"]]:
    """The settings, and the migrated store; what somebody can mend, and the errors named, are told in a line."""
    from bot.store.database import StoreUnreachableError
    from bot.store.migrate import MigrationError
    from bot.store.store import Store

    with told_plainly(StoreUnreachableError, MigrationError, *told):
        settings = load_settings()
        store = Store(settings.store_url, settings.key())
        store.migrate()
        try:
            yield settings, store
        finally:
            store.close()
