"""Words for times as they are written in a hurry or by ear, read as the words that are meant; places stay known."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from bot.language.folding import fold_in_place
from bot.language.lookups import LOOKUPS, words_for

SPELLINGS = LOOKUPS / "time_spellings.yml"


@dataclass(frozen=True, slots=True)
class Spelled:
    """A folded text in which words stand as they are read.

    `origin` says of each character, and of the end, where it was.
    """

    text: str
    origin: tuple[int, ...]

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Where what stands from `start` to `end` was written."""
        return self.origin[start], self.origin[end]


def spelled(folded: str) -> Spelled:
    """Takes a text folded in place."""
    return replaced(folded, _pattern(), lambda match: _meant()[match.group()])


def replaced(folded: str, pattern: re.Pattern[str], meant: Callable[[re.Match[str]], str]) -> Spelled:
    """The text with what is meant for each match."""
    text: list[str] = []
    origin: list[int] = []
    done = 0
    for match in pattern.finditer(folded):
        text += [folded[done : match.start()], word := meant(match)]
        origin += [*range(done, match.start()), *[match.start()] * len(word)]
        done = match.end()
    return Spelled("".join([*text, folded[done:]]), (*origin, *range(done, len(folded) + 1)))


@cache
def _meant() -> dict[str, str]:
    return {
        fold_in_place(variant): fold_in_place(word)
        for word, variants in words_for(SPELLINGS).items()
        for variant in variants
    }


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_meant(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
