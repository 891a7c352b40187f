"""Copies a whole store into an empty one, on SQLite or PostgreSQL, and holds the two against each other."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Integer, Row, Table, func, insert, select

from bot.store.database import Database
from bot.store.migrate import is_current, migrate
from bot.store.tables import metadata

ROWS_AT_ONCE = 500
_RING = 2**256

Tell = Callable[[str, int], None]
"""Told of each table, when it is copied, its name and how many rows it has."""


class CopyError(Exception):
    """The store cannot be copied, or the copy is not the same; then nothing was written."""


@dataclass
class _Sum:
    """How many rows, and one number of them all, whatever their order: databases sort letters differently."""

    rows: int = 0
    digest: int = 0

    def add(self, row: Row[Any]) -> None:
        told = json.dumps(list(row), sort_keys=True, default=_as_text).encode()
        self.rows += 1
        self.digest = (self.digest + int.from_bytes(sha256(told).digest())) % _RING


def copy(source: Database, target: Database, tell: Tell) -> None:
    """Copies every row as it stands at one moment, in one transaction, while others may write to the source.

    What is sealed stays so: the same secret key opens it. Raises CopyError when the source has not the schema of this
    code, the target holds anything, or a table differs afterwards; StoreUnreachableError.
    """
    if not is_current(source):
        raise CopyError(
            "the store to copy has another schema than this version of Hjemad: start this version on it once"
        )
    migrate(target)
    with source.snapshot() as reading, target.write() as writing:
        _must_be_empty(writing)
        for table in metadata.sorted_tables:
            read = _copy_table(table, reading, writing)
            if read != _sum_of(table, writing):
                raise CopyError(f"{table.name} differs in the copy; nothing was written")
            tell(table.name, read.rows)
        _count_on(writing)


def _must_be_empty(connection: Connection) -> None:
    for table in metadata.sorted_tables:
        if connection.execute(select(table).limit(1)).first() is not None:
            raise CopyError(f"the store to copy into is not empty: there are rows in {table.name}")


def _copy_table(table: Table, reading: Connection, writing: Connection) -> _Sum:
    found, names = _Sum(), [column.name for column in table.columns]
    for rows in _partitions(table, reading):
        for row in rows:
            found.add(row)
        writing.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])
    return found


def _sum_of(table: Table, connection: Connection) -> _Sum:
    found = _Sum()
    for rows in _partitions(table, connection):
        for row in rows:
            found.add(row)
    return found


def _partitions(table: Table, connection: Connection) -> Iterator[Sequence[Row[Any]]]:
    return connection.execute(select(table).execution_options(yield_per=ROWS_AT_ONCE)).partitions()


def _count_on(connection: Connection) -> None:
    """New rows get numbers after those that were copied; SQLite sees to that by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        [number, *more] = table.primary_key.columns
        if more or not isinstance(number.type, Integer) or number.foreign_keys:
            continue
        newest = connection.scalar(select(func.max(number)))
        if newest is not None:
            connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, number.name), newest)))


def _as_text(value: object) -> str:
    if isinstance(value, bytes):
        return value.hex()
    # Moments are in UTC already: the columns see to that.
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(type(value).__name__)
