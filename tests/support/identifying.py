"""The examiner's messages in which something identifies somebody, and those in which nothing does."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.composed_yaml import content_of

FOLDER = Path(__file__).parents[1] / "held_out"
NUMBERS_AND_EMAILS = frozenset({"phone", "email", "cpr", "card", "account"})
_PLACEHOLDER = re.compile(r"\[[^\]]*\]")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Hide:
    """Something that must not be left."""

    kind: str
    words: str

    def spellings(self) -> set[bytes]:
        """As it was written, in one piece, and as figures alone; not what is too short to tell of anybody."""
        spelled = {self.words, re.sub(r"\s+", "", self.words), "".join(filter(str.isdigit, self.words))}
        return {one.encode() for one in spelled if len(one) > 5}


@dataclass(frozen=True)
class Telling:
    """A message and what in it identifies somebody."""

    part: str
    text: str
    hides: tuple[Hide, ...] = ()

    def left_of(self, hide: Hide, masked: str) -> list[str]:
        """The words of a detail that stand in the masked text more often than beside it; numbers count by figures."""
        words = _WORD.findall(hide.words)
        figures = [word for word in words if any(letter.isdigit() for letter in word)]
        bare = _PLACEHOLDER.sub(" ", masked)
        wanted = figures or words
        return [one for one in set(wanted) if _count(one, bare) > _count(one, self.text) - wanted.count(one)]

    def lost_beside(self, masked: str) -> set[str]:
        """Words that were hidden though they belong to no detail."""
        rest = self.text
        for hide in sorted(self.hides, key=lambda one: -len(one.words)):
            rest = rest.replace(hide.words, " ", 1)
        return set(_WORD.findall(rest)) - set(_WORD.findall(masked))


def _count(word: str, text: str) -> int:
    return len(re.findall(rf"(?<!\w){re.escape(word)}s?(?!\w)", text))


@cache
def telling(name: str = "identifying") -> tuple[Telling, ...]:
    """The messages of `identifying` or `not_identifying`."""
    rows = content_of((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))["messages"]
    return tuple(
        Telling(row["part"], row["text"], tuple(Hide(**hide) for hide in row.get("hides", ()))) for row in rows
    )
