"""Mends the spelling of words never learnt from, by those learnt from: one slip in a word, and two words in one."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import Any, Self

from bot.casework.slips import is_near

LEAST = 2
"""How often a word must have been written to count as one."""

_SHORTEST, _LONGEST = 3, 24
_SHORTEST_SLIPPED = 4
# Logarithms of how likely things are beside the words themselves, chosen on tests/tuning/.
_SLIP, _SLIP_AT_FIRST, _GLUED = -6.0, -2.0, -5.0
_TOO_UNLIKELY = -26.0
_WORDS_OF_ONE_LETTER = "iå"


class Speller:
    """Knows words and which stand beside each other, from texts already normalised. May be shared by threads."""

    def __init__(self, words: Mapping[str, int], pairs: Mapping[str, int]) -> None:
        """`words` with how often each was written, `pairs` likewise, their words parted by a space."""
        self._words, self._pairs = dict(words), dict(pairs)
        total = sum(self._words.values())
        self._likely = {word: math.log(count / total) for word, count in self._words.items()}
        self._shortened: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._words:
            if len(word) <= _LONGEST:
                for short in {word, *_one_letter_less(word)}:
                    self._shortened[short].append(word)

    @classmethod
    def learn(cls, texts: Sequence[str]) -> Self:
        """Learns from texts spelled well enough: a word written once may be a slip."""
        written = [text.split() for text in texts]
        words = {word: count for word, count in Counter(chain.from_iterable(written)).items() if count >= LEAST}
        pairs = Counter(pair for one in written for pair in pairwise(one))
        known = {" ".join(pair): count for pair, count in pairs.items() if words.keys() >= set(pair)}
        return cls(words, known)

    def mended(self, text: str) -> str:
        """The text with each unknown word as the likeliest known one, or two, where some are near enough."""
        words = text.split()
        beside = zip(["", *words], words, [*words[1:], ""], strict=False)
        return " ".join(self._mended(before, word, after) for before, word, after in beside)

    def as_numbers(self) -> dict[str, Any]:
        """What `Speller(**…)` is made of again."""
        return {"words": self._words, "pairs": self._pairs}

    def _mended(self, before: str, word: str, after: str) -> str:
        if word in self._words or not word.isalpha() or not _SHORTEST <= len(word) <= _LONGEST:
            return word
        readings = chain(self._one_word(before, word, after), self._two_words(before, word, after))
        likely, best = max(readings, default=(_TOO_UNLIKELY, word))
        return best if likely > _TOO_UNLIKELY else word

    def _one_word(self, before: str, word: str, after: str) -> Iterator[tuple[float, str]]:
        for likely, known in self._slipped(word):
            yield likely + self._beside(before, known) + self._beside(known, after), known

    def _two_words(self, before: str, word: str, after: str) -> Iterator[tuple[float, str]]:
        for at in range(1, len(word)):
            for likely, first, second in self._halves(word[:at], word[at:]):
                around = self._beside(before, first) + 2 * self._beside(first, second) + self._beside(second, after)
                yield likely + _GLUED + around, f"{first} {second}"

    def _halves(self, first: str, second: str) -> Iterator[tuple[float, str, str]]:
        """Two words that may have been meant, at most one of them with a slip."""
        shorter = min(first, second, key=len)
        if len(shorter) == 1 and shorter not in _WORDS_OF_ONE_LETTER:
            return
        if first in self._likely:
            for likely, known in self._known_or_slipped(second):
                yield self._likely[first] + likely, first, known
        elif second in self._likely:
            for likely, known in self._slipped(first):
                yield likely + self._likely[second], known, second

    def _known_or_slipped(self, word: str) -> Iterator[tuple[float, str]]:
        if word in self._likely:
            yield self._likely[word], word
        else:
            yield from self._slipped(word)

    def _slipped(self, word: str) -> Iterator[tuple[float, str]]:
        """The known words that are one slip away."""
        if len(word) < _SHORTEST_SLIPPED:
            return
        shorter = {word, *_one_letter_less(word)}
        for known in {known for short in shorter for known in self._shortened.get(short, ())}:
            if is_near(known, word):
                yield self._likely[known] + _SLIP + (_SLIP_AT_FIRST if known[0] != word[0] else 0.0), known

    def _beside(self, first: str, second: str) -> float:
        count = self._pairs.get(f"{first} {second}", 0)
        return min(3.0, 0.8 + math.log(count)) if count else 0.0


def _one_letter_less(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
