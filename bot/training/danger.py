"""Trains the classifier of the danger screen; it has nothing to do with the dialogue model and is trained apart."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict

from bot.language.encoder import sentence_encoder
from bot.language.fingerprints import fingerprint_of
from bot.nlu.misspelling import misspelt
from bot.nlu.vector_cache import encode_cached, vector_cache_file
from bot.safety.classifier import CLASSIFIER, ClassifierError, DangerClassifier
from bot.safety.features import COLUMNS, HALF, Features, counted_ngrams
from bot.safety.graded import SHIPPED_MESSAGES, Graded, graded_messages
from bot.safety.levels import KINDS, DangerLevel
from bot.training.progress import Progress

STRENGTH = 8.0
FOLDS = 5
COPY_WEIGHT = 0.5
# The share of harmless messages that may be taken for levels 1, 2 and 3.
FALSE_ALARMS = (0.044, 0.011, 0.003)
# The share of dangers that may belie a word in doubt.
BELIED = 0.1

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
    vectors = encode_cached(texts, sentence_encoder(), vector_cache_file())
    features = _features(texts, vectors)
    rows = _rows(features, texts, vectors)
    by_level = [_Regression(rows, [message.level >= level for message in messages]) for level in DangerLevel if level]
    by_kind = [_Regression(rows, [kind in message.kinds for message in messages]) for kind in KINDS]
    every, harmless = [*by_level, *by_kind], np.array([message.level == DangerLevel.NONE for message in messages])
    return DangerClassifier(
        learnt_from=learnt_from,
        mean=features.mean,
        scale=features.scale,
        rarity=features.rarity,
        weights=_small([one.weights for one in every]),
        bias=_small([one.bias for one in every]),
        limits=_limits(by_level, harmless, FALSE_ALARMS),
        doubt=_small(np.quantile(by_level[0].read[~harmless], BELIED)),
    )


def _features(texts: Sequence[str], vectors: Numbers) -> Features:
    holding = np.zeros(2 * HALF)
    for text in texts:
        for places, _ in counted_ngrams(text):
            holding[places] += 1
    rarity = 1 + np.log((1 + len(texts)) / (1 + holding))
    return Features(vectors.mean(axis=0), vectors.std(axis=0), _small(rarity))


def _rows(features: Features, texts: Sequence[str], vectors: Numbers) -> csr_matrix:
    found = [features.of(text, vector) for text, vector in zip(texts, vectors, strict=True)]
    ends = np.cumsum([0, *(len(places) for places, _ in found)])
    places, values = (np.concatenate(part) for part in zip(*found, strict=True))
    return csr_matrix((values, places, ends), shape=(len(texts), COLUMNS))


class _Regression:
    """Yes or no, learnt from the rows of the messages and after them, with less weight, those of their copies."""

    def __init__(self, rows: csr_matrix, yes: Sequence[bool]) -> None:
        self._rows, self._yes, self._written = rows, np.tile(yes, 2), len(yes)
        self._share = np.repeat([1.0, COPY_WEIGHT], len(yes))
        self._learnt = _regression().fit(rows, self._yes, sample_weight=self._share)

    @property
    def weights(self) -> Numbers:
        return _small(self._learnt.coef_[0])

    @property
    def bias(self) -> float:
        return float(self._learnt.intercept_[0])

    @cached_property
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


def _limits(by_level: Sequence[_Regression], harmless: NDArray[np.bool_], shares: Sequence[float]) -> Numbers:
    """For each level the likelihood that this share of the harmless messages reaches."""
    return _small([np.quantile(one.read[harmless], 1 - share) for one, share in zip(by_level, shares, strict=True)])


def _regression() -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=3000)


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
