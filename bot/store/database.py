"""The connection to SQLite or PostgreSQL, and the transactions over it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.store.apart import Confinement
from bot.store.vault import Vault

# How long SQLite waits for another writer, and how often it is asked again where it does not wait by itself.
BUSY_SECONDS = 10.0
BUSY_LOOK_SECONDS = 0.02
# A machine that is cut off says nothing: without these a connection to it would be waited for a quarter of an hour.
_PATIENCE = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 15_000,
}


class StoreUnreachableError(Exception):
    """The store does not answer; the message says which one, without its password."""


class Database:
    """An engine with the habits both databases need. Lives as long as the process."""

    def __init__(self, url: str, vault: Vault) -> None:
        self.engine = _engine(url)
        self.vault = vault
        self.confinement = Confinement(self.engine)
        self._pen = Lock()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may write. Raises StoreUnreachableError."""
        with self._turn(), _reachable(self.engine), self.engine.execution_options(writes=True).begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads. Raises StoreUnreachableError."""
        with _reachable(self.engine), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A transaction that reads all as it stood at one moment, whoever writes meanwhile; SQLite's always do.

        Raises StoreUnreachableError.
        """
        level = {} if self.engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        with _reachable(self.engine), self.engine.execution_options(**level).begin() as connection:
            yield connection

    def ping(self) -> None:
        """Asks the store for a sign of life. Raises StoreUnreachableError."""
        with self.read() as connection:
            connection.execute(text("SELECT 1"))

    def forget_deleted(self) -> bool:
        """Takes what was deleted out of SQLite's log too, where it would stand until the log is written over.

        False while somebody else is reading; PostgreSQL has no such file of ours.
        """
        if self.engine.dialect.name != "sqlite":
            return True
        with self.read() as connection:
            busy, _, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        return not busy

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Lets the threads of this process write to SQLite one by one.

        It has one writer at a time anyway; whoever it finds busy sleeps ever longer, and sleeps on when it is free.
        """
        if self.engine.dialect.name != "sqlite":
            yield
            return
        if not self._pen.acquire(timeout=BUSY_SECONDS):
            raise StoreUnreachableError(f"{self.engine.url}: others have been writing for {BUSY_SECONDS:.0f} seconds")
        try:
            yield
        finally:
            self._pen.release()


@contextmanager
def _reachable(engine: Engine) -> Iterator[None]:
    try:
        yield
    except PoolTimeoutError as error:
        raise StoreUnreachableError(
            f"{engine.url.render_as_string(hide_password=True)}: all connections busy"
        ) from error
    except DBAPIError as error:
        # SQLite says of a file that is none of its own no more than DatabaseError, the class above all others.
        if isinstance(error, OperationalError) or type(error) is DatabaseError or error.connection_invalidated:
            raise StoreUnreachableError(f"{engine.url.render_as_string(hide_password=True)}: {error.orig}") from error
        raise


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        postgres = parsed.set(drivername="postgresql+psycopg")
        return create_engine(
            postgres, connect_args=_PATIENCE, pool_pre_ping=True, hide_parameters=True, pool_size=10, max_overflow=20
        )
    if parsed.database:
        _make_private(Path(parsed.database))
    # All are kept: with many at once, opening a connection anew and giving it its habits cost more than its query.
    engine = create_engine(
        parsed, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS}, pool_size=30, max_overflow=0
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_private(file: Path) -> None:
    """What is written in conversations is for nobody else on the machine; SQLite gives its log the file's own mode."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        file.touch(mode=0o600)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own BEGIN comes too late for savepoints and locks; _begin_sqlite sends it instead.
    connection.isolation_level = None
    _use_wal(connection)
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _use_wal(connection: Any) -> None:
    # The first connection ever changes the file, and SQLite lets the others fail at once instead of waiting for that.
    deadline = monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                raise
            sleep(BUSY_LOOK_SECONDS)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: a reader that becomes a writer later would fail instead of waiting.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
