"""Multinomial logistic regression over sparse and dense features, kept as plain numbers."""

import json
import os
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from scipy.special import log_softmax, softmax
from sklearn.model_selection import StratifiedKFold

from bot.nlu.solver import least_surprise

Matrix = NDArray[np.float32]
Places = NDArray[np.int64]

PARTS_TESTED = 2


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of n messages: `sparse` of shape (n, f), `dense` of shape (n, d)."""

    sparse: csr_matrix
    dense: Matrix

    def rows(self, chosen: Places) -> "Features":
        """The messages at these places."""
        return Features(self.sparse[chosen], self.dense[chosen])


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is learnt from: n messages, what they mean, and which of them is a copy of which.

    `origins` of shape (n,) holds the place of the message that each is a copy of, its own where somebody wrote it.
    """

    features: Features
    labels: Sequence[str]
    origins: Places

    @property
    def written(self) -> Places:
        """The places of what somebody wrote."""
        return np.flatnonzero(self.origins == np.arange(len(self.origins)))

    def worth(self, copy_weight: float) -> Matrix:
        """How much each message is to be learnt from, shape (n,): 1 what somebody wrote, `copy_weight` its copies."""
        is_written = self.origins == np.arange(len(self.origins))
        return np.where(is_written, 1, copy_weight).astype(np.float32)

    def of(self, chosen: Places) -> "Lesson":
        """Those at these places with their copies."""
        kept = np.flatnonzero(np.isin(self.origins, chosen))
        origins = np.searchsorted(kept, self.origins[kept])
        return Lesson(self.features.rows(kept), [self.labels[place] for place in kept], origins)


@dataclass(frozen=True, slots=True)
class Scaling:
    """Opens the encoder's narrow cone: each dimension to mean 0 and spread 1, then all by `weight`/sqrt(d)."""

    mean: Matrix
    factor: Matrix

    @classmethod
    def of(cls, dense: Matrix, weight: float) -> Self:
        """The scaling learnt from these vectors."""
        spread = dense.std(axis=0)
        spread[spread == 0] = 1
        return cls(dense.mean(axis=0), (weight / spread / np.sqrt(dense.shape[1])).astype(np.float32))

    def apply(self, dense: Matrix) -> Matrix:
        """The vectors, scaled."""
        return (dense - self.mean) * self.factor


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights per feature and class; `temperature` divides the scores so that the probabilities tell the truth.

    `seen` are the directions of all it has learnt from, one of length 1 a row.
    """

    classes: tuple[str, ...]
    scaling: Scaling
    sparse_weights: Matrix
    dense_weights: Matrix
    bias: Matrix
    seen: Matrix
    temperature: float = 1.0

    def scores(self, features: Features) -> Matrix:
        """Unbounded scores, shape (n, classes)."""
        dense = self.scaling.apply(features.dense) @ self.dense_weights
        return np.asarray(features.sparse @ self.sparse_weights + dense + self.bias)

    def probabilities(self, features: Features) -> Matrix:
        """Shape (n, classes), each row adds up to 1."""
        return np.asarray(softmax(self.scores(features) / self.temperature, axis=1))

    def likeness(self, features: Features) -> Matrix:
        """How much each message is like the nearest one learnt from, shape (n,); 1 is the same meaning, 0 none."""
        if not self.seen.size:
            return np.ones(features.dense.shape[0], dtype=np.float32)
        return np.asarray((_directions(self.scaling.apply(features.dense)) @ self.seen.T).max(axis=1))

    def save(self, folder: Path) -> None:
        """Writes `classes.json` and `weights.npz` into the folder."""
        content = {"classes": self.classes, "temperature": self.temperature}
        (folder / "classes.json").write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        np.savez(
            folder / "weights.npz",
            mean=self.scaling.mean,
            factor=self.scaling.factor,
            sparse=self.sparse_weights,
            dense=self.dense_weights,
            bias=self.bias,
            # Half the room; a likeness needs no more than three digits.
            seen=self.seen.astype(np.float16),
        )

    @classmethod
    def load(cls, folder: Path) -> Self:
        """What `save` wrote. Raises OSError when it is not there."""
        content = json.loads((folder / "classes.json").read_text(encoding="utf-8"))
        with np.load(folder / "weights.npz", allow_pickle=False) as kept:
            scaling = Scaling(kept["mean"], kept["factor"])
            weights = kept["sparse"], kept["dense"], kept["bias"], kept["seen"].astype(np.float32)
        return cls(tuple(content["classes"]), scaling, *weights, temperature=content["temperature"])


def fit(lesson: Lesson, *, c: float, dense_weight: float, copy_weight: float = 1.0) -> LinearModel:
    """Learns the weights; `c` is the inverse strength of the L2 penalty, `copy_weight` how much a copy counts.

    At least two different labels are needed.
    """
    written = lesson.features.dense[lesson.written]
    scaling = Scaling.of(written, dense_weight)
    classes, truth = np.unique(np.array(lesson.labels), return_inverse=True)
    sparse, by_ngram = lesson.features.sparse, lesson.features.sparse.T.tocsr()
    dense = scaling.apply(lesson.features.dense)

    def gram(numbers: Matrix) -> Matrix:
        # The bias is the weight of a feature that every message has.
        return np.asarray(sparse @ (by_ngram @ numbers) + dense @ (dense.T @ numbers) + numbers.sum(axis=0))

    by_message = least_surprise(gram, truth, lesson.worth(copy_weight), len(classes), c=c)
    return LinearModel(
        tuple(map(str, classes)),
        scaling,
        np.asarray(by_ngram @ by_message, dtype=np.float32),
        dense.T @ by_message,
        by_message.sum(axis=0),
        _directions(scaling.apply(written)),
    )


def _directions(dense: Matrix) -> Matrix:
    lengths = np.linalg.norm(dense, axis=1, keepdims=True)
    return np.asarray(dense / np.where(lengths == 0, 1, lengths), dtype=np.float32)


def fit_calibrated(
    lesson: Lesson, *, c: float, dense_weight: float, folds: int, copy_weight: float = 1.0
) -> LinearModel:
    """As `fit`, with the temperature that fits messages not seen in training: two of `folds` parts are kept from it.

    The temperature stays 1 when `folds` is below two or some label has fewer than two messages.
    """
    written = lesson.written
    labels = np.array([lesson.labels[place] for place in written])
    folds = min(folds, *Counter(labels.tolist()).values())
    if folds < 2:  # noqa: PLR2004 -- one fold leaves nothing to test on
        return fit(lesson, c=c, dense_weight=dense_weight, copy_weight=copy_weight)
    # Some of the messages tell one number as well as all of them, in far less time.
    parts = list(islice(StratifiedKFold(folds, shuffle=True, random_state=0).split(labels, labels), PARTS_TESTED))
    learn = partial(fit, c=c, dense_weight=dense_weight, copy_weight=copy_weight)
    with ThreadPoolExecutor(os.cpu_count()) as learners:
        model, *tested = learners.map(learn, [lesson, *(lesson.of(written[learnt]) for learnt, _ in parts)])
    scores = [part.scores(lesson.features.rows(written[test])) for part, (_, test) in zip(tested, parts, strict=True)]
    truth = np.array([model.classes.index(label) for _, test in parts for label in labels[test]])
    return replace(model, temperature=best_temperature(np.vstack(scores), truth))


def best_temperature(scores: Matrix, truth: NDArray[np.int64]) -> float:
    """The temperature under which the true classes (columns of `scores`) are most likely, between 0.05 and 20."""

    def surprise(log_temperature: float) -> float:
        likely = log_softmax(scores / np.exp(log_temperature), axis=1)
        return -float(likely[np.arange(len(truth)), truth].mean())

    return float(np.exp(minimize_scalar(surprise, bounds=(np.log(0.05), np.log(20)), method="bounded").x))
