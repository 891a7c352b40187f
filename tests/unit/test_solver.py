"""Our solver finds the optimum that scikit-learn finds."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.sparse import random as random_sparse
from sklearn.linear_model import LogisticRegression

from bot.nlu.logistic import Features, Lesson, fit, fit_calibrated
from bot.nlu.solver import Surprise, least_surprise

MESSAGES, WIDTH, CLASSES = 120, 300, 5


@pytest.fixture
def lesson() -> Lesson:
    chance = np.random.default_rng(3)
    truth = np.arange(MESSAGES) % CLASSES
    sparse = random_sparse(MESSAGES, WIDTH, density=0.1, random_state=1, dtype=np.float32, format="csr")
    dense = chance.normal(size=(MESSAGES, 8)) + truth[:, None] * 0.1
    return Lesson(Features(csr_matrix(sparse), dense.astype(np.float32)), [f"c{t}" for t in truth], np.arange(MESSAGES))


@pytest.mark.parametrize("c", [0.3, 8, 30])
def test_the_weights_are_those_of_scikit_learn(lesson: Lesson, c: float) -> None:
    x = lesson.features.sparse.toarray()
    truth = np.array([int(label[1]) for label in lesson.labels])
    worth = np.where(np.arange(MESSAGES) % 3, 1, 0.25).astype(np.float32)
    by_message = least_surprise(lambda numbers: x @ (x.T @ numbers), truth, worth, CLASSES, c=c)
    reference = LogisticRegression(C=c, fit_intercept=False, max_iter=5000, tol=1e-8).fit(x, truth, worth)
    ours = by_message.T @ x
    assert np.abs(ours - reference.coef_).max() < 0.05 * np.abs(reference.coef_).max()


def test_no_step_away_from_the_optimum_is_better(lesson: Lesson) -> None:
    x = lesson.features.sparse.toarray()
    truth = np.array([int(label[1]) for label in lesson.labels])
    surprise = Surprise(lambda numbers: x @ (x.T @ numbers), truth, np.ones(MESSAGES, np.float32), CLASSES, 8)
    start = surprise.gradient(surprise.start())
    by_message = least_surprise(lambda numbers: x @ (x.T @ numbers), truth, np.ones(MESSAGES, np.float32), CLASSES, c=8)
    at = surprise.start().plus(1, type(start)(by_message, x @ (x.T @ by_message)))
    slope = surprise.gradient(at)
    assert slope.dot(slope) ** 0.5 < 0.003 * start.dot(start) ** 0.5


def test_two_classes_and_messages_that_say_nothing_are_fitted() -> None:
    nothing = Features(csr_matrix((4, 3), dtype=np.float32), np.zeros((4, 2), np.float32))
    model = fit(Lesson(nothing, ["a", "a", "a", "b"], np.arange(4)), c=8, dense_weight=1)
    assert model.probabilities(nothing).sum(axis=1) == pytest.approx(1)
    assert (model.probabilities(nothing).argmax(axis=1) == 0).all()


def test_a_copy_counts_as_much_as_it_is_said_to(lesson: Lesson) -> None:
    origins = np.concatenate([np.arange(MESSAGES), np.arange(MESSAGES)])
    twice = Lesson(lesson.features.rows(origins), [lesson.labels[place] for place in origins], origins)
    hardly = fit(twice, c=8, dense_weight=1, copy_weight=1e-6).scores(lesson.features)
    assert np.abs(hardly - fit(lesson, c=8, dense_weight=1).scores(lesson.features)).max() < 0.1
    assert np.abs(hardly - fit(twice, c=8, dense_weight=1, copy_weight=1).scores(lesson.features)).max() > 0.5


def test_a_part_of_a_lesson_takes_its_copies_along() -> None:
    features = Features(csr_matrix(np.eye(6, dtype=np.float32)), np.arange(12, dtype=np.float32).reshape(6, 2))
    lesson = Lesson(features, ["a", "b", "c", "a", "b", "c"], np.array([0, 1, 2, 0, 1, 2]))
    part = lesson.of(np.array([0, 2]))
    assert part.labels == ["a", "c", "a", "c"]
    assert part.origins.tolist() == [0, 1, 0, 1]
    assert part.written.tolist() == [0, 1]
    assert part.features.dense[:, 0].tolist() == [0, 4, 6, 10]


def test_a_copy_never_tells_about_its_own_original(lesson: Lesson) -> None:
    """Labels drawn by lot are told only by whoever has seen the copy: the temperature must stay high."""
    chance = np.random.default_rng(5)
    labels = [f"c{number}" for number in chance.integers(CLASSES, size=MESSAGES)]
    origins = np.concatenate([np.arange(MESSAGES), np.arange(MESSAGES)])
    twice = Features(lesson.features.sparse[origins], lesson.features.dense[origins])
    model = fit_calibrated(Lesson(twice, [labels[place] for place in origins], origins), c=8, dense_weight=1, folds=10)
    assert model.temperature > 3
