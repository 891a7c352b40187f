"""How well a model understands messages it was not trained on."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.metrics import f1_score

from bot.casework.meanings import OUT_OF_SCOPE
from bot.training.held_out import HeldOut
from bot.training.models.predictions import Prediction
from bot.training.models.trained import Figures
from bot.training.progress import Progress, unwatched
from bot.training.understanding import Understanding, Understood

WORST_PAIRS = 10
EXAMPLES_OF_A_PAIR = 3
BINS = 15


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
    predictions: tuple[Prediction, ...]


def evaluate(understanding: Understanding, held_out: HeldOut, progress: Progress = unwatched) -> Evaluation:
    """Lets the model read every held-out message once."""
    texts = [*(example.text for example in held_out.examples), *held_out.elsewhere]
    read = []
    for one in understanding.read(texts):
        read.append(one)
        progress("Reading the held-out messages", len(read), len(texts))
    ours, elsewhere = read[: len(held_out.examples)], read[len(held_out.examples) :]
    figures = _figures(held_out, ours, elsewhere)
    return Evaluation(len(ours), figures, _worst_pairs(held_out, ours), _predictions(held_out, ours, elsewhere))


def _predictions(
    held_out: HeldOut, ours: Sequence[Understood], elsewhere: Sequence[Understood]
) -> tuple[Prediction, ...]:
    meant = [(example.intent, tuple(sorted(held_out.right(example)))) for example in held_out.examples]
    rows = [*zip(ours, meant, strict=True), *((one, (None, ())) for one in elsewhere)]
    return tuple(
        Prediction(one.text, label, accepted, one.intent, one.confidence, one.sure) for one, (label, accepted) in rows
    )


def _figures(held_out: HeldOut, read: Sequence[Understood], elsewhere: Sequence[Understood]) -> Figures:
    rows = list(zip(held_out.examples, read, strict=True))
    hits = [one.intent in held_out.right(example) for example, one in rows]
    sure = [hit for hit, one in zip(hits, read, strict=True) if one.sure]
    # Counted the same way: what is accepted is the truth of its row.
    truths = [one.intent if hit else example.intent for hit, (example, one) in zip(hits, rows, strict=True)]
    return Figures(
        accuracy=_share(hits),
        strict=_share([one.intent == example.intent for example, one in rows]),
        macro_f1=float(f1_score(truths, [one.intent or "" for one in read], average="macro")),
        best_three=_share([not held_out.right(example).isdisjoint(_best(one, 3)) for example, one in rows]),
        calibration_error=_calibration_error([one.confidence for one in read], hits),
        sure_share=len(sure) / len(hits),
        sure_accuracy=_share(sure),
        elsewhere_refused=_share([not one.sure or one.intent == OUT_OF_SCOPE for one in elsewhere]),
    )


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0


def _best(one: Understood, count: int) -> set[str]:
    return {name for name, _ in one.ranking[:count]}


def _calibration_error(confidences: Sequence[float], hits: Sequence[bool]) -> float:
    """The expected calibration error (Guo et al. 2017) over bins of equal width."""
    bins: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, hit in zip(confidences, hits, strict=True):
        bins[min(int(confidence * BINS), BINS - 1)].append((confidence, hit))
    gaps = (abs(sum(confidence - hit for confidence, hit in members)) for members in bins.values())
    return sum(gaps) / len(hits)


def _worst_pairs(held_out: HeldOut, read: Sequence[Understood]) -> tuple[Pair, ...]:
    rows = zip(held_out.examples, read, strict=True)
    wrong = [(example, one) for example, one in rows if one.intent not in held_out.right(example)]
    counts = Counter((example.intent, one.intent or "") for example, one in wrong)
    return tuple(
        Pair(*pair, tuple(e.text for e, one in wrong if (e.intent, one.intent or "") == pair))
        for pair, _ in counts.most_common(WORST_PAIRS)
    )
