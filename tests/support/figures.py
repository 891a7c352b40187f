"""What was counted, looked up where no page looks: with what waits to be five."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from bot.casework.figures import FIVE, Cell, Figure
from bot.store.store import Store
from bot.store.tables import figure_rests
from tests.support.the_tests import THE_TESTS


def counted(store: Store, *figures: Figure, town: str = "eksempel") -> dict[str, int]:
    """How often each part of these figures came, by its name; of all without one."""
    wanted = figures or tuple(Figure)
    with store.read(THE_TESTS) as work:
        full = work.figures.fives(town, date.min, date.max)
        rows = work._connection.execute(select(figure_rests).where(figure_rests.c.municipality == town)).mappings()
        found = {Cell(Figure(row["figure"]), row["part"]): row["rest"] for row in rows if row["figure"] in wanted}
    return {cell.part: number for cell, rest in sorted(found.items()) if (number := rest + FIVE * full.get(cell, 0))}


def count(store: Store, cell: Cell, times: int = FIVE, on: date | None = None, town: str = "eksempel") -> None:
    """Counts it so often at noon of a day, today without one."""
    now = datetime(on.year, on.month, on.day, 12, tzinfo=UTC) if on else datetime.now(UTC)
    with store.write(THE_TESTS) as work:
        work.figures.count(town, cell, now, times)
