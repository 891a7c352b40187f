"""Messages that mean about the same, so that one decision serves them all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ALIKE = 0.88
"""The cosine from which two messages mean about the same; chosen on the training utterances (ADR 0034)."""
MOST = 40
"""Messages in a group: more nobody reads before deciding on all of them."""


@dataclass(frozen=True, eq=False)
class Item:
    """A message to be grouped: `key` tells it from all others, the dearest begins a group. Of length 1: the vector."""

    key: str
    read_as: str | None
    cost: float
    vector: NDArray[np.float32]


def grouped(items: Iterable[Item], alike: float = ALIKE) -> list[list[Item]]:
    """The groups: all of a group were read as the same, and each is like the first one; whatever the order of `items`.

    A message joins the group whose first one it is most like; where there is none that is like enough it begins one.
    """
    by_reading: dict[str | None, list[Item]] = defaultdict(list)
    for item in sorted(items, key=lambda one: (-one.cost, one.key)):
        by_reading[item.read_as].append(item)
    readings = sorted(by_reading, key=lambda read_as: read_as or "")
    return [group for read_as in readings for group in _groups(by_reading[read_as], alike)]


def _groups(items: Sequence[Item], alike: float) -> list[list[Item]]:
    groups: list[list[Item]] = []
    firsts = np.zeros((len(items), items[0].vector.size), dtype=np.float32)
    for item in items:
        likeness = firsts[: len(groups)] @ item.vector
        near = next((place for place in _nearest(likeness, alike) if len(groups[place]) < MOST), None)
        if near is None:
            firsts[len(groups)] = item.vector
            groups.append([item])
        else:
            groups[near].append(item)
    return groups


def _nearest(likeness: NDArray[np.float32], alike: float) -> list[int]:
    """The places that are like enough, the likest first."""
    enough = np.flatnonzero(likeness >= alike)
    return [int(place) for place in enough[np.argsort(-likeness[enough], kind="stable")]]
