"""Finds intents that a neighbour swallows: both are said alike, so no model can tell them apart."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bot.training.files import Example
from bot.training.likeness import Vectors, likenesses

NEIGHBOURS = 5
MOSTLY = 3
"""So many of the nearest utterances of one other intent make an utterance look as if it were of that."""
SWALLOWED = 0.2
"""The share of an intent's utterances that must look so: twice as many as of any shipped intent when this was set."""


@dataclass(frozen=True)
class Swallowed:
    """An intent, the one that it is taken for, and the share of its utterances that look like that one."""

    intent: str
    by: str
    share: float
    example: Example

    def __str__(self) -> str:
        return (
            f"{self.intent}: {self.share:.0%} of its utterances look most like {self.by}, "
            f"such as {self.example.text!r} ({self.example.place})"
        )


def swallowed(examples: Sequence[Example], vectors: Vectors, least: float = SWALLOWED) -> list[Swallowed]:
    """The intents of which that is true, the worst first; `vectors` has one row for each example."""
    each = Counter(example.intent for example in examples)
    taken: dict[tuple[str, str], list[Example]] = {}
    for example, by in zip(examples, _looked_like([one.intent for one in examples], vectors), strict=True):
        if by:
            taken.setdefault((example.intent, by), []).append(example)
    found = [
        Swallowed(intent, by, len(those) / each[intent], those[0])
        for (intent, by), those in taken.items()
        if len(those) >= least * each[intent]
    ]
    return sorted(found, key=lambda one: -one.share)


def _looked_like(intents: Sequence[str], vectors: Vectors) -> Iterator[str | None]:
    """For each row the other intent that most of its nearest rows have, where there is one."""
    for start, nearness in likenesses(vectors):
        for row, near in enumerate(nearness):
            near[start + row] = -np.inf
            nearest = np.argpartition(-near, min(NEIGHBOURS, len(near) - 1))[:NEIGHBOURS]
            name, count = Counter(intents[at] for at in nearest).most_common(1)[0]
            yield name if count >= MOSTLY and name != intents[start + row] else None
