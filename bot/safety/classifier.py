"""What a message as a whole tells of danger: two readings of it, which learnt apart, and the mean of what they say.

The one is linear, over its meaning, its words and its letters; the other is the encoder's own, with tuned layers.

It is told apart from the patterns: they know words that were thought of, it knows what is meant about the same.
"""

import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.language.fingerprints import encoder_fingerprint, fingerprint_of
from bot.language.normalise import SENTENCE_END, mend
from bot.language.speller import Speller
from bot.safety import features as features_code
from bot.safety.features import Features, Numbers
from bot.safety.levels import KINDS, DangerLevel
from bot.safety.reader import SHIPPED_TUNING, Meaning

CLASSIFIER = "danger.npz"
LEVELS = 3
# It has learnt from hardly any longer message, and much that is calm hides what is not: then words count as they stand.
MOST_WORDS_BELIED = 60


class ClassifierError(Exception):
    """There is no trained classifier that fits this code; the message names the file and says what to do."""


@cache
def code_fingerprint() -> str:
    """Another one when the numbers of a classifier would mean something else: to this code, or for the encoder's."""
    return fingerprint_of([features_code], [Path(__file__), SHIPPED_TUNING]) + encoder_fingerprint()


@dataclass(frozen=True, slots=True)
class Judgement:
    """The level that the whole tells of, and its likeliest kind; no kind at level NONE.

    `doubtful` is the highest level that a word in doubt may raise it to: none where the whole is unlike every danger,
    a check-in where it is only unlike the clear ones.
    """

    level: DangerLevel = DangerLevel.NONE
    kind: str | None = None
    doubtful: DangerLevel = DangerLevel.ACUTE


def likelihoods(scores: Numbers) -> Numbers:
    """Of log odds, from 0 to 1."""
    return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float32)


def together(linear: Numbers, told: Numbers) -> Numbers:
    """One score of two, of log odds that were learnt apart."""
    return (linear + told) / 2


@dataclass(frozen=True)
class DangerClassifier:
    """Weights of a logistic regression each (rows) for "at least level 1, 2, 3" and for each of KINDS.

    `limits` are the likelihoods from which a level counts. A message that is less likely any danger than the first of
    `doubt`, or a clear one than the second, belies a word in doubt.
    `words` were written in the messages, each so `often`. `learnt_from` is the fingerprint of the messages.
    """

    learnt_from: str
    mean: Numbers
    scale: Numbers
    rarity: Numbers
    weights: Numbers
    bias: Numbers
    limits: Numbers
    doubt: Numbers
    words: NDArray[np.str_]
    often: NDArray[np.int64]

    def mended(self, text: str) -> str:
        """The text as `judge` should read it: a word never learnt from as the known one, or two, that it may be."""
        return mend(text, self._speller.mended)

    @cached_property
    def _speller(self) -> Speller:
        return Speller(dict(zip(self.words.tolist(), self.often.tolist(), strict=True)), {})

    def judge(self, said: Sequence[str], meaning: Meaning) -> Judgement:
        """The highest level whose limit is reached with those of the levels below it; `said` are normalised words."""
        places, values = self._features.of(said, meaning.vector)
        scores = together(self.weights[:, places] @ values + self.bias, meaning.told)
        likely = likelihoods(scores[:LEVELS])
        count = sum(word != SENTENCE_END for word in said)
        # The regressions know nothing of each other: one alone finds danger to life where there is no danger at all.
        level = DangerLevel(int(np.cumprod(likely >= self.limits).sum()) if count else 0)
        doubtful = self._doubtful(level, likely) if count <= MOST_WORDS_BELIED else DangerLevel.ACUTE
        return Judgement(level, KINDS[int(scores[LEVELS:].argmax())] if level else None, doubtful)

    def _doubtful(self, level: DangerLevel, likely: Numbers) -> DangerLevel:
        if not level and likely.max() < self.doubt[0]:
            return DangerLevel.NONE
        if level < DangerLevel.CLEAR and likely[1:].max() < self.doubt[1]:
            return DangerLevel.CHECK_IN
        return DangerLevel.ACUTE

    @cached_property
    def _features(self) -> Features:
        return Features(self.mean, self.scale, self.rarity)

    def save(self, file: Path) -> None:
        """Writes it whole or not at all."""
        numbers = {field.name: getattr(self, field.name) for field in fields(self)}
        unfinished = file.with_name(f".{os.getpid()}.{file.name}")
        with unfinished.open("wb") as opened:
            np.savez(opened, made_with=np.array(code_fingerprint()), **numbers)
        unfinished.replace(file)

    @classmethod
    def load(cls, file: Path) -> "DangerClassifier":
        """Raises ClassifierError for a file that is missing, broken or made by other code."""
        try:
            with np.load(file) as kept:
                made_with = str(kept["made_with"])
                numbers = {field.name: kept[field.name] for field in fields(cls)}
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise ClassifierError(f"{file}: {error}; `hjemad train` makes one") from error
        if made_with != code_fingerprint():
            raise ClassifierError(f"{file}: made by other code; `hjemad train` makes a new one")
        return cls(**numbers | {"learnt_from": str(numbers["learnt_from"])})
