"""Rasa's default components beside ours, figure by figure."""

from collections.abc import Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from bot.benchmark.stock.measured import measured
from bot.benchmark.stock.sides import ours, stock
from bot.settings import ROOT

Found = Mapping[str, float]


@dataclass(frozen=True)
class Line:
    """One figure: what it is called, how it is shown, and whether more of it is better."""

    name: str
    title: str
    shown: str
    more_is_better: bool = False

    def ratio(self, ours: Found, stock: Found) -> float:
        """How many times better ours is; below 1 it is worse."""
        better, worse = (ours, stock) if self.more_is_better else (stock, ours)
        return better[self.name] / worse[self.name]


LINES = (
    Line("accuracy", "accuracy on the held-out messages", "{:.1%}", more_is_better=True),
    Line("macro_f1", "macro F1", "{:.3f}", more_is_better=True),
    Line("train_seconds", "seconds to train", "{:.0f}"),
    Line("train_work", "processor seconds to train", "{:.0f}"),
    Line("load_seconds", "seconds to load, Rasa imported", "{:.2f}"),
    Line("median", "milliseconds a message, median", "{:.1f}"),
    Line("percentile_95", "milliseconds a message, 95th percentile", "{:.1f}"),
    Line("memory", "MiB of memory when it can answer", "{:.0f}"),
)


def compare_with_stock(console: Console, epochs: int) -> None:
    """Trains what is not trained yet, measures both, prints the ratios. Raises SideError, DataError."""
    our, their = measured(ours(), ROOT), measured(stock(epochs), ROOT)
    table = Table("", "ours", f"Rasa's own, {epochs} epochs", "ours is better by")
    for line in LINES:
        shown = (line.shown.format(side[line.name]) for side in (our, their))
        table.add_row(line.title, *shown, f"{line.ratio(our, their):.2f}")
    console.print(table)
    behind = [line.title for line in LINES if line.ratio(our, their) < 1]
    console.print(f"Behind in: {', '.join(behind)}" if behind else "Ahead in all of them.", soft_wrap=True)
