"""Tests of significance for two models that have read the same messages: how likely chance alone would lose so much.

One-sided: a model that is better is never in doubt.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from bot.training.gates.verdict import Pair
from bot.training.models.predictions import Prediction

SIGNIFICANT = 0.05
ROUNDS = 4_000
SEED = 0

Numbers = NDArray[np.float32]
Weights = NDArray[np.float32]


def likely_by_chance(lost: int, won: int) -> float:
    """McNemar's test, exact: that of the messages read differently so many or more are lost."""
    return float(binom.sf(lost - 1, lost + won, 0.5))


class F1Losses:
    """How much of macro F1 was lost from one model to the next, and how likely by chance.

    By approximate randomisation (Noreen 1989; Yeh 2000): were both alike, each message's two readings could change
    places. F1 is no mean over messages, so McNemar's test cannot tell of it.
    """

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.intents = sorted({pair.label for pair in pairs if pair.label})
        self._before = self._counted(pairs, [pair.before for pair in pairs])
        self._now = self._counted(pairs, [pair.now for pair in pairs])
        changed = (self._now - self._before).reshape(len(pairs), -1)
        differs = changed.any(axis=1)
        swapped = np.random.default_rng(SEED).random((ROUNDS, int(differs.sum()))) < 1 / 2
        moved = (swapped.astype(np.float32) @ changed[differs]).reshape(ROUNDS, *self._now.shape[1:])
        self._swapped_before = _f1(self._before.sum(axis=0) + moved)
        self._swapped_now = _f1(self._now.sum(axis=0) - moved)

    @property
    def topics(self) -> list[str]:
        """What the intents begin with: `housing_` for `housing_deposit`."""
        return sorted({intent.partition("_")[0] + "_" for intent in self.intents})

    def f1(self, topic: str) -> tuple[float, float]:
        """Macro F1 over the intents that begin so, before and now."""
        weights = self._weights(topic)
        return float(_f1(self._before.sum(axis=0)) @ weights), float(_f1(self._now.sum(axis=0)) @ weights)

    def likely_by_chance(self, topic: str) -> float:
        """That as much or more is lost."""
        before, now = self.f1(topic)
        by_chance = (self._swapped_before - self._swapped_now) @ self._weights(topic)
        return float((1 + (by_chance >= before - now - 1e-6).sum()) / (1 + ROUNDS))

    def _weights(self, topic: str) -> Weights:
        belongs = np.array([intent.startswith(topic) for intent in self.intents], np.float32)
        return belongs / belongs.sum()

    def _counted(self, pairs: Sequence[Pair], read: Sequence[Prediction]) -> Numbers:
        """Of each message and intent: twice whether it was rightly read so; and how often it is meant or read."""
        counted = np.zeros((len(pairs), 2, len(self.intents)), np.float32)
        at = {intent: number for number, intent in enumerate(self.intents)}
        for row, pair, one in zip(counted, pairs, read, strict=True):
            right = pair.right(one)
            # What is accepted is the truth of its row, as in `bot.training.evaluate`.
            truth = one.read if right else pair.label
            for number, intent in enumerate((one.read, truth)):
                if intent in at:
                    row[1, at[intent]] += 1
                    row[0, at[intent]] += 2 * (right and number == 0)
        return counted


def _f1(counted: Numbers) -> Numbers:
    """Along the last axis; `counted` holds twice the hits, and hits with misses of both kinds, along the one before."""
    hits, all_ = counted[..., 0, :], counted[..., 1, :]
    return np.divide(hits, all_, out=np.zeros_like(hits), where=all_ > 0)
