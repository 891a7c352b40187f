"""The report that is kept beside a model, for people."""

from bot.training.evaluate import EXAMPLES_OF_A_PAIR, Evaluation, Pair
from bot.training.models.trained import TrainedModel
from bot.training.reporting.real import Real


def as_markdown(model: TrainedModel, evaluation: Evaluation, real: Real | None = None) -> str:
    """The report that is kept beside a model; `real` is how it does on what people really wrote."""
    figures = evaluation.figures
    lines = [
        f"# {model.name}",
        "",
        f"{evaluation.messages} held-out messages that we wrote (version {model.held_out}), none of them trained on.",
        "",
        "| figure | |",
        "| --- | --- |",
        f"| accuracy | {figures.accuracy:.1%} |",
        f"| … by the label alone | {figures.strict:.1%} |",
        f"| macro F1 | {figures.macro_f1:.3f} |",
        f"| among the best three | {figures.best_three:.1%} |",
        f"| calibration error | {figures.calibration_error:.3f} |",
        f"| sure of | {figures.sure_share:.1%} |",
        f"| accuracy where sure | {figures.sure_accuracy:.1%} |",
        f"| messages about something else, not answered as ours | {figures.elsewhere_refused:.1%} |",
        "",
        *_on_real_ones(real),
        "",
        *_made_from(model),
        "",
        "## The pairs most often confused",
        "",
        "| meant | read as | times | for example |",
        "| --- | --- | --- | --- |",
        *(_row(pair) for pair in evaluation.worst_pairs),
    ]
    return "\n".join(lines) + "\n"


def _row(pair: Pair) -> str:
    examples = "; ".join(text.replace("|", "/") for text in pair.texts[:EXAMPLES_OF_A_PAIR])
    return f"| {pair.meant} | {pair.read} | {len(pair.texts)} | {examples} |"


def _on_real_ones(real: Real | None) -> list[str]:
    heading = ["## What people really wrote", ""]
    if real is None:
        return [*heading, "None of it was held out when the model was trained."]
    return [
        *heading,
        f"{real.messages} held-out messages out of conversations (version {real.version} of {real.changed}),",
        f"apart from those above. {real.words} They decide about no promotion.",
        "",
        "| figure | |",
        "| --- | --- |",
        f"| accuracy | {real.figures.accuracy:.1%} |",
        f"| macro F1 | {real.figures.macro_f1:.3f} |",
        f"| sure of | {real.figures.sure_share:.1%} |",
        f"| accuracy where sure | {real.figures.sure_accuracy:.1%} |",
    ]


def _made_from(model: TrainedModel) -> list[str]:
    stories = f"{model.stories.ran} run"
    if model.stories.broken:
        stories += f", {len(model.stories.broken)} went otherwise: {'; '.join(model.stories.broken)}"
    return [
        "| made from | |",
        "| --- | --- |",
        f"| code | {model.code} |",
        f"| data | {model.data} |",
        f"| held-out messages | {model.held_out} |",
        f"| seed | {model.seed} |",
        f"| packages | {', '.join(f'{name} {number}' for name, number in model.packages.items())} |",
        f"| archive | {model.size / 1e6:.1f} MB, SHA-256 {model.sha256} |",
        f"| predictions | SHA-256 {model.predictions} |",
        f"| a message takes | {model.pace:.1f} times the yardstick |",
        f"| test stories | {stories} |",
    ]
