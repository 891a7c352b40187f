"""Which column says whose a row is, and the few tables whose rows are no municipality's."""

from typing import Any

from sqlalchemy import Alias, ColumnElement, FromClause, TableSample

from bot.store.apart_errors import ApartError

MUNICIPALITIES = "municipalities"
# The only ones that a confined transaction may touch unconfined, each with why.
OF_NO_TOWN = {
    "trackers": "Rasa's memory of one conversation, under the id of that alone; nothing lists or searches it",
    "dialogue_servers": "what the processes tell of themselves: they serve all municipalities",
}


def town_of(table: str) -> str:
    """The name of the column that says whose a row of this table is."""
    return "slug" if table == MUNICIPALITIES else "municipality"


def town_column(source: FromClause) -> ColumnElement[Any] | None:
    """That column of a table or an alias of one; None where the table is listed as no municipality's.

    Raises ApartError for any other table without one.
    """
    table = source.element if isinstance(source, (Alias, TableSample)) else source
    name = str(getattr(table, "name", ""))
    if name in OF_NO_TOWN:
        return None
    column = source.c.get(town_of(name))
    if column is None:
        raise ApartError(f"table {name}", "does not say whose its rows are")
    return column
