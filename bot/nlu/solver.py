"""L-BFGS for multinomial logistic regression with far more features than messages, in the span of the messages.

The best weights are a sum of messages (W = X' A), so only A and the scores X W are kept, n numbers a class each. An
inner product of weights is one of such numbers; a step costs one multiplication by X X', which is never written out.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_softmax, softmax

Matrix = NDArray[np.float32]
Gram = Callable[[Matrix], Matrix]

MOST_STEPS = 100
REMEMBERED = 12
PRECISION = 2e-3
"""The length of the gradient, as a share of the first one, at which the scores no longer change what is read."""

_TRIES = 8


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights as a sum of messages, with the score that they give each message; both of shape (n, classes)."""

    by_message: Matrix
    scores: Matrix

    def plus(self, factor: float, other: "Weights") -> "Weights":
        """The sum, `other` taken `factor` times."""
        grown = np.float32(factor)
        return Weights(self.by_message + grown * other.by_message, self.scores + grown * other.scores)

    def times(self, factor: float) -> "Weights":
        """The same direction at another length."""
        return Weights(np.float32(factor) * self.by_message, np.float32(factor) * self.scores)

    def dot(self, other: "Weights") -> float:
        """The inner product of the weights themselves."""
        return float(np.vdot(self.by_message, other.scores))


class Surprise:
    """What is made least: how unlikely the true classes are, and the penalty on the weights.

    `worth` of shape (n,) is how much each message's surprise counts.
    """

    def __init__(self, gram: Gram, truth: NDArray[np.int64], worth: Matrix, classes: int, c: float) -> None:
        self._gram = gram
        self._truth = np.eye(classes, dtype=np.float32)[truth]
        self._worth = worth[:, None].astype(np.float32)
        self._penalty = 1 / c

    def start(self) -> Weights:
        """Where nothing is known."""
        return Weights(np.zeros_like(self._truth), np.zeros_like(self._truth))

    def gradient(self, at: Weights) -> Weights:
        """Its slope."""
        missed = self._worth * (softmax(at.scores, axis=1) - self._truth)
        return Weights(missed, self._gram(missed)).plus(self._penalty, at)

    def least_along(self, at: Weights, way: Weights, guess: float) -> float:
        """How far along `way` it is least: Newton's method, kept between what was too near and too far."""
        near, far, length = 0.0, np.inf, guess
        for _ in range(_TRIES):
            slope, bend = self._slope_and_bend(at, way, length)
            near, far = (near, length) if slope > 0 else (length, far)
            better = length - slope / bend
            if not near < better < far:
                better = (near + far) / 2 if np.isfinite(far) else 2 * length
            if abs(better - length) < length / 20:
                return better
            length = better
        return length

    def _slope_and_bend(self, at: Weights, way: Weights, length: float) -> tuple[float, float]:
        likely = np.exp(log_softmax(at.scores + np.float32(length) * way.scores, axis=1))
        drawn = likely * way.scores
        slope = float(np.vdot(self._worth * (likely - self._truth), way.scores))
        spread = (drawn * way.scores).sum(axis=1) - np.square(drawn.sum(axis=1))
        bend = float(np.vdot(self._worth, spread))
        own = way.dot(way)
        return slope + self._penalty * (at.dot(way) + length * own), bend + self._penalty * own


def least_surprise(gram: Gram, truth: NDArray[np.int64], worth: Matrix, classes: int, *, c: float) -> Matrix:
    """How much each message counts for each class, shape (n, classes); the weights are X' times that.

    `gram` multiplies by X X', `truth` holds each message's class and `worth` how much it is to be learnt from (1 is a
    whole message), `c` is the inverse strength of the penalty.
    """
    surprise = Surprise(gram, truth, worth, classes, c)
    at = surprise.start()
    gradient = surprise.gradient(at)
    first = gradient.dot(gradient)
    steps: deque[tuple[Weights, Weights]] = deque(maxlen=REMEMBERED)
    guess = 1 / np.sqrt(first) if first > 0 else 0.0
    for _ in range(MOST_STEPS):
        if gradient.dot(gradient) <= first * PRECISION**2:
            break
        way = _downhill(gradient, steps)
        step = way.times(surprise.least_along(at, way, guess))
        at = at.plus(1, step)
        before, gradient, guess = gradient, surprise.gradient(at), 1.0
        steps.append((step, gradient.plus(-1, before)))
    return at.by_message


def _downhill(gradient: Weights, steps: Sequence[tuple[Weights, Weights]]) -> Weights:
    """The two loops of L-BFGS: the gradient, corrected by how it changed along the last steps."""
    way, shares = gradient, []
    for step, change in reversed(steps):
        shares.append(step.dot(way) / step.dot(change))
        way = way.plus(-shares[-1], change)
    if steps:
        step, change = steps[-1]
        way = way.times(step.dot(change) / change.dot(change))
    for (step, change), share in zip(steps, reversed(shares), strict=True):
        way = way.plus(share - change.dot(way) / step.dot(change), step)
    return way.times(-1)
