"""How well each topic is understood, and which are taken for which."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.training.gates.paired import F1Losses
from bot.training.gates.verdict import Pair, ours, shared
from bot.training.models.predictions import Prediction

NOTHING = "nothing"
"""What a message is read as that no intent was found for."""


@dataclass(frozen=True)
class Topic:
    """The figures of one topic; shares from 0 to 1. `messages` are those that mean it.

    `precision` and `recall` are of all of them together; `f1` is what the gates look at, the mean over its intents.
    """

    name: str
    messages: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class WorstPair:
    """Messages that mean `meant` and were read as `read`, the surest first."""

    meant: str
    read: str
    texts: tuple[str, ...]


def topic_of(intent: str | None) -> str:
    """What stands before the first underscore: `housing_deposit` is of the topic housing."""
    return intent.partition("_")[0] if intent else NOTHING


def is_right(one: Prediction) -> bool:
    """Whether it was read as something that counts as right."""
    return one.read in one.accepted


def meant_and_read(one: Prediction) -> tuple[str, str]:
    """The two intents: where what was read counts as right, it is what was meant."""
    read = one.read or NOTHING
    return (read if is_right(one) else one.label or NOTHING), read


def topics(predictions: Iterable[Prediction]) -> list[Topic]:
    """Every topic that a message means, by name. An intent counts, not only its topic."""
    rows = ours(predictions)
    pairs = [(meant_and_read(one), is_right(one)) for one in rows]
    meant = Counter(topic_of(pair[0]) for pair, _ in pairs)
    read = Counter(topic_of(pair[1]) for pair, _ in pairs)
    right = Counter(topic_of(pair[0]) for pair, hit in pairs if hit)
    f1 = {name: now for name, (_, now) in f1_of_topics(shared(rows, rows)).items()}
    return [
        Topic(
            name,
            meant[name],
            right[name] / read[name] if read[name] else 0.0,
            right[name] / meant[name],
            # No message is labelled so: it is only what a second reader accepts.
            f1.get(name, 0.0),
        )
        for name in sorted(meant)
    ]


def f1_of_topics(pairs: Sequence[Pair]) -> dict[str, tuple[float, float]]:
    """Macro F1 of each topic that a message is labelled with, before and now."""
    losses = F1Losses(pairs) if pairs else None
    return {topic_of(topic): losses.f1(topic) for topic in losses.topics} if losses else {}


def confusion(predictions: Iterable[Prediction]) -> Counter[tuple[str, str]]:
    """How many messages that mean the first topic were read as the second."""
    return Counter(tuple(map(topic_of, meant_and_read(one))) for one in ours(predictions))  # type: ignore[misc]


def worst_pairs(predictions: Iterable[Prediction], most: int) -> Sequence[WorstPair]:
    """The intents most often taken for another."""
    wrong = [one for one in ours(predictions) if not is_right(one)]
    wrong.sort(key=lambda one: -one.confidence)
    counts = Counter(map(meant_and_read, wrong))
    return [
        WorstPair(*pair, tuple(one.text for one in wrong if meant_and_read(one) == pair))
        for pair, _ in counts.most_common(most)
    ]
