"""How well a model understands messages it was not trained on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.metrics import f1_score

from bot.training.files import Example
from bot.training.progress import Progress, unwatched
from bot.training.registry import Figures
from bot.training.understanding import Understanding, Understood

WORST_PAIRS = 10
EXAMPLES_OF_A_PAIR = 3


@dataclass(frozen=True)
class Pair:
    """Messages that mean `meant` and were read as `read`."""

    meant: str
    read: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Evaluation:
    """The figures of one model over one set of held-out messages."""

    messages: int
    figures: Figures
    worst_pairs: tuple[Pair, ...]


def evaluate(understanding: Understanding, held_out: Sequence[Example], progress: Progress = unwatched) -> Evaluation:
    """Lets the model read every held-out message once."""
    read = []
    for one in understanding.read([example.text for example in held_out]):
        read.append(one)
        progress("Reading the held-out messages", len(read), len(held_out))
    return Evaluation(len(read), _figures(held_out, read), _worst_pairs(held_out, read))


def _figures(meant: Sequence[Example], read: Sequence[Understood]) -> Figures:
    right = [one.intent == example.intent for example, one in zip(meant, read, strict=True)]
    sure = [hit for hit, one in zip(right, read, strict=True) if one.sure]
    f1 = f1_score([example.intent for example in meant], [one.intent or "" for one in read], average="macro")
    return Figures(
        accuracy=sum(right) / len(right),
        macro_f1=float(f1),
        sure_share=len(sure) / len(right),
        sure_accuracy=sum(sure) / len(sure) if sure else 0.0,
    )


def _worst_pairs(meant: Sequence[Example], read: Sequence[Understood]) -> tuple[Pair, ...]:
    wrong = [(example, one) for example, one in zip(meant, read, strict=True) if example.intent != one.intent]
    counts = Counter((example.intent, one.intent or "") for example, one in wrong)
    return tuple(
        Pair(*pair, tuple(e.text for e, one in wrong if (e.intent, one.intent or "") == pair))
        for pair, _ in counts.most_common(WORST_PAIRS)
    )


def as_markdown(name: str, evaluation: Evaluation) -> str:
    """The report that is kept beside a model."""
    figures = evaluation.figures
    lines = [
        f"# {name}",
        "",
        f"{evaluation.messages} held-out messages, none of them trained on.",
        "",
        "| figure | |",
        "| --- | --- |",
        f"| accuracy | {figures.accuracy:.1%} |",
        f"| macro F1 | {figures.macro_f1:.3f} |",
        f"| sure of | {figures.sure_share:.1%} |",
        f"| accuracy where sure | {figures.sure_accuracy:.1%} |",
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
