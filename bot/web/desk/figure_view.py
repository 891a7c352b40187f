"""From figures to what a page draws and a spreadsheet opens."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.casework.figures import FIVE, Table
from bot.casework.periods import Period
from bot.web.desk.figure_words import TOTAL, WORDS, Words, number_words, total_words
from bot.web.desk.spreadsheet import spreadsheet

# In the units of the picture: a line of words, the bar below it, and room for the number behind the longest bar.
LINE, LONGEST = 44, 270
HEAD = ("Kommune", "Tal", "Linje", "Antal i hele femmere", "Fra", "Til")


@dataclass(frozen=True)
class Bar:
    """One part: its words, its number in words, how far down the picture it stands and how long its bar is."""

    words: str
    number: str
    top: int
    length: int


@dataclass(frozen=True)
class Section:
    """One figure as a picture and a table. `total` is empty where there is no sum; `told` what stands out in it."""

    words: Words
    bars: Sequence[Bar]
    total: str
    told: str

    @property
    def height(self) -> int:
        """Of the picture."""
        return LINE * len(self.bars)

    @property
    def is_empty(self) -> bool:
        """Whether no part has a number to show."""
        return not any(bar.length for bar in self.bars)


def section(table: Table) -> Section:
    """The figure as it is drawn; all bars of it by one measure."""
    words, most = WORDS[table.figure], max([FIVE, *(number for _, number in table.rows)])
    bars = [
        Bar(words.parts[part], number_words(number), LINE * place, LONGEST * number // most)
        for place, (part, number) in enumerate(table.rows)
    ]
    highest = [bar.words for bar in bars if bar.length == LONGEST]
    told = f"Højest: {' og '.join(highest)} med {most}." if highest else ""
    return Section(words, bars, "" if table.total is None else total_words(table.total), told)


def as_csv(tables: Sequence[Table], period: Period, municipality: str) -> str:
    """The same figures for a spreadsheet set to Danish: a head, semicolons, a line a part."""
    lines = []
    for shown in map(section, tables):
        rows = [(bar.words, bar.number) for bar in shown.bars]
        rows += [(TOTAL, shown.total)] if shown.total else []
        lines += [
            (municipality, shown.words.heading, words, number, str(period.first), str(period.last))
            for words, number in rows
        ]
    return spreadsheet(HEAD, lines)
