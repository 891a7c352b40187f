"""Cuts a text into the pieces that the encoder knows: the likeliest way, as SentencePiece's unigram model does.

The package `tokenizers` does the same, but brings a client of a model hub and nine packages more for these lines.
"""

import math
import re

from bot.language.e5.weight_file import Vocabulary

_SPACE = "▁"
_SPACES = re.compile(" {2,}")
# How much less likely than the rarest piece a character is that no piece has.
_UNKNOWN_PENALTY = 10.0


class Pieces:
    """Numbers for texts. Holds no state between calls; may be shared by threads."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._pieces = {piece: n for piece, n in vocabulary.pieces.items() if n != vocabulary.unknown and piece}
        self._scores = vocabulary.scores
        self._spelling = vocabulary.spelling
        self._unknown = vocabulary.unknown
        self._unknown_score = min(vocabulary.scores) - _UNKNOWN_PENALTY
        self._longest = max(map(len, self._pieces))

    def cut(self, text: str) -> list[int]:
        """The numbers of the pieces of a text, in order."""
        spelled = _SPACES.sub(" ", text.translate(self._spelling))
        marked = (spelled if spelled.startswith(" ") else f" {spelled}").replace(" ", _SPACE)
        return self._backwards(*self._best_ways(marked))

    def _best_ways(self, text: str) -> tuple[list[int], list[int]]:
        """For each place in the text: the last piece of the best way there, and where that piece began."""
        length = len(text)
        best, last, began = [0.0] + [-math.inf] * length, [self._unknown] * (length + 1), [0] * (length + 1)
        for start in range(length):
            so_far = best[start]
            for end in range(start + 1, min(length, start + self._longest) + 1):
                piece = self._pieces.get(text[start:end])
                if piece is not None and so_far + self._scores[piece] > best[end]:
                    best[end], last[end], began[end] = so_far + self._scores[piece], piece, start
            if so_far + self._unknown_score > best[start + 1]:
                best[start + 1], last[start + 1], began[start + 1] = so_far + self._unknown_score, self._unknown, start
        return last, began

    @staticmethod
    def _backwards(last: list[int], began: list[int]) -> list[int]:
        pieces, place = [], len(last) - 1
        while place > 0:
            pieces.append(last[place])
            place = began[place]
        return pieces[::-1]
