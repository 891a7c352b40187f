"""TF-IDF of characters and words, kept as plain files."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.language.speller import Speller

Range = tuple[int, int]

_FEW = 100
"""With fewer texts, an n-gram across words is learnt though it stands in one only."""
_PIECE = 4


class Ngrams:
    """Weights of the n-grams of texts already normalised, whose unknown words are to be mended by those learnt.

    `characters` are taken within words, `across` likewise from the text without its spaces, `words` are whole ones.
    """

    def __init__(self, characters: Range, words: Range, across: Range) -> None:
        self._ranges = {"characters": tuple(characters), "words": tuple(words), "across": tuple(across)}
        self._vectorizers = [
            _vectorizer("char_wb", characters),
            _vectorizer("word", words),
            _vectorizer("char", across),
        ]
        self._speller = Speller({}, {})

    def fit(self, texts: Sequence[str]) -> Self:
        """Learns from the texts; ValueError when they hold no word at all."""
        self._speller = Speller.learn(texts)
        self._vectorizers[-1].min_df = 1 if len(texts) < _FEW else 2
        for vectorizer, view in zip(self._vectorizers, _views(self.mended(texts)), strict=True):
            vectorizer.fit(view)
        return self

    def mended(self, texts: Sequence[str]) -> list[str]:
        """The texts with their unknown words mended: what the rest is asked about."""
        return [self._speller.mended(text) for text in texts]

    def transform(self, mended: Sequence[str]) -> csr_matrix:
        """One row per text, shape (n, number of n-grams known); what was never seen weighs nothing."""
        views = zip(self._vectorizers, _views(mended), strict=True)
        return hstack([vectorizer.transform(view) for vectorizer, view in views], format="csr")

    def familiar(self, mended: str) -> float:
        """How far a text is made as words learnt from are: 1 where it holds one of them, or no letters at all.

        Else the share of its pieces of four letters that stand in them: 0 for "jfkdls", 0.7 for a new compound.
        """
        characters, known, _ = (one.vocabulary_ for one in self._vectorizers)
        words = [word for word in mended.split() if any(map(str.isalpha, word))]
        if not words or not known.keys().isdisjoint(words):
            return 1.0
        pieces = [piece for word in words for piece in _pieces(f" {word} ")]
        return sum(piece in characters for piece in pieces) / len(pieces)

    def save(self, folder: Path) -> None:
        """Writes `ngrams.json` and `weights.npz` into the folder."""
        vocabularies = [_in_order(vectorizer.vocabulary_) for vectorizer in self._vectorizers]
        content = {"ranges": self._ranges, "vocabularies": vocabularies, "speller": self._speller.as_numbers()}
        (folder / "ngrams.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        np.savez_compressed(folder / "weights.npz", *[vectorizer.idf_ for vectorizer in self._vectorizers])

    @classmethod
    def load(cls, folder: Path) -> Self:
        """What `save` wrote. Raises OSError when it is not there."""
        content = json.loads((folder / "ngrams.json").read_text(encoding="utf-8"))
        ngrams = cls(**content["ranges"])
        ngrams._speller = Speller(**content["speller"])
        with np.load(folder / "weights.npz", allow_pickle=False) as weights:
            for index, (vectorizer, vocabulary) in enumerate(
                zip(ngrams._vectorizers, content["vocabularies"], strict=True)
            ):
                vectorizer.vocabulary = {ngram: place for place, ngram in enumerate(vocabulary)}
                vectorizer.idf_ = weights[f"arr_{index}"]
        return ngrams


def _views(mended: Sequence[str]) -> tuple[Sequence[str], Sequence[str], list[str]]:
    return mended, mended, [text.replace(" ", "") for text in mended]


def _pieces(word: str) -> list[str]:
    return [word[at : at + _PIECE] for at in range(max(1, len(word) - _PIECE + 1))]


def _vectorizer(analyzer: str, lengths: Range) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer=analyzer,
        ngram_range=tuple(lengths),
        lowercase=False,
        sublinear_tf=True,
        token_pattern=r"\S+" if analyzer == "word" else None,
    )


def _in_order(vocabulary: dict[str, int]) -> list[str]:
    return sorted(vocabulary, key=vocabulary.__getitem__)
