"""A message as the classifier of danger reads it: its meaning, and what the encoder's tuned layers tell of it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from bot.language.e5.tuning import Tuning
from bot.language.encoder import Encoder, sentence_encoder
from bot.safety.features import Numbers

SHIPPED_TUNING = Path(__file__).parents[2] / "data" / "safety" / "tuned.npz"
# Beside the layers' numbers in the file: what makes their vector into scores.
HEAD_WEIGHTS, HEAD_BIAS = "head.w", "head.b"


@dataclass(frozen=True, slots=True)
class Meaning:
    """`vector`: what the encoder makes of a message, shape (DIMENSIONS,), the same that the dialogue model gets.

    `told`: scores (log odds) for "at least level 1, 2, 3" and for each of KINDS.
    """

    vector: Numbers
    told: Numbers


class Reader:
    """Reads messages for the classifier of danger. May be shared by threads."""

    def __init__(self, encoder: Encoder, tuning: Tuning) -> None:
        self._tuned = encoder.tuned_by(tuning)
        self._weights, self._bias = tuning.numbers[HEAD_WEIGHTS], tuning.numbers[HEAD_BIAS]

    def read(self, text: str) -> Meaning:
        """Takes any text."""
        vector, tuned = self._tuned.read(text)
        return Meaning(vector, np.asarray(tuned @ self._weights + self._bias, dtype=np.float32))


@cache
def danger_reader() -> Reader:
    """The reader of this process, with this checkout's tuning. Raises TuningError."""
    return Reader(sentence_encoder(), Tuning.load(SHIPPED_TUNING))
