"""How long a model takes for a message, beside a piece of work that stays the same.

Milliseconds tell more of the machine and its day than of the model, and two models are seldom trained on the same
morning. The piece of work is done right before and right after each message, so whatever slows both cancels out.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median
from time import perf_counter

import numpy as np

from bot.language.encoder import pack, sentence_encoder
from bot.training.progress import Progress, unwatched
from bot.training.understanding import Understanding

MESSAGES = 120
# As a model does it: letters counted in Python, then a matrix that is larger than the processor's caches.
_TEXT = "jeg sover hos en ven og ved ikke hvor jeg skal gå hen i morgen " * 4
_MATRIX = np.ones((8_000, 384), np.float32)
_VECTOR = np.ones(384, np.float32)


def pace(understanding: Understanding, texts: Sequence[str], progress: Progress = unwatched) -> float:
    """How many times as long as that piece of work a message takes, at the median over the first of the texts.

    The vectors are worked out before, as the web process does it.
    """
    some = texts[:MESSAGES]
    vectors = [pack(vector) for vector in sentence_encoder().encode(some)]
    ratios = []
    for text, vector in zip(some, vectors, strict=True):
        before = _seconds(yardstick)
        took = _seconds(partial(understanding.read_given, text, vector))
        ratios.append(2 * took / (before + _seconds(yardstick)))
        progress("Measuring how long a message takes", len(ratios), len(some))
    return median(ratios) if ratios else 0.0


def yardstick() -> float:
    """The piece of work; changed, all figures measured with it before mean something else."""
    counted = Counter(_TEXT[at : at + size] for size in range(2, 6) for at in range(len(_TEXT) - size))
    return float((_MATRIX @ _VECTOR).sum()) + len(counted)


def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began
