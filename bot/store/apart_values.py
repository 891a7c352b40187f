"""Which rows a confined transaction may add, and that none is given to another municipality."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Column, Insert, Table, Update

from bot.store.apart_errors import ApartError
from bot.store.townless import has_no_column, town_column

_MISSING = object()


def check_values(statement: Insert | Update, town: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Raises ApartError where a row would be another municipality's, or nobody can say whose before it is sent."""
    table = statement.table
    assert isinstance(table, Table)
    if has_no_column(table):
        return
    column = town_column(table)
    added = isinstance(statement, Insert)
    shape = f"{'INSERT into' if added else 'UPDATE of'} {table.name}"
    if isinstance(statement, Insert) and statement.select is not None:
        raise ApartError(shape, "takes its rows from a SELECT: nobody can say whose they are")
    given = list(_given(statement, column, rows))
    if added and _MISSING in given:
        raise ApartError(shape, "does not say whose the row is")
    if any(value is not _MISSING and _value(value, shape) != town for value in given):
        raise ApartError(shape, "would make a row another municipality's")
    _check_conflict(statement, column, shape)


def _given(statement: Any, key: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[Any]:
    """What is given for the column, once a row; _MISSING where nothing is."""
    if statement._multi_values:  # noqa: SLF001 - SQLAlchemy has no public way to look at what VALUES says
        for several in statement._multi_values:  # noqa: SLF001
            for row in several:
                yield _of(row if isinstance(row, Mapping) else dict(zip(statement.table.c, row, strict=False)), key)
        return
    said = [*dict(statement._values or {}).items(), *(getattr(statement, "_ordered_values", None) or ())]  # noqa: SLF001
    own = _of(dict(said), key)
    for row in rows:
        yield row.get(key, own)
        if own is not _MISSING:
            yield own


def _of(row: Mapping[Any, Any], key: str) -> Any:
    for column, value in row.items():
        if (column.key if isinstance(column, Column) else column) == key:
            return value
    return _MISSING


def _value(value: Any, shape: str) -> Any:
    if isinstance(value, BindParameter):
        return value.effective_value
    if isinstance(value, str):
        return value
    raise ApartError(shape, "computes whose the row is")


def _check_conflict(statement: Any, key: str, shape: str) -> None:
    clause = getattr(statement, "_post_values_clause", None)
    changes: Iterable[Any] = getattr(clause, "update_values_to_set", None) or ()
    if any((column.key if isinstance(column, Column) else column) == key for column, _ in changes):
        raise ApartError(shape, "would make a row another municipality's where one stands already")
