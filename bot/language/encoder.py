"""Meaning as numbers: the multilingual sentence encoder, behind an interface because its package has one author."""

import base64
import binascii
import threading
from collections.abc import Sequence
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.language.e5.tuning import Tuning

DIMENSIONS = 384


class VectorError(ValueError):
    """A packed vector cannot be read; the message says why."""


class Encoder(Protocol):
    """Turns texts into vectors of which near ones mean about the same."""

    dimensions: int

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text, shape (n, dimensions), each of length 1. Takes any text, the empty one too."""

    def tuned_by(self, tuning: Tuning) -> "TunedEncoder":
        """The same encoder with what a tuning has learnt beside it."""


class TunedEncoder(Protocol):
    """Reads a text twice for little more than once: as the encoder does, and as its tuned layers do."""

    def read(self, text: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """What `encode` makes of the text, and what the tuned layers make of it, each of shape (dimensions,)."""


_loading = threading.Lock()


@cache
def _only_encoder() -> Encoder:
    from bot.language.e5.e5 import E5  # noqa: PLC0415 -- only the process that encodes shall pay for it

    return E5()


def sentence_encoder() -> Encoder:
    """The encoder of this process; the first call loads it."""
    with _loading:
        return _only_encoder()


def pack(vector: NDArray[np.float32]) -> str:
    """The vector as text (base64 of little-endian float32), to travel in a message's metadata."""
    return base64.b64encode(np.asarray(vector, dtype="<f4").tobytes()).decode("ascii")


def unpack(text: object) -> NDArray[np.float32]:
    """What `pack` packed, shape (384,). Raises VectorError for anything else."""
    if not isinstance(text, str):
        raise VectorError(f"a packed vector is text, not {type(text).__name__}")
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise VectorError("a packed vector must be base64") from error
    if len(data) != DIMENSIONS * 4:
        raise VectorError(f"a packed vector holds {DIMENSIONS * 4} bytes, not {len(data)}")
    vector = np.frombuffer(data, dtype="<f4").astype(np.float32)
    if not np.isfinite(vector).all():
        raise VectorError("a packed vector holds finite numbers only")
    return vector
