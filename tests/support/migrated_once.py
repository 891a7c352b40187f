"""A store that the migrations made once, and that is copied wherever a test begins with an empty one.

Running all migrations takes ten times as long as copying what they make, and thousands of tests begin so.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, inspect
from sqlalchemy.exc import DBAPIError

from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.vault import Vault

_FRESH = re.compile(r"hjemad_[0-9a-f]{32}")
"""What `empty_database` calls those that it makes: no other is ever thrown away here."""


@dataclass
class MigratedOnce:
    """Stands in for `migrate`: an empty store becomes a copy of one that was migrated, any other is migrated.

    `folder` is where the ones to copy lie; it lives as long as the tests of this process.
    """

    folder: Path
    by_hand: Callable[[Database], None] = migrate
    _made: dict[str, str] = field(default_factory=dict)

    def __call__(self, database: Database) -> None:
        engine = database.engine
        if not _empty(engine):
            self.by_hand(database)
        elif engine.dialect.name == "sqlite":
            self._copy_file(engine)
        elif _FRESH.fullmatch(engine.url.database or ""):
            self._copy_database(engine)
        else:
            self.by_hand(database)

    def _copy_file(self, engine: Engine) -> None:
        source = sqlite3.connect(self._copied("sqlite", lambda: f"sqlite:///{self.folder / 'migrated.sqlite'}"))
        with engine.connect() as connection:
            source.backup(connection.connection.dbapi_connection)  # type: ignore[arg-type] -- SQLite's own
        source.close()

    def _copy_database(self, engine: Engine) -> None:
        def new() -> str:
            connection.exec_driver_sql("CREATE DATABASE migrated")
            return engine.url.set(database="migrated").render_as_string(hide_password=False)

        with _server(engine) as connection:
            made = self._copied(str(engine.url.query), new)
            # A database that somebody is connected to is neither thrown away nor copied.
            engine.dispose()
            connection.exec_driver_sql(f"DROP DATABASE {engine.url.database}")
            connection.exec_driver_sql(f"CREATE DATABASE {engine.url.database} TEMPLATE {made}")

    def _copied(self, server: str, new: Callable[[], str]) -> str:
        """The name of the migrated database of this server; `new` gives the address of an empty one to migrate."""
        if server not in self._made:
            database = Database(new(), Vault("of no use here"))
            self.by_hand(database)
            database.close()
            self._made[server] = str(database.engine.url.database)
        return self._made[server]


def _empty(engine: Engine) -> bool:
    try:
        with engine.connect() as connection:
            return not inspect(connection).get_table_names()
    except DBAPIError:
        return False  # What cannot be reached is told of by the product's own way of migrating.


@contextmanager
def _server(engine: Engine) -> Iterator[Connection]:
    server = create_engine(engine.url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        yield connection
    server.dispose()
