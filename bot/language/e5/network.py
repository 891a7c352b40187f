"""The encoder's network as ONNX graphs: its weights stay in the 4 bits in which the package carries them."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from bot.language.e5.tuning import Tuning
from bot.language.e5.weight_file import BLOCK, WeightFile, nibbles_of

INPUT = "tokens"
MIDDLE = "middle"
OUTPUT = "mean"
TUNED_FROM = 6
"""The first layer that may be tuned; those below it serve both readings."""

# Operators of onnxruntime itself: one of them does what takes ONNX's own a dozen.
_RUNTIME = "com.microsoft"
_OPERATORS = (helper.make_opsetid("", 18), helper.make_opsetid(_RUNTIME, 1))
_IR_VERSION = 9
_INTEGER_ARITHMETIC = 4
"""onnxruntime's accuracy level at which activations are multiplied as 8-bit integers, as the package does."""


def lower_network(weights: WeightFile) -> ModelProto:
    """From INPUT, one text's embedded tokens, to MIDDLE, their state before layer TUNED_FROM: both (1, n, width)."""
    graph = _Graph(weights)
    state = graph.add("LayerNormalization", [INPUT, *graph.constants("emb.ln.w", "emb.ln.b")], axis=-1, **graph.epsilon)
    state = _layers(graph, state, range(TUNED_FROM))
    graph.nodes.append(helper.make_node("Identity", [state], [MIDDLE]))
    return graph.model(INPUT, MIDDLE, [1, "n", graph.shape.width])


def upper_network(weights: WeightFile, tuning: Tuning | None = None) -> ModelProto:
    """From MIDDLE to OUTPUT, the mean of the tokens' meanings, shape (1, width), as `tuning` has them if any."""
    graph = _Graph(weights, tuning)
    state = _layers(graph, MIDDLE, range(TUNED_FROM, weights.shape.layers))
    axes = graph.constant("axes", np.array([1], dtype=np.int64))
    graph.nodes.append(helper.make_node("ReduceMean", [state, axes], [OUTPUT], keepdims=0))
    return graph.model(MIDDLE, OUTPUT, [1, graph.shape.width])


def _layers(graph: "_Graph", state: str, which: Iterable[int]) -> str:
    for layer in which:
        state = _layer(graph, f"l{layer}.", state)
    return state


def _layer(graph: "_Graph", at: str, state: str) -> str:
    width, inner, heads = graph.shape.width, graph.shape.inner, graph.shape.heads
    asked, keys, values = (graph.multiply(state, f"{at}{name}", width) for name in "qkv")
    biases = graph.joined(f"{at}qkv.b", [f"{at}{name}.b" for name in "qkv"])
    seen = graph.add("MultiHeadAttention", [asked, keys, values, biases], domain=_RUNTIME, num_heads=heads)
    state = graph.normalized(graph.multiply(seen, f"{at}ao", width), state, f"{at}aln", f"{at}ao.b")
    thought = graph.multiply(state, f"{at}fi", width)
    bent = graph.add("BiasGelu", [thought, *graph.constants(f"{at}fi.b")], domain=_RUNTIME)
    return graph.normalized(graph.multiply(bent, f"{at}fo", inner), state, f"{at}oln", f"{at}fo.b")


class _Graph:
    """Collects nodes and constants; every method returns the name of what it adds."""

    def __init__(self, weights: WeightFile, tuning: Tuning | None = None) -> None:
        self.shape = weights.shape
        self.epsilon: dict[str, Any] = {"epsilon": weights.shape.epsilon}
        self.nodes: list[NodeProto] = []
        self.initializers: list[TensorProto] = []
        self._weights = weights
        self._tuning = tuning

    def add(self, operator: str, inputs: list[str], domain: str = "", **attributes: Any) -> str:
        result = f"{operator}.{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [result], domain=domain, **attributes))
        return result

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.initializers.append(numpy_helper.from_array(value, name))
        return name

    def constants(self, *names: str) -> list[str]:
        return [self.constant(name, self._numbers(name)) for name in names]

    def joined(self, name: str, parts: list[str]) -> str:
        return self.constant(name, np.concatenate([self._numbers(part) for part in parts]))

    def normalized(self, new: str, old: str, norm: str, bias: str) -> str:
        constants = self.constants(f"{norm}.w", f"{norm}.b", bias)
        return self.add("SkipLayerNormalization", [new, old, *constants], domain=_RUNTIME, **self.epsilon)

    def multiply(self, state: str, name: str, width: int) -> str:
        """The state times the matrix of this name, which has `width` columns."""
        blocks = self._weights.blocks(f"{name}.w", width)
        nibbles = nibbles_of(blocks)
        # onnxruntime wants neighbours in one byte, where the file has the first and the second half of a block.
        packed = self.constant(f"{name}.w", nibbles[..., 0::2] | nibbles[..., 1::2] << 4)
        scales = self.constant(f"{name}.s", blocks["scale"].astype(np.float32).ravel())
        measures: dict[str, Any] = {"K": width, "N": len(blocks), "bits": 4, "block_size": BLOCK}
        measures["accuracy_level"] = _INTEGER_ARITHMETIC
        product = self.add("MatMulNBits", [state, packed, scales], domain=_RUNTIME, **measures)
        if not self._tuning:
            return product
        down, up = (self.constant(f"{name}.{part}", self._tuning.numbers[f"{name}.{part}"]) for part in ("down", "up"))
        return self.add("Add", [product, self.add("MatMul", [self.add("MatMul", [state, down]), up])])

    def model(self, given: str, made: str, made_shape: list[int | str]) -> ModelProto:
        """What was collected, whole: from `given`, a vector for each token, to `made`."""
        return helper.make_model(
            helper.make_graph(
                self.nodes,
                "multilingual-e5-small",
                [helper.make_tensor_value_info(given, TensorProto.FLOAT, [1, "n", self.shape.width])],
                [helper.make_tensor_value_info(made, TensorProto.FLOAT, made_shape)],
                self.initializers,
            ),
            opset_imports=_OPERATORS,
            ir_version=_IR_VERSION,
        )

    def _numbers(self, name: str) -> NDArray[np.float32]:
        return self._tuning.numbers[name] if self._tuning else self._weights.numbers(name)
