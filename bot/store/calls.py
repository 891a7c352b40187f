"""What processes call to each other through PostgreSQL, which wakes whoever listens; SQLite has no such thing."""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import islice
from uuid import uuid4

import psycopg
from sqlalchemy import text

from bot.store.database import Database, StoreUnreachableError

CHANNEL = "hjemad"
# PostgreSQL carries 8,000 bytes a call; a topic has 70 at the most.
TOPICS_A_CALL = 100
# A connection that is dead without a word is found out after this; the rest is the system's own habit of two hours.
KEPT_ALIVE = {"keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3"}


@dataclass(frozen=True)
class Call:
    """Topics in which something is new: numbers and names of municipalities, and never a word of anybody."""

    topics: Sequence[str]
    own: bool


class Calls:
    """The calls between those who share a database. Lives as long as the process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._name = uuid4().hex

    @property
    def possible(self) -> bool:
        """Whether this database can carry them."""
        return self._database.engine.dialect.name == "postgresql"

    def send(self, topics: Iterable[str]) -> None:
        """Everybody who listens hears it, also the process itself. Raises StoreUnreachableError."""
        with self._database.write() as connection:
            for some in _in_parts(topics):
                told = " ".join([self._name, *some])
                connection.execute(text("SELECT pg_notify(:channel, :told)"), {"channel": CHANNEL, "told": told})

    @asynccontextmanager
    async def listen(self) -> AsyncIterator[AsyncIterator[Call]]:
        """All calls from now on, over a connection of its own. Raises StoreUnreachableError."""
        url = self._database.engine.url.set(drivername="postgresql").update_query_dict(KEPT_ALIVE)
        try:
            address = url.render_as_string(hide_password=False)
            async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
                await connection.execute(f"LISTEN {CHANNEL}")
                yield self._heard(connection)
        except psycopg.Error as error:
            raise StoreUnreachableError(f"{url.render_as_string(hide_password=True)}: {error}") from error

    async def _heard(self, connection: "psycopg.AsyncConnection[tuple[object, ...]]") -> AsyncIterator[Call]:
        async for notify in connection.notifies():
            name, *topics = notify.payload.split(" ")
            yield Call(topics, own=name == self._name)


def _in_parts(topics: Iterable[str]) -> Iterator[list[str]]:
    """At least one, so that a call of nothing is a call as well."""
    left = iter(topics)
    yield list(islice(left, TOPICS_A_CALL))
    while some := list(islice(left, TOPICS_A_CALL)):
        yield some
