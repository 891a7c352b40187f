"""How well each topic is understood, and which are taken for which."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.training.models.predictions import Prediction

NOTHING = "nothing"
"""What a message is read as that no intent was found for."""


@dataclass(frozen=True)
class Topic:
    """The figures of one topic; shares from 0 to 1. `messages` are those that mean it."""

    name: str
    messages: int
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


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


def ours(predictions: Iterable[Prediction]) -> list[Prediction]:
    """Without the messages about something else."""
    return [one for one in predictions if one.label is not None]


def meant_and_read(one: Prediction) -> tuple[str, str]:
    """The two intents: where what was read counts as right, it is what was meant."""
    read = one.read or NOTHING
    return (read if is_right(one) else one.label or NOTHING), read


def topics(predictions: Iterable[Prediction]) -> list[Topic]:
    """Every topic that a message means, by name. An intent counts, not only its topic."""
    pairs = [(meant_and_read(one), is_right(one)) for one in ours(predictions)]
    meant = Counter(topic_of(pair[0]) for pair, _ in pairs)
    read = Counter(topic_of(pair[1]) for pair, _ in pairs)
    right = Counter(topic_of(pair[0]) for pair, hit in pairs if hit)
    return [
        Topic(name, meant[name], right[name] / read[name] if read[name] else 0.0, right[name] / meant[name])
        for name in sorted(meant)
    ]


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
