"""The encoder's upper layers in TensorFlow, where they can learn; `bot.language.e5.network` runs what they learnt."""

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from bot.language.e5.network import TUNED_FROM
from bot.language.e5.weight_file import WeightFile, in_full
from bot.safety.reader import HEAD_BIAS, HEAD_WEIGHTS

RANK = 16
# How much a step moves the product of two small matrices, beside all other numbers.
PACE = 2.0
DROPPED = 0.1
_VECTORS = ("q.b", "k.b", "v.b", "ao.b", "fi.b", "fo.b", "aln.w", "aln.b", "oln.w", "oln.b")
_OUT_OF_SIGHT = -1e9
# The matrices have 4 bits in the package; multiplied like this they take three fifths of the time.
_COARSE = tf.bfloat16

Numbers = NDArray[np.float32]


class TunedLayers:
    """Layers from TUNED_FROM on, with a head of `outputs` scores, as they stand before they have learnt anything.

    Their matrices stay as the package has them; what is learnt of each is the product of two small ones beside it.
    """

    def __init__(self, weights: WeightFile, outputs: int) -> None:
        self._shape = weights.shape
        self._layers = range(TUNED_FROM, weights.shape.layers)
        width, inner = weights.shape.width, weights.shape.inner
        matrices = {"q": width, "k": width, "v": width, "ao": width, "fi": width, "fo": inner}
        self._matrices = {
            f"l{layer}.{name}": tf.cast(in_full(weights.blocks(f"l{layer}.{name}.w", size)).T, _COARSE)
            for layer in self._layers
            for name, size in matrices.items()
        }
        self._learning = {
            f"l{layer}.{name}": tf.Variable(weights.numbers(f"l{layer}.{name}"))
            for layer in self._layers
            for name in _VECTORS
        }
        at_random = np.random.default_rng(0)
        for name, matrix in self._matrices.items():
            given, made = matrix.shape
            down = at_random.normal(0, given**-0.5, (given, RANK))
            self._learning[f"{name}.down"] = tf.Variable(down.astype(np.float32))
            self._learning[f"{name}.up"] = tf.Variable(np.zeros((RANK, made), np.float32))
        self._learning[HEAD_WEIGHTS] = tf.Variable(np.zeros((width, outputs), np.float32))
        self._learning[HEAD_BIAS] = tf.Variable(np.zeros(outputs, np.float32))

    @property
    def variables(self) -> list[tf.Variable]:
        """All that can learn."""
        return list(self._learning.values())

    def numbers(self) -> dict[str, Numbers]:
        """What was learnt, by the names that `Tuning` has, and the head's."""
        return {name: variable.numpy() * self._folded_in(name) for name, variable in self._learning.items()}

    def go_on_from(self, numbers: dict[str, Numbers]) -> None:
        """Stands as what was learnt before does."""
        for name, variable in self._learning.items():
            variable.assign(numbers[name] / self._folded_in(name))

    def _folded_in(self, name: str) -> float:
        if name.endswith(".up"):
            return PACE
        return self._length if name == HEAD_WEIGHTS else 1

    def told(self, states: tf.Tensor, real: tf.Tensor, *, learning: bool = False) -> tf.Tensor:
        """Scores of shape (texts, outputs), of states before layer TUNED_FROM, shape (texts, n, width).

        `real`, shape (texts, n), is 1 for a token and 0 for what only fills up.
        """
        in_sight = ((1 - real) * _OUT_OF_SIGHT)[:, tf.newaxis, tf.newaxis, :]
        for layer in self._layers:
            states = self._layer(f"l{layer}.", states, in_sight)
        mean = tf.reduce_sum(states * real[:, :, tf.newaxis], 1) / tf.reduce_sum(real, 1, keepdims=True)
        vector = tf.math.l2_normalize(mean, axis=1) * self._length
        if learning:
            vector = tf.nn.dropout(vector, DROPPED)
        return vector @ self._learning[HEAD_WEIGHTS] + self._learning[HEAD_BIAS]

    @property
    def _length(self) -> float:
        # A vector of length 1 has small numbers, which a head would learn from at a snail's pace.
        return float(self._shape.width**0.5 / 4)

    def _layer(self, at: str, states: tf.Tensor, in_sight: tf.Tensor) -> tf.Tensor:
        asked, keys, values = (self._heads(self._product(states, at + name)) for name in "qkv")
        alike = tf.matmul(asked, keys, transpose_b=True) / (self._shape.width / self._shape.heads) ** 0.5
        seen = tf.transpose(tf.nn.softmax(alike + in_sight) @ values, (0, 2, 1, 3))
        heard = self._product(tf.reshape(seen, tf.shape(states)), f"{at}ao")
        states = self._normalized(states + heard, f"{at}aln")
        thought = self._product(tf.nn.gelu(self._product(states, f"{at}fi")), f"{at}fo")
        return self._normalized(states + thought, f"{at}oln")

    def _product(self, states: tf.Tensor, name: str) -> tf.Tensor:
        small = tf.matmul(states, self._learning[f"{name}.down"])
        learnt = tf.matmul(small, self._learning[f"{name}.up"]) * PACE
        made = tf.cast(tf.matmul(tf.cast(states, _COARSE), self._matrices[name]), tf.float32)
        return made + learnt + self._learning[f"{name}.b"]

    def _heads(self, states: tf.Tensor) -> tf.Tensor:
        texts, tokens = tf.shape(states)[0], tf.shape(states)[1]
        heads = self._shape.heads
        return tf.transpose(tf.reshape(states, (texts, tokens, heads, self._shape.width // heads)), (0, 2, 1, 3))

    def _normalized(self, states: tf.Tensor, name: str) -> tf.Tensor:
        mean, variance = tf.nn.moments(states, -1, keepdims=True)
        scale, shift = self._learning[f"{name}.w"], self._learning[f"{name}.b"]
        return (states - mean) * tf.math.rsqrt(variance + self._shape.epsilon) * scale + shift
