"""How alike texts are by their vectors."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

ROWS_AT_ONCE = 1000
_LEAST = 1e-9

Vectors = NDArray[np.float32]


def centred(vectors: Vectors) -> Vectors:
    """Each of length 1, after the mean of all is taken away: without that everything is near everything."""
    found: Vectors = vectors - vectors.mean(axis=0)
    found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), _LEAST)
    return found


def likenesses(vectors: Vectors) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """The cosines of each with all, so many rows at a time, with the number of the first row."""
    among = centred(vectors)
    for start in range(0, len(among), ROWS_AT_ONCE):
        yield start, among[start : start + ROWS_AT_ONCE] @ among.T
