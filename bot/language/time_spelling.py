"""Words for times as they are written in a hurry or by ear, read as the words that are meant; places stay known."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from bot.language.folding import fold_in_place
from bot.language.lookups import LOOKUPS, words_for
from bot.language.time_slips import UNKNOWN, without_a_slip

SPELLINGS = LOOKUPS / "time_spellings.yml"


@dataclass(frozen=True, slots=True)
class Spelled:
    """A folded text in which words stand as they are read.

    `origin` says of each character from where to where what it stands for was written.
    """

    text: str
    origin: tuple[tuple[int, int], ...]

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Where what stands from `start` to `end` was written, whole words of it; it must not be empty."""
        return self.origin[start][0], self.origin[end - 1][1]


def spelled(folded: str) -> Spelled:
    """Takes a text folded in place."""
    return replaced(folded, _pattern(), _read)


def _read(match: re.Match[str]) -> str:
    word = match.group()
    return _meant().get(word) or without_a_slip(word) or word


def replaced(folded: str, pattern: re.Pattern[str], meant: Callable[[re.Match[str]], str]) -> Spelled:
    """The text with what is meant for each match."""
    text: list[str] = []
    origin: list[tuple[int, int]] = []
    done = 0
    for match in pattern.finditer(folded):
        text += [folded[done : match.start()], word := meant(match)]
        origin += [*_themselves(done, match.start()), *[match.span()] * len(word)]
        done = match.end()
    return Spelled("".join([*text, folded[done:]]), (*origin, *_themselves(done, len(folded))))


def _themselves(start: int, end: int) -> list[tuple[int, int]]:
    return [(at, at + 1) for at in range(start, end)]


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
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + rf")(?!\w)|{UNKNOWN.pattern}")
