"""Lines for a spreadsheet set to Danish, in which nothing that somebody wrote is reckoned."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

# By this Excel knows that the letters are UTF-8.
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
# What a spreadsheet takes for the beginning of a formula, also in full width, and what it skips before one.
FULL_WIDTH = "\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
FORMULAS = tuple(f"=+-@\t\r\n{FULL_WIDTH}")


def spreadsheet(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A head, semicolons, a line each."""
    written = StringIO(newline="")
    writer = csv.writer(written, delimiter=";")
    writer.writerow(head)
    writer.writerows([as_text(cell) for cell in line] for line in lines)
    return BYTE_ORDER_MARK + written.getvalue()


def as_text(cell: str) -> str:
    """With an apostrophe before what would be a formula, also after spaces."""
    return f"'{cell}" if cell.lstrip(" \N{NO-BREAK SPACE}").startswith(FORMULAS) else cell
