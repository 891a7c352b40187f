"""Brings a store to the schema of this code, or says why it cannot."""

import logging
import re
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.store.database import Database

log = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).parent / "migrations"
# Any constant will do, as long as every process asks for the same lock.
MIGRATION_LOCK = 718_281_828


# From 0036 on a revision says what the code before it may still do: of `0040_serves_0037` that of 0037 and later may
# go on with the store while all processes are replaced one by one. What it may not do with it, is found at its start.
_SERVES = re.compile(r"(?P<number>\d{4})(_serves_(?P<oldest>\d{4}))?")


class MigrationError(Exception):
    """The store was migrated by newer code, and does not serve this one."""


def revision_of(database: Database) -> str | None:
    """The revision it was brought to; None where there is no store yet. Raises StoreUnreachableError."""
    with database.read() as connection:
        return _revision(connection)


def is_current(database: Database) -> bool:
    """Whether its schema is that of this code. Raises StoreUnreachableError."""
    with database.read() as connection:
        return _revision(connection) == _head()


def migrate(database: Database) -> None:
    """Runs the migrations that are missing, once, however many processes start together.

    Whoever finds none missing only looks, and waits for nobody who writes.
    All or none of them are there afterwards. A store that is ahead of this code is left as it is where it serves this
    code too. Raises MigrationError for one that does not, StoreUnreachableError without a store.
    """
    if is_current(database):
        return
    config = _config()
    scripts = ScriptDirectory.from_config(config)
    with database.write() as connection:
        _lock(connection)
        if _is_ahead(connection, scripts):
            return
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@cache
def _head() -> str | None:
    # Reading all migrations for their names takes ten milliseconds, and they are those of this code.
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})


def _is_ahead(connection: Connection, scripts: ScriptDirectory) -> bool:
    """Whether newer code has migrated the store. Raises MigrationError where it does not serve this code."""
    current = _revision(connection)
    if current is None or current in {script.revision for script in scripts.walk_revisions()}:
        return False
    if not serves(current, str(_head())):
        raise MigrationError(
            f"the store is at revision {current}, which this version of Hjemad does not know and must not write to: "
            "start the newer version"
        )
    log.warning("the store is at revision %s of a newer version, which serves this one until it is replaced", current)
    return True


def serves(revision: str, head: str) -> bool:
    """Whether a store at this revision serves the code that knows the revisions up to `head`."""
    store, code = _SERVES.fullmatch(revision), _SERVES.fullmatch(head)
    return bool(store and code and store["oldest"] and store["oldest"] <= code["number"])
