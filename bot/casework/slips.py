"""One slip of the finger in a word: a letter left out, added or mistaken, or two beside each other swapped."""

from collections import defaultdict
from collections.abc import Iterable


class Slips:
    """Finds which of some words was meant, in a moment however many they are."""

    def __init__(self, words: Iterable[str]) -> None:
        self._shortened: defaultdict[str, set[str]] = defaultdict(set)
        for word in words:
            for short in _with_a_letter_less(word):
                self._shortened[short].add(word)
        self._longest = max(map(len, self._shortened), default=0)

    def near(self, typed: str) -> set[str]:
        """All words that are the one typed but for one slip at most."""
        if len(typed) > self._longest + 1:
            return set()
        shares_letters = (self._shortened.get(short, set()) for short in _with_a_letter_less(typed))
        return {word for words in shares_letters for word in words if is_near(typed, word)}


def is_near(one: str, other: str) -> bool:
    """Whether one is the other but for one slip at most."""
    short, long = sorted((one, other), key=len)
    same = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    left, right = short[same:], long[same:]
    if len(left) < len(right):
        return left == right[1:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return swapped or left[1:] == right[1:]


def _with_a_letter_less(word: str) -> set[str]:
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}
