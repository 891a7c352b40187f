"""What a message as a whole tells of danger: a linear classifier of its meaning, its words and its letters.

It is told apart from the patterns: they know words that were thought of, it knows what is meant about the same.
"""

import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from bot.language.fingerprints import encoder_fingerprint, fingerprint_of
from bot.language.normalise import SENTENCE_END
from bot.safety import features as features_code
from bot.safety.features import Features, Numbers
from bot.safety.levels import KINDS, DangerLevel

CLASSIFIER = "danger.npz"
LEVELS = 3
# So few words tell little, and are mostly an answer to what was just asked: then the likelihood must be high.
FEW_WORDS = 7
LIMIT_OF_FEW_WORDS = 0.93
# It has learnt from hardly any longer message, and much that is calm hides what is not: then words count as they stand.
MOST_WORDS_BELIED = 60


class ClassifierError(Exception):
    """There is no trained classifier that fits this code; the message names the file and says what to do."""


@cache
def code_fingerprint() -> str:
    """Another one when the numbers of a classifier would mean something else: to this code, or for the encoder's."""
    return fingerprint_of([features_code], [Path(__file__)]) + encoder_fingerprint()


@dataclass(frozen=True, slots=True)
class Judgement:
    """The level that the whole tells of, and its likeliest kind; no kind at level NONE.

    `belies` says that it is so unlike every danger that a word which only may mean one means none.
    """

    level: DangerLevel = DangerLevel.NONE
    kind: str | None = None
    belies: bool = False


@dataclass(frozen=True)
class DangerClassifier:
    """Weights of a logistic regression each (rows) for "at least level 1, 2, 3" and for each of KINDS.

    `limits` are the likelihoods from which a level counts; a message with all below `doubt` belies a word in
    doubt. `learnt_from` is the fingerprint of the messages.
    """

    learnt_from: str
    mean: Numbers
    scale: Numbers
    rarity: Numbers
    weights: Numbers
    bias: Numbers
    limits: Numbers
    doubt: Numbers

    def judge(self, said: Sequence[str], vector: Numbers) -> Judgement:
        """The highest level whose limit is reached with those of the levels below it.

        `said` are the normalised words, `vector` is what the encoder makes of the message, shape (DIMENSIONS,).
        """
        places, values = self._features.of(said, vector)
        scores = self.weights[:, places] @ values + self.bias
        likely = 1 / (1 + np.exp(-scores[:LEVELS]))
        count = sum(word != SENTENCE_END for word in said)
        limits = np.maximum(self.limits, LIMIT_OF_FEW_WORDS) if count <= FEW_WORDS else self.limits
        # The regressions know nothing of each other: one alone finds danger to life where there is no danger at all.
        level = DangerLevel(int(np.cumprod(likely >= limits).sum()) if count else 0)
        if not level:
            return Judgement(belies=bool(likely.max() < self.doubt and count <= MOST_WORDS_BELIED))
        return Judgement(level, KINDS[int(scores[LEVELS:].argmax())])

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
