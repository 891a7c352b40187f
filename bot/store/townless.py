"""By what a row is known as a municipality's, and the few tables whose rows are no municipality's."""

from typing import Any

from sqlalchemy import Alias, BindParameter, ColumnElement, FromClause, TableSample, select

from bot.store.apart_errors import ApartError
from bot.store.tables import conversations, municipalities

# Rows that go with a conversation and are its municipality's, though they do not say so themselves.
BY_CONVERSATION = {"trackers": "Rasa's memory of one conversation, which Rasa asks for by the id of that"}
# The only ones that a transaction of one municipality may touch as a whole, each with why.
OF_NO_TOWN = {"dialogue_servers": "what the processes tell of themselves: they serve all municipalities"}


def of_town(source: FromClause, town: BindParameter[str]) -> ColumnElement[bool] | None:
    """The condition under which a row of a table, or of an alias of one, is this town's; None where it is no town's.

    Raises ApartError for a table of which nothing says so.
    """
    name = _name(source)
    if name in OF_NO_TOWN:
        return None
    if name in BY_CONVERSATION:
        theirs = select(conversations.c.id).where(conversations.c.municipality == town)
        return source.c.conversation.in_(theirs)
    return source.c[town_column(source)] == town


def town_column(source: FromClause) -> str:
    """The name of the column that says whose a row is. Raises ApartError for a table without one."""
    column = "slug" if _name(source) == municipalities.name else "municipality"
    if column not in source.c:
        raise ApartError(f"table {_name(source)}", "does not say whose its rows are")
    return column


def has_no_column(source: FromClause) -> bool:
    """Whether it is said above why its rows do not say whose they are."""
    return _name(source) in OF_NO_TOWN or _name(source) in BY_CONVERSATION


def _name(source: FromClause) -> str:
    table: Any = source.element if isinstance(source, (Alias, TableSample)) else source
    return str(getattr(table, "name", ""))
