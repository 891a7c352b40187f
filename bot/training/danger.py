"""Trains the classifier of the danger screen; it has nothing to do with the dialogue model and is trained apart."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict

from bot.language.encoder import sentence_encoder
from bot.language.fingerprints import fingerprint_of
from bot.language.normalise import normalise
from bot.nlu.misspelling import misspelt
from bot.nlu.vector_cache import encode_cached, vector_cache_file
from bot.safety.classifier import CLASSIFIER, ClassifierError, DangerClassifier
from bot.safety.features import COLUMNS, HALF, Features, counted_ngrams
from bot.safety.graded import SHIPPED_MESSAGES, Graded, graded_messages
from bot.safety.levels import KINDS, DangerLevel
from bot.training.progress import Progress

STRENGTH = 8.0
# More would cost minutes of the first start and move the limits by less than a hundredth.
FOLDS = 3
COPY_WEIGHT = 0.5
# The share of harmless messages that must not be taken for levels 1, 2 and 3.
QUIET = (0.93, 0.943, 0.992)
# The share of dangers that may belie a word in doubt.
BELIED = 0.06

Numbers = NDArray[np.float32]


def see_to_danger_classifier(folder: Path, progress: Progress, messages: Path = SHIPPED_MESSAGES) -> None:
    """Trains a classifier into `folder` unless the one there fits the messages and this code. Raises GradedError."""
    if _fits(folder / CLASSIFIER, messages):
        return
    progress("Learning what is danger")
    folder.mkdir(parents=True, exist_ok=True)
    learn(graded_messages(messages), _fingerprint(messages)).save(folder / CLASSIFIER)


def learn(messages: Sequence[Graded], learnt_from: str) -> DangerClassifier:
    """A classifier whose limits let through only so many of the messages that it has not learnt from."""
    written = [message.text for message in messages]
    texts = [*written, *map(misspelt, written)]
    said = [normalise(text).split() for text in texts]
    vectors = encode_cached(texts, sentence_encoder(), vector_cache_file())
    features = _features(said, vectors)
    levels = np.array([message.level for message in messages])
    rows, dangerous = _rows(features, said, vectors), levels > DangerLevel.NONE
    # Which kind it is, is only asked of what is a danger.
    dangers, rows_of_dangers = [one for one in messages if one.level], rows[np.flatnonzero(np.tile(dangerous, 2))]
    with ThreadPoolExecutor(os.cpu_count()) as learners:
        by_level = list(learners.map(lambda level: _Regression(rows, levels >= level), list(DangerLevel)[1:]))
        by_kind = learners.map(
            lambda kind: _Regression(rows_of_dangers, np.array([kind in one.kinds for one in dangers])), KINDS
        )
        read = list(learners.map(_Regression.read, by_level))
    every = [*by_level, *by_kind]
    return DangerClassifier(
        learnt_from=learnt_from,
        mean=features.mean,
        scale=features.scale,
        rarity=features.rarity,
        weights=_small([one.weights for one in every]),
        bias=_small([one.bias for one in every]),
        limits=_small([np.quantile(likely[~dangerous], share) for likely, share in zip(read, QUIET, strict=True)]),
        doubt=_small(np.quantile(read[0][dangerous], BELIED)),
    )


def _features(said: Sequence[Sequence[str]], vectors: Numbers) -> Features:
    holding = np.zeros(2 * HALF)
    for one in said:
        for places, _ in counted_ngrams(one):
            holding[places] += 1
    rarity = 1 + np.log((1 + len(said)) / (1 + holding))
    return Features(vectors.mean(axis=0), vectors.std(axis=0), _small(rarity))


def _rows(features: Features, said: Sequence[Sequence[str]], vectors: Numbers) -> csr_matrix:
    found = [features.of(one, vector) for one, vector in zip(said, vectors, strict=True)]
    ends = np.cumsum([0, *(len(places) for places, _ in found)])
    places, values = (np.concatenate(part) for part in zip(*found, strict=True))
    return csr_matrix((values, places, ends), shape=(len(said), COLUMNS))


class _Regression:
    """Yes or no, learnt from the rows of the messages and after them, with less weight, those of their copies."""

    def __init__(self, rows: csr_matrix, yes: NDArray[np.bool_]) -> None:
        self._rows, self._yes, self._written = rows, np.tile(yes, 2), len(yes)
        self._share = np.repeat([1.0, COPY_WEIGHT], len(yes))
        self._learnt = _regression().fit(rows, self._yes, sample_weight=self._share)

    @property
    def weights(self) -> Numbers:
        return _small(self._learnt.coef_[0])

    @property
    def bias(self) -> float:
        return float(self._learnt.intercept_[0])

    def read(self) -> Numbers:
        """How likely each message is, read by folds that know no copy of it."""
        read: Numbers = cross_val_predict(
            _regression(),
            self._rows,
            self._yes,
            groups=np.tile(np.arange(self._written), 2),
            cv=StratifiedGroupKFold(FOLDS),
            method="predict_proba",
            fit_params={"sample_weight": self._share},
        )
        return read[: self._written, 1]


def _regression() -> LogisticRegression:
    # liblinear: the same weights as the default (their correlation is 0.99999) in three fifths of the time.
    return LogisticRegression(C=STRENGTH, class_weight="balanced", solver="liblinear", max_iter=3000)


def _small(numbers: object) -> Numbers:
    return np.asarray(numbers, dtype=np.float32)


def _fits(file: Path, messages: Path) -> bool:
    try:
        return DangerClassifier.load(file).learnt_from == _fingerprint(messages)
    except ClassifierError:
        return False


def _fingerprint(messages: Path) -> str:
    """Another one when learning again would give another classifier."""
    return fingerprint_of((), [Path(__file__), *sorted(messages.glob("*.yml"))])
