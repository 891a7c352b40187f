"""What is counted, in fives: each change waits for the end of its transaction, and is written down there."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.casework.figures import PARTS, Cell, Figure, Mark, fold
from bot.casework.free_times import danish_day
from bot.store.tables import figure_fives, figure_marks, figure_rests, municipalities

# Both can add to what is there; SQLAlchemy says so of each by itself.
_INSERTS: Mapping[str, Callable[[Table], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_Place = tuple[str, Cell]


class FigureRows:
    """The `Figures` of casework, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert = _INSERTS[connection.dialect.name]
        self._changes: dict[_Place, int] = defaultdict(int)
        self._days: dict[_Place, date] = {}

    def count(self, municipality: str, cell: Cell, now: datetime, change: int = 1) -> None:
        """One more of it; with -1 what was counted before is put right."""
        self._changes[municipality, cell] += change
        self._days[municipality, cell] = danish_day(now)

    def write_down(self) -> None:
        """Adds what was counted in this transaction, in one order of rows, so that no two wait for each other."""
        for municipality, cell in sorted(self._changes):
            change = self._changes.pop((municipality, cell))
            if change:
                self._add(municipality, cell, self._days[municipality, cell], change)

    def fives(self, municipality: str, first: date, last: date) -> Mapping[Cell, int]:
        """How many fives of each part were full on these days, both among them."""
        own = figure_fives.c
        rows = self._connection.execute(
            select(own.figure, own.part, func.sum(own.fives))
            .where(own.municipality == municipality, own.day.between(first, last))
            .group_by(own.figure, own.part)
        )
        # An older version may have counted what this one does not.
        known = ((figure, part, fives) for figure, part, fives in rows if part in PARTS.get(figure, ()))
        return {Cell(Figure(figure), part): int(fives) for figure, part, fives in known}

    def since(self, municipality: str) -> date | None:
        """The day on which counting began there."""
        return self._connection.scalar(
            select(municipalities.c.counted_since).where(municipalities.c.slug == municipality)
        )

    def mark(self, conversation: str) -> Mark | None:
        """None for a conversation in which the young person has not written yet."""
        own = figure_marks.c
        row = self._connection.execute(select(own.subject, own.waited).where(own.conversation == conversation)).first()
        return Mark(*row) if row else None

    def set_mark(self, conversation: str, municipality: str, mark: Mark) -> None:
        """Whoever sets it holds the lock of the conversation."""
        new = self._insert(figure_marks).values(conversation=conversation, municipality=municipality, **vars(mark))
        self._connection.execute(new.on_conflict_do_update(index_elements=["conversation"], set_=vars(mark)))

    def _add(self, municipality: str, cell: Cell, day: date, change: int) -> None:
        place = {"municipality": municipality, "figure": cell.figure, "part": cell.part}
        rest, fives = fold(self._locked_rest(place), change)
        own = [figure_rests.c[name] == value for name, value in place.items()]
        self._connection.execute(update(figure_rests).where(*own).values(rest=rest))
        if not fives:
            return
        full = self._insert(figure_fives).values(**place, day=day, fives=fives)
        self._connection.execute(
            full.on_conflict_do_update(
                index_elements=["municipality", "day", "figure", "part"],
                set_={"fives": figure_fives.c.fives + full.excluded.fives},
            )
        )

    def _locked_rest(self, place: Mapping[str, str]) -> int:
        """What waits there to be five; nobody else counts there until the work is done."""
        there = self._insert(figure_rests).values(**place, rest=0)
        # An update that changes nothing locks the row and gives it.
        kept = there.on_conflict_do_update(
            index_elements=["municipality", "figure", "part"], set_={"rest": figure_rests.c.rest}
        )
        rest: int = self._connection.scalars(kept.returning(figure_rests.c.rest)).one()
        return rest
