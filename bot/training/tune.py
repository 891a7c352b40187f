"""Tunes the upper layers of the encoder to danger. It takes an hour, so what it learns is kept with the code."""

import os
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import cos, pi
from pathlib import Path

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from bot.language.e5.e5 import E5
from bot.language.e5.tuning import Tuning
from bot.nlu.misspelling import misspelt
from bot.safety.classifier import LEVELS
from bot.safety.graded import Graded
from bot.safety.levels import KINDS
from bot.training.progress import Progress
from bot.training.tuned_layers import TunedLayers

# The shipped numbers are from five rounds, then four more each time that messages had been added.
ROUNDS, ROUNDS_ANEW, ROUNDS_OF_FRESH = 4, 9, 3
# Beside fresh messages a round reads one of so many others, another each time, so that they are not unlearnt.
ONE_OF_OTHERS = 8
# The learning rate after WARMING_UP steps; from there it falls as a cosine does.
FASTEST = 5e-4
WARMING_UP = 100
TOKENS_A_STEP = 2048
# Tokens read of one message, and how far from its like in length it may stand in a step.
LONGEST, UNLIKE = 128, 3
# Kinds are learnt beside the levels, which matter more.
KIND_WEIGHT = 0.3
# How much more a yes may weigh than a no where there are few.
MOST_BALANCE = 4.0

Numbers = NDArray[np.float32]
States = NDArray[np.float16]


def tune(
    messages: Sequence[Graded],
    file: Path,
    progress: Progress,
    rounds: int,
    begin: Tuning | None = None,
    fresh: Collection[str] = (),
) -> None:
    """Learns from all messages that do not stand apart, and writes a Tuning with its head to `file`.

    `begin`: learnt before, to go on from. Each round reads every message as it is and once misspelt anew; with `fresh`
    it reads those texts and an eighth of the others, another in each round. Takes 3 GB of memory.
    """
    tf.random.set_seed(0)
    learnt_from = [message for message in messages if not message.apart]
    encoder = E5()
    layers = TunedLayers(encoder.weights, LEVELS + len(KINDS))
    if begin:
        layers.go_on_from(begin.numbers)
    school = _School(layers, *_answers(learnt_from))
    written: dict[int, States] = {}
    for number in range(rounds):
        read = read_in(number, learnt_from, fresh)
        new = [at for at in read if at not in written]
        written.update(zip(new, _middles(encoder, [learnt_from[at].text for at in new]), strict=True))
        copies = _middles(encoder, [misspelt(learnt_from[at].text, number + 1) for at in read])
        school.teach([written[at] for at in read] + copies, read, number, rounds, progress)
    _save(layers.numbers(), file)


def read_in(number: int, messages: Sequence[Graded], fresh: Collection[str]) -> list[int]:
    """Where the messages stand that a round reads."""
    turns = np.random.default_rng(0).permutation(len(messages)) % ONE_OF_OTHERS
    turn = number % ONE_OF_OTHERS
    return [at for at, message in enumerate(messages) if not fresh or message.text in fresh or turns[at] == turn]


class _School:
    """Teaches the layers their answers, in steps that are fast or slow by how far the whole has come."""

    def __init__(self, layers: TunedLayers, answers: Numbers, weights: Numbers) -> None:
        self._layers = layers
        self._answers, self._weights = answers, weights
        self._optimizer = tf.keras.optimizers.Adam(beta_2=0.99, epsilon=1e-6, global_clipnorm=1.0)
        self._at_random = np.random.default_rng(0)
        self._steps = 0

    def teach(
        self, states: Sequence[States], read: Sequence[int], number: int, rounds: int, progress: Progress
    ) -> None:
        """One round over the states of the messages that are read and, after them, of their copies."""
        whose = np.array([*read, *read])
        groups = self._groups(np.array(list(map(len, states))))
        for done, group in enumerate(groups, start=1):
            filled, real = _filled_up([states[at] for at in group])
            self._optimizer.learning_rate.assign(self._pace((number + done / len(groups)) / rounds))
            learnt = whose[group]
            self._learn(*map(tf.constant, (filled, real, self._answers[learnt], self._weights[learnt])))
            progress(f"Round {number + 1} of {rounds}", done, len(groups))

    def _pace(self, come: float) -> float:
        """`come` is the share of all steps, from 0 to 1."""
        self._steps += 1
        return FASTEST * min(1, self._steps / WARMING_UP) * (0.5 * (1 + cos(pi * come)) + 0.01)

    @tf.function(reduce_retracing=True, autograph=False)
    def _learn(self, states: tf.Tensor, real: tf.Tensor, answers: tf.Tensor, weights: tf.Tensor) -> None:
        with tf.GradientTape() as tape:
            told = self._layers.told(tf.cast(states, tf.float32), real, learning=True)
            wrong = tf.nn.sigmoid_cross_entropy_with_logits(answers, told) * weights
            lost = tf.reduce_sum(wrong) / tf.cast(tf.shape(states)[0], tf.float32)
        variables = self._layers.variables
        self._optimizer.apply_gradients(zip(tape.gradient(lost, variables), variables, strict=True))

    def _groups(self, lengths: NDArray[np.intp]) -> list[NDArray[np.intp]]:
        """All texts in groups of about one length, in another order each time."""
        groups: list[list[int]] = [[]]
        for at in np.argsort(lengths + UNLIKE * self._at_random.random(len(lengths))):
            if groups[-1] and (len(groups[-1]) + 1) * _filled(lengths[at]) > TOKENS_A_STEP:
                groups.append([])
            groups[-1].append(at)
        return [np.array(groups[at]) for at in self._at_random.permutation(len(groups))]


def _answers(messages: Sequence[Graded]) -> tuple[Numbers, Numbers]:
    """Yes (1) or no to each level and kind of each message, and how much each answer weighs."""
    levels = [[message.level > level for level in range(LEVELS)] for message in messages]
    kinds = [[kind in message.kinds for kind in KINDS] for message in messages]
    answers = np.hstack([levels, kinds]).astype(np.float32)
    weights = np.repeat([[message.weight] for message in messages], answers.shape[1], axis=1).astype(np.float32)
    # Which kind it is, is only asked of what is a danger.
    weights[:, LEVELS:] *= KIND_WEIGHT * answers[:, :1]
    for level in range(LEVELS):
        yes = answers[:, level] > 0
        often = weights[~yes, level].sum() / max(weights[yes, level].sum(), 1e-9)
        weights[yes, level] *= np.clip(often**0.5, 1, MOST_BALANCE)
    return answers, weights / weights[:, :LEVELS].mean()


def _middles(encoder: E5, texts: Sequence[str]) -> list[States]:
    with ThreadPoolExecutor(os.cpu_count()) as readers:
        return list(readers.map(lambda text: next(encoder.middles(text))[0, :LONGEST].astype(np.float16), texts))


def _filled_up(states: Sequence[States]) -> tuple[States, Numbers]:
    longest = _filled(max(map(len, states)))
    filled = np.zeros((len(states), longest, states[0].shape[1]), np.float16)
    real = np.zeros((len(states), longest), np.float32)
    for at, state in enumerate(states):
        filled[at, : len(state)], real[at, : len(state)] = state, 1
    return filled, real


def _filled(length: int) -> int:
    # Each new shape is traced anew.
    return -(-length // 8) * 8


def _save(numbers: dict[str, Numbers], file: Path) -> None:
    """Writes it whole or not at all."""
    unfinished = file.with_name(f".{os.getpid()}.{file.name}")
    with unfinished.open("wb") as opened:
        np.savez_compressed(opened, **{name: number.astype(np.float16) for name, number in numbers.items()})
    unfinished.replace(file)
