"""Keeps municipalities apart: what a confined transaction says is about the rows of its municipality alone.

No query says so itself. The compiler of statements adds the condition to each table that a statement names, wherever
it names it, and refuses what it cannot confine. Statements are compiled once and kept: the municipality is bound anew
each time, and what is confined and what is not are kept in different places.
"""

import re
from threading import local
from typing import Any

from sqlalchemy import (
    Alias,
    ColumnElement,
    Connection,
    Delete,
    Engine,
    FromClause,
    Insert,
    Join,
    String,
    Subquery,
    Table,
    TableSample,
    Update,
    and_,
    bindparam,
    event,
    true,
)
from sqlalchemy.sql.elements import ReleaseSavepointClause, RollbackToSavepointClause, SavepointClause
from sqlalchemy.sql.selectable import CTE, FromGrouping, SelectBase
from sqlalchemy.util import LRUCache

from bot.store.apart_errors import ApartError
from bot.store.apart_values import check_values
from bot.store.townless import of_town

_TOWN = "town"
_SAVEPOINTS = (SavepointClause, RollbackToSavepointClause, ReleaseSavepointClause)
_COMPILED = 1000
# Such text between statements can hold no statement of its own.
_PLAIN = re.compile(r"[^\s()/-]*")
# Whose statement this thread is just compiling or sending; set before each, so that none inherits another's.
_now = local()


def _town() -> str | None:
    town: str | None = getattr(_now, "town", None)
    return town


_OURS = bindparam("whose_town", callable_=_town, type_=String(64))


class Confinement:
    """Confines the transactions of one engine, and lets the others be."""

    def __init__(self, engine: Engine) -> None:
        self._compiled: LRUCache[Any, Any] = LRUCache(_COMPILED)
        compiler = engine.dialect.statement_compiler
        confining = type(f"Confining{compiler.__name__}", (_Confining, compiler), {})
        engine.dialect.statement_compiler = confining
        event.listen(engine, "before_execute", _before_statement)
        event.listen(engine, "before_cursor_execute", _before_cursor)

    def confine(self, connection: Connection, slug: str) -> None:
        """From now on its transaction is about the rows of this municipality alone."""
        connection.execution_options(compiled_cache=self._compiled, **{_TOWN: slug})


def _before_statement(
    connection: Connection, statement: Any, many: Any, one: Any, _options: Any
) -> None:  # the arguments are SQLAlchemy's
    _now.town = town = connection.get_execution_options().get(_TOWN)
    if town is None or isinstance(statement, (SelectBase, Delete, *_SAVEPOINTS)):
        return
    if not isinstance(statement, (Insert, Update)):
        raise ApartError(type(statement).__name__, "is no statement of tables")
    check_values(statement, town, many or [one])


def _before_cursor(connection: Connection, _cursor: Any, _sql: str, _values: Any, context: Any, _many: Any) -> None:
    if _TOWN in connection.get_execution_options() and getattr(context, "compiled", None) is None:
        raise ApartError("text", "is sent past what keeps municipalities apart")


def _leaves(source: FromClause) -> list[FromClause]:
    """The tables that a WHERE has to confine; a side of an outer join that may be missing is confined in its ON."""
    if isinstance(source, Join):
        return _leaves(source.left) + ([] if source.isouter else _leaves(source.right))
    return _tables(source)


def _tables(source: FromClause) -> list[FromClause]:
    if isinstance(source, Join):
        return _tables(source.left) + _tables(source.right)
    if isinstance(source, FromGrouping):
        return _tables(source.element)
    if isinstance(source, (Subquery, CTE)):
        return []  # its own SELECT is confined
    named = source.element if isinstance(source, (Alias, TableSample)) else source
    if isinstance(named, (Subquery, CTE)):
        return []
    if not isinstance(named, Table):
        raise ApartError(type(named).__name__, "is no table")
    return [source]


def _ours(sources: list[FromClause]) -> ColumnElement[bool]:
    conditions = [of_town(source, _OURS) for source in sources]
    return and_(true(), *(condition for condition in conditions if condition is not None))


def _not_on_the_side(visiting_cte: Any) -> None:
    """What a WITH would add or change is not looked at before it is sent, as what a statement itself does."""
    if _town() is not None and visiting_cte is not None:
        raise ApartError("WITH", "adds or changes rows on the side")


class _Confining:
    """What is put before a dialect's compiler; each method confines and leaves the rest to it."""

    def visit_select(self, statement: Any, *args: Any, **kwargs: Any) -> str:
        if _town() is not None:
            leaves = [leaf for source in statement.get_final_froms() for leaf in _leaves(source)]
            statement = statement.where(_ours(leaves)) if leaves else statement
        return super().visit_select(statement, *args, **kwargs)  # type: ignore[misc, no-any-return]

    def visit_join(self, join: Any, *args: Any, **kwargs: Any) -> str:
        if _town() is not None and (join.isouter or join.full):
            if join.full:
                raise ApartError("FULL JOIN", "cannot be confined")
            on, join = join.onclause, join._clone()  # noqa: SLF001 - SQLAlchemy's own way to change a copy
            join.onclause = and_(on, _ours(_tables(join.right)))
        return super().visit_join(join, *args, **kwargs)  # type: ignore[misc, no-any-return]

    def visit_insert(self, statement: Any, visiting_cte: Any = None, **kwargs: Any) -> str:
        _not_on_the_side(visiting_cte)
        return super().visit_insert(statement, visiting_cte=visiting_cte, **kwargs)  # type: ignore[misc, no-any-return]

    def visit_update(self, statement: Any, visiting_cte: Any = None, **kwargs: Any) -> str:
        _not_on_the_side(visiting_cte)
        if _town() is not None:
            statement = statement.where(_ours(_tables(statement.table)))
        return super().visit_update(statement, visiting_cte=visiting_cte, **kwargs)  # type: ignore[misc, no-any-return]

    def visit_delete(self, statement: Any, *args: Any, **kwargs: Any) -> str:
        if _town() is not None:
            statement = statement.where(_ours(_tables(statement.table)))
        return super().visit_delete(statement, *args, **kwargs)  # type: ignore[misc, no-any-return]

    def visit_on_conflict_do_update(self, clause: Any, **kwargs: Any) -> str:
        if _town() is not None:
            table = self.current_executable.table  # type: ignore[attr-defined]
            before, clause = clause.update_whereclause, clause._clone()  # noqa: SLF001 - as above
            ours = _ours([table])
            clause.update_whereclause = ours if before is None else and_(before, ours)
        return super().visit_on_conflict_do_update(clause, **kwargs)  # type: ignore[misc, no-any-return]

    def update_from_clause(self, statement: Any, *args: Any, **kwargs: Any) -> str:
        if _town() is not None:
            raise ApartError("UPDATE ... FROM", "cannot be confined")
        return super().update_from_clause(statement, *args, **kwargs)  # type: ignore[misc, no-any-return]

    def delete_extra_from_clause(self, statement: Any, *args: Any, **kwargs: Any) -> str:
        if _town() is not None:
            raise ApartError("DELETE ... USING", "cannot be confined")
        return super().delete_extra_from_clause(statement, *args, **kwargs)  # type: ignore[misc, no-any-return]

    def visit_textclause(self, text: Any, *args: Any, **kwargs: Any) -> str:
        if _town() is not None:
            raise ApartError("text", "cannot be confined")
        return super().visit_textclause(text, *args, **kwargs)  # type: ignore[misc, no-any-return]

    def visit_textual_select(self, text: Any, *args: Any, **kwargs: Any) -> str:
        if _town() is not None:
            raise ApartError("text", "cannot be confined")
        return super().visit_textual_select(text, *args, **kwargs)  # type: ignore[misc, no-any-return]

    def visit_column(self, column: Any, *args: Any, **kwargs: Any) -> str:
        if column.is_literal and _town() is not None and not _PLAIN.fullmatch(column.name):
            raise ApartError("text", "cannot be confined")
        return super().visit_column(column, *args, **kwargs)  # type: ignore[misc, no-any-return]
