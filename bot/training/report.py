"""Models and their figures as tables for the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bot.training.evaluate import EXAMPLES_OF_A_PAIR, Evaluation
from bot.training.registry import TrainedModel, code_digest


def print_evaluation(console: Console, name: str, evaluation: Evaluation) -> None:
    """The figures over the held-out messages and the pairs most often confused."""
    figures = evaluation.figures
    console.print(f"{name}, {evaluation.messages} held-out messages", highlight=False)
    console.print(
        f"accuracy {figures.accuracy:.1%}, macro F1 {figures.macro_f1:.3f}, "
        f"sure of {figures.sure_share:.1%} and right in {figures.sure_accuracy:.1%} of those",
        highlight=False,
    )
    table = Table("meant", "read as", "times", "for example", title="The pairs most often confused")
    for pair in evaluation.worst_pairs:
        table.add_row(pair.meant, pair.read, str(len(pair.texts)), "; ".join(pair.texts[:EXAMPLES_OF_A_PAIR]))
    console.print(table, markup=False)


def print_models(console: Console, models: Sequence[TrainedModel], in_service: TrainedModel | None) -> None:
    """A row a model; the one in service is marked."""
    table = Table("model", "accuracy", "macro F1", "sure", "right where sure", "trained in", "")
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
