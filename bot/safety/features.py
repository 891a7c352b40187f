"""A message as the numbers that the classifier of danger weighs: what it means, and its words and letters."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.language.encoder import DIMENSIONS

# One half of the buckets for words and their neighbours, one for the letters within words; no vocabulary is kept.
HALF = 2**15
COLUMNS = DIMENSIONS + 2 * HALF
# How much the meaning weighs beside either half.
DENSE_WEIGHT = 0.05
MOST_WORDS = 3
SHORTEST, LONGEST = 2, 5

Numbers = NDArray[np.float32]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Features:
    """What was learnt of the features: `mean` and `scale` of each of DIMENSIONS, `rarity` of each bucket."""

    mean: Numbers
    scale: Numbers
    rarity: Numbers

    def of(self, said: Sequence[str], vector: Numbers) -> tuple[Places, Numbers]:
        """The columns of COLUMNS that are not 0, none twice, and their values.

        `said` are the normalised words of the message, `vector` has shape (DIMENSIONS,).
        """
        meaning = (vector - self.mean) / self.scale * DENSE_WEIGHT
        halves = [(places, self._weighed(places, counts)) for places, counts in counted_ngrams(said)]
        places = [np.arange(DIMENSIONS), *(DIMENSIONS + half for half, _ in halves)]
        return np.concatenate(places), np.concatenate([meaning, *(values for _, values in halves)], dtype=np.float32)

    def _weighed(self, places: Places, counts: Numbers) -> Numbers:
        values = (1 + np.log(counts)) * self.rarity[places]
        return np.asarray(values / max(np.linalg.norm(values), 1e-9), dtype=np.float32)


def counted_ngrams(said: Sequence[str]) -> tuple[tuple[Places, Numbers], ...]:
    """Of words and of letters: the buckets that the message falls into, none twice, and how often."""
    return _counted(_word_ngrams(said), 0), _counted(_letter_ngrams(said), HALF)


def _counted(grams: Iterator[str], first: int) -> tuple[Places, Numbers]:
    counts = Counter(first + crc32(gram.encode("utf-8", "replace")) % HALF for gram in grams)
    return np.fromiter(counts.keys(), np.int64, len(counts)), np.fromiter(counts.values(), np.float32, len(counts))


def _word_ngrams(said: Sequence[str]) -> Iterator[str]:
    for length in range(1, MOST_WORDS + 1):
        for start in range(len(said) - length + 1):
            yield " ".join(said[start : start + length])


def _letter_ngrams(said: Sequence[str]) -> Iterator[str]:
    for word in said:
        bounded = f" {word} "
        for length in range(SHORTEST, min(LONGEST, len(bounded)) + 1):
            for start in range(len(bounded) - length + 1):
                yield bounded[start : start + length]
