"""How long a model takes for a message, beside a piece of work that stays the same.

Milliseconds tell more of the machine and its day than of the model, and two models are seldom trained on the same
morning. The piece of work is done right before and right after each message, so whatever slows both cancels out.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

from bot.training.understanding import Understanding, Understood

# As a model does it: letters counted in Python, then a matrix that is larger than the processor's caches.
_TEXT = "jeg sover hos en ven og ved ikke hvor jeg skal gå hen i morgen " * 4
_MATRIX = np.ones((8_000, 384), np.float32)
_VECTOR = np.ones(384, np.float32)


class Timed(Understanding):
    """A model that is timed while it reads; the vectors are worked out before, as the web process does it."""

    def __init__(self, archive: Path) -> None:
        super().__init__(archive)
        self._ratios: list[float] = []

    def read_given(self, text: str, vector: str) -> Understood:
        before = _seconds(yardstick)
        began = perf_counter()
        understood = super().read_given(text, vector)
        took = perf_counter() - began
        self._ratios.append(2 * took / (before + _seconds(yardstick)))
        return understood

    @property
    def pace(self) -> float:
        """How many times as long as that piece of work a message took, at the median of all it has read."""
        return median(self._ratios)


def yardstick() -> float:
    """The piece of work; changed, all figures measured with it before mean something else."""
    counted = Counter(_TEXT[at : at + size] for size in range(2, 6) for at in range(len(_TEXT) - size))
    return float((_MATRIX @ _VECTOR).sum()) + len(counted)


def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began
