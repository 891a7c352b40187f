"""TF-IDF of characters and words, kept as plain files."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

Range = tuple[int, int]


class Ngrams:
    """Weights of character n-grams within words and of word n-grams, learnt from texts already normalised."""

    def __init__(self, characters: Range, words: Range) -> None:
        self._ranges = {"characters": tuple(characters), "words": tuple(words)}
        self._vectorizers = [
            TfidfVectorizer(analyzer="char_wb", ngram_range=tuple(characters), lowercase=False, sublinear_tf=True),
            TfidfVectorizer(
                analyzer="word",
                ngram_range=tuple(words),
                lowercase=False,
                sublinear_tf=True,
                token_pattern=r"\S+",  # noqa: S106 -- no password
            ),
        ]

    def fit(self, texts: Sequence[str]) -> Self:
        """Learns from the texts; ValueError when they hold no word at all."""
        for vectorizer in self._vectorizers:
            vectorizer.fit(texts)
        return self

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """One row per text, shape (n, number of n-grams known); what was never seen weighs nothing."""
        return hstack([vectorizer.transform(texts) for vectorizer in self._vectorizers], format="csr")

    def save(self, folder: Path) -> None:
        """Writes `ngrams.json` and `weights.npz` into the folder."""
        vocabularies = [_in_order(vectorizer.vocabulary_) for vectorizer in self._vectorizers]
        content = {"ranges": self._ranges, "vocabularies": vocabularies}
        (folder / "ngrams.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        np.savez_compressed(folder / "weights.npz", *[vectorizer.idf_ for vectorizer in self._vectorizers])

    @classmethod
    def load(cls, folder: Path) -> Self:
        """What `save` wrote. Raises OSError when it is not there."""
        content = json.loads((folder / "ngrams.json").read_text(encoding="utf-8"))
        ngrams = cls(**content["ranges"])
        with np.load(folder / "weights.npz", allow_pickle=False) as weights:
            for index, (vectorizer, vocabulary) in enumerate(
                zip(ngrams._vectorizers, content["vocabularies"], strict=True)
            ):
                vectorizer.vocabulary = {ngram: place for place, ngram in enumerate(vocabulary)}
                vectorizer.idf_ = weights[f"arr_{index}"]
        return ngrams


def _in_order(vocabulary: dict[str, int]) -> list[str]:
    return sorted(vocabulary, key=vocabulary.__getitem__)
