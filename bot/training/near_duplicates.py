"""Finds utterances that say what another says: nothing is learnt from the second, and tests look too good."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from bot.language.normalise import normalise
from bot.training.files import Example
from bot.training.likeness import Vectors, likenesses

SAME_LETTERS = 0.8
"""Share of the character 4-grams of both that they have in common (Jaccard)."""
SAME_MEANING = 0.925
"""Cosine of two vectors after the mean of all is taken away."""
FEWEST_NGRAMS = 8
"""A shorter text has too few n-grams to be judged by them."""


@dataclass(frozen=True)
class NearDuplicate:
    """Two utterances that are too near, and by which measure."""

    first: Example
    second: Example
    measure: str
    nearness: float

    def __str__(self) -> str:
        return f"{self.second.place}: {self.second.text!r} is {self.measure} {self.first.text!r} in {self.first.place}"


def near_duplicates(examples: Sequence[Example], vectors: Vectors) -> list[NearDuplicate]:
    """All pairs that are too near; `vectors` has one row for each example."""
    letters = ((i, j, "written like", near) for i, j, near in _same_letters([one.text for one in examples]))
    meaning = ((i, j, "meant like", near) for i, j, near in _same_meaning(vectors))
    return [NearDuplicate(examples[i], examples[j], how, near) for i, j, how, near in (*letters, *meaning)]


def near_copies(measured: Sequence[str], learnt: Sequence[str]) -> list[tuple[str, str]]:
    """Each text of `measured` that is written like one of `learnt`, with that one; by letters alone, within seconds."""
    ngrams = _ngrams([*measured, *learnt])
    pairs = _alike(ngrams[: len(measured)], ngrams[len(measured) :])
    return [(measured[i], learnt[j]) for i, j, _ in pairs]


def _same_letters(texts: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    ngrams = _ngrams(texts)
    return ((i, j, nearness) for i, j, nearness in _alike(ngrams, ngrams) if i < j)


def _ngrams(texts: Sequence[str]) -> csr_matrix:
    counter = CountVectorizer(analyzer="char_wb", ngram_range=(4, 4), binary=True, lowercase=False)
    ngrams: csr_matrix = counter.fit_transform([normalise(text) for text in texts]).astype(np.float32)
    return ngrams


def _alike(first: csr_matrix, second: csr_matrix) -> Iterator[tuple[int, int, float]]:
    """Rows of the first and the second that are written alike, and how near they are."""
    of_first, of_second = (np.asarray(ngrams.sum(axis=1)).ravel() for ngrams in (first, second))
    shared = (first @ second.T).tocoo()
    sizes, others = of_first[shared.row], of_second[shared.col]
    nearness = shared.data / (sizes + others - shared.data)
    near = (nearness >= SAME_LETTERS) & (np.minimum(sizes, others) >= FEWEST_NGRAMS)
    for i, j, share in zip(shared.row[near], shared.col[near], nearness[near], strict=True):
        yield int(i), int(j), float(share)


def _same_meaning(vectors: Vectors) -> Iterator[tuple[int, int, float]]:
    for start, nearness in likenesses(vectors):
        for row, other in np.argwhere(nearness >= SAME_MEANING):
            if start + row < other:
                yield int(start + row), int(other), float(nearness[row, other])
