"""Brings a store to the schema of this code, or says why it cannot."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.store.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"
# Any constant will do, as long as every process asks for the same lock.
MIGRATION_LOCK = 718_281_828


class MigrationError(Exception):
    """The store was migrated by newer code than this."""


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
    Raises MigrationError for a store that is ahead of this code, StoreUnreachableError without a store.
    """
    if is_current(database):
        return
    config = _config()
    scripts = ScriptDirectory.from_config(config)
    with database.write() as connection:
        _lock(connection)
        _refuse_newer(connection, scripts)
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


def _refuse_newer(connection: Connection, scripts: ScriptDirectory) -> None:
    current = _revision(connection)
    known = {script.revision for script in scripts.walk_revisions()}
    if current is not None and current not in known:
        raise MigrationError(f"the store is at revision {current}, which this version of Hjemad does not know")
