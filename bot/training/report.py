"""Models and their figures as tables for the terminal."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.table import Column, Table

from bot.training.evaluate import EXAMPLES_OF_A_PAIR, Evaluation
from bot.training.models.fits import code_digest
from bot.training.models.trained import TrainedModel
from bot.training.progress import Progress


@contextmanager
def shown_progress(console: Console) -> Iterator[Progress]:
    """Shows each step as a bar of its own while the context lasts; a step that cannot count only tells the time."""
    columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Bars(*columns, console=console) as bars:
        yield _Shown(bars)


class _Shown:
    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._step = ""

    def __call__(self, step: str, done: int = 0, of: int = 0) -> None:
        if step != self._step:
            for earlier in self._bars.tasks:
                self._bars.update(earlier.id, total=earlier.total or 1, completed=earlier.total or 1)
            self._bars.add_task(step, total=of or None)
            self._step = step
        self._bars.update(self._bars.tasks[-1].id, completed=done, total=of or None)


def print_evaluation(console: Console, name: str, evaluation: Evaluation) -> None:
    """The figures over the held-out messages and the pairs most often confused."""
    figures = evaluation.figures
    console.print(f"{name}, {evaluation.messages} held-out messages", highlight=False)
    console.print(
        f"accuracy {figures.accuracy:.1%} (by the label alone {figures.strict:.1%}), macro F1 {figures.macro_f1:.3f}, "
        f"among the best three {figures.best_three:.1%}\n"
        f"sure of {figures.sure_share:.1%} and right in {figures.sure_accuracy:.1%} of those, "
        f"calibration error {figures.calibration_error:.3f}\n"
        f"about something else and not answered as ours {figures.elsewhere_refused:.1%}",
        highlight=False,
    )
    table = Table("meant", "read as", "times", "for example", title="The pairs most often confused")
    for pair in evaluation.worst_pairs:
        table.add_row(pair.meant, pair.read, str(len(pair.texts)), "; ".join(pair.texts[:EXAMPLES_OF_A_PAIR]))
    console.print(table, markup=False)


def print_models(console: Console, models: Sequence[TrainedModel], in_service: TrainedModel | None) -> None:
    """A row a model; the one in service is marked."""
    table = Table(Column("model", no_wrap=True), "accuracy", "macro F1", "sure", "right where sure", "trained in", "")
    for model in models:
        figures = model.figures
        table.add_row(
            model.name,
            f"{figures.accuracy:.1%}",
            f"{figures.macro_f1:.3f}",
            f"{figures.sure_share:.1%}",
            f"{figures.sure_accuracy:.1%}",
            f"{model.seconds:.0f} s",
            _remark(model, in_service),
        )
    console.print(table)


def _remark(model: TrainedModel, in_service: TrainedModel | None) -> str:
    if in_service and model.name == in_service.name:
        return "in service"
    return "" if model.code == code_digest() else "other code"
