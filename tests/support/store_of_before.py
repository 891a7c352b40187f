"""A store as an earlier version of the product left it."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from bot.store.migrate import MIGRATIONS
from bot.store.store import Store


@contextmanager
def store_of_before(store: Store, revision: str) -> Iterator[Connection]:
    """Brings a new store to that revision, and lends a connection to write what was in it then."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with store._database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        yield connection
