"""Trains the classifier of the danger screen; it has nothing to do with the dialogue model and is trained apart."""

import os
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict

from bot.language.encoder import sentence_encoder
from bot.language.fingerprints import fingerprint_of
from bot.language.normalise import normalise
from bot.language.speller import LEAST
from bot.nlu.misspelling import misspelt
from bot.nlu.vector_cache import encode_cached, vector_cache_file
from bot.safety.classifier import CLASSIFIER, LEVELS, ClassifierError, DangerClassifier, likelihoods, together
from bot.safety.features import COLUMNS, HALF, Features, counted_ngrams
from bot.safety.graded import SHIPPED_MESSAGES, Graded, GradedError, graded_messages
from bot.safety.levels import KINDS, DangerLevel
from bot.safety.reader import danger_reader
from bot.training.progress import Progress

STRENGTH = 8.0
# More would cost minutes of the first start and move the limits by less than a hundredth.
FOLDS = 3
# Every second message is misspelt once: a copy of each found less of what is written well.
COPY_EACH, COPY_WEIGHT = 2, 0.5
# The share of harmless messages that must not be taken for levels 1, 2 and 3. At most 4 % false alarms are asked for.
QUIET = (0.925, 0.96, 0.992)
# The share of dangers that may belie a word in doubt: from one to three hundredths, dangers that stood apart lost three
# in a thousand, and one false alarm in five went.
BELIED = 0.03

Numbers = NDArray[np.float32]
Answers = NDArray[np.bool_]


def see_to_danger_classifier(folder: Path, progress: Progress, messages: Path = SHIPPED_MESSAGES) -> None:
    """Sees that the classifier in `folder` fits the messages and this code: the one kept beside them, or a new one.

    Raises GradedError.
    """
    if fits(folder / CLASSIFIER, messages):
        return
    folder.mkdir(parents=True, exist_ok=True)
    kept = messages.parent / CLASSIFIER
    if fits(kept, messages):
        DangerClassifier.load(kept).save(folder / CLASSIFIER)
        return
    progress("Learning what is danger")
    learn(graded_messages(messages), _fingerprint(messages)).save(folder / CLASSIFIER)


def fits(file: Path, messages: Path = SHIPPED_MESSAGES) -> bool:
    """Whether a classifier lies there that learnt from just these messages, by this code."""
    try:
        return DangerClassifier.load(file).learnt_from == _fingerprint(messages)
    except ClassifierError:
        return False


def learn(messages: Sequence[Graded], learnt_from: str) -> DangerClassifier:
    """A classifier whose limits let through only so many of the messages that neither reading has learnt from.

    Raises GradedError where too few stand apart to tell.
    """
    apart = _apart(messages)
    lessons, features = _lessons(messages)
    levels = np.array([message.level for message in messages])
    dangerous = levels > DangerLevel.NONE
    # Which kind it is, is only asked of what is a danger.
    dangers = lessons.only(dangerous)
    of_kinds = [np.array([kind in message.kinds for message in messages]) for kind in KINDS]
    at_least = [levels >= level for level in DangerLevel if level]
    with ThreadPoolExecutor(os.cpu_count()) as learners:
        every = [*learners.map(lessons.learnt, at_least), *learners.map(dangers.learnt, of_kinds)]
        read = np.stack(list(learners.map(lessons.read, at_least)), axis=1)
    likely = likelihoods(together(read[apart], _told([messages[number].text for number in apart])))
    words, often = _words(messages)
    return DangerClassifier(
        learnt_from=learnt_from,
        mean=features.mean,
        scale=features.scale,
        rarity=features.rarity,
        weights=_small([one.coef_[0] for one in every]),
        bias=_small([one.intercept_[0] for one in every]),
        limits=_small(list(map(np.quantile, likely[~dangerous[apart]].T, QUIET))),
        doubt=_small(_doubt(likely, levels[apart])),
        words=words,
        often=often,
    )


def _doubt(likely: Numbers, levels: NDArray[np.int_]) -> list[float]:
    """How likely all but BELIED of the dangers are any, and of the clear dangers a clear one."""
    any_, clear = (likely[levels >= level, level - 1 :].max(axis=1) for level in DangerLevel if level in (1, 2))
    return [float(np.quantile(each, BELIED)) for each in (any_, clear)]


def _words(messages: Sequence[Graded]) -> tuple[NDArray[np.str_], NDArray[np.int64]]:
    """The words of the messages and how often each was written; what was written once may be a slip itself."""
    counts = Counter(word for message in messages for word in normalise(message.text).split())
    known = {word: often for word, often in counts.items() if often >= LEAST}
    return np.array(list(known)), np.array(list(known.values()), dtype=np.int64)


def _apart(messages: Sequence[Graded]) -> NDArray[np.intp]:
    apart = [number for number, message in enumerate(messages) if message.apart]
    if len({messages[number].level > DangerLevel.NONE for number in apart}) < 2:  # noqa: PLR2004
        raise GradedError("of dangers and of harmless messages some must stand apart, to set limits by")
    return np.array(apart)


def _told(texts: Sequence[str]) -> Numbers:
    """What the tuned layers tell of each level, shape (texts, LEVELS)."""
    with ThreadPoolExecutor(os.cpu_count()) as readers:
        return np.array([meaning.told[:LEVELS] for meaning in readers.map(danger_reader().read, texts)])


@dataclass(frozen=True)
class _Lessons:
    """The rows of all messages, and after them those of their misspelt copies; `of` says whose each row is."""

    rows: csr_matrix
    of: NDArray[np.intp]
    weights: Numbers

    def only(self, chosen: Answers) -> "_Lessons":
        """Those of the chosen messages."""
        kept = np.flatnonzero(chosen[self.of])
        return _Lessons(self.rows[kept], self.of[kept], self.weights[kept])

    def learnt(self, answers: Answers) -> LogisticRegression:
        """A regression that has learnt the answer, yes or no, to each message."""
        return _regression().fit(self.rows, answers[self.of], sample_weight=self.weights)

    def read(self, answers: Answers) -> Numbers:
        """The score (log odds) of a yes to each message, by folds that know no copy of it. Asks for the rows of all."""
        read: Numbers = cross_val_predict(
            _regression(),
            self.rows,
            answers[self.of],
            groups=self.of,
            cv=StratifiedGroupKFold(FOLDS),
            method="decision_function",
            fit_params={"sample_weight": self.weights},
        )
        return read[: len(answers)]


def _lessons(messages: Sequence[Graded]) -> tuple[_Lessons, Features]:
    of = np.array([*range(len(messages)), *range(0, len(messages), COPY_EACH)])
    written = [messages[number].text for number in of]
    texts = [*written[: len(messages)], *map(misspelt, written[len(messages) :])]
    said = [normalise(text).split() for text in texts]
    vectors = encode_cached(texts, sentence_encoder(), vector_cache_file())
    features = _features(said, vectors)
    weights = np.array([message.weight for message in messages])[of]
    weights[len(messages) :] *= COPY_WEIGHT
    return _Lessons(_rows(features, said, vectors), of, weights), features


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


def _regression() -> LogisticRegression:
    # liblinear: the same weights as the default (their correlation is 0.99999) in three fifths of the time.
    return LogisticRegression(C=STRENGTH, class_weight="balanced", solver="liblinear", max_iter=3000)


def _small(numbers: object) -> Numbers:
    return np.asarray(numbers, dtype=np.float32)


def _fingerprint(messages: Path) -> str:
    """Another one when learning again would give another classifier."""
    return fingerprint_of((), [Path(__file__), *sorted(messages.glob("*.yml"))])
