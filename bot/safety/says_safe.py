"""Hears when somebody says after a danger that they are safe. The words stand in data/safety/says_safe.yml."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.language.normalise import words
from bot.safety.message import read_message
from bot.safety.pattern import Pattern
from bot.safety.pattern_files import read_section
from bot.safety.patterns import SHIPPED_PATTERNS, Language
from bot.safety.vocabulary import Vocabulary

_SAFE, _INDOORS, _HELPER, _BUT = "i sikkerhed", "et sted i nat", "den unge er i sikkerhed", "men ikke, når der står"
_SIGNS = "tegn"
_ONLY_INDOORS = {"no_shelter_tonight"}
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")


@dataclass(frozen=True)
class SafeWords:
    """What is heard as "I am safe": every kind of pattern of the file, and the words they are read by."""

    safe: tuple[Pattern, ...]
    indoors: tuple[Pattern, ...]
    of_a_helper: tuple[Pattern, ...]
    but: tuple[Pattern, ...]
    signs: tuple[str, ...]
    vocabulary: Vocabulary
    fillers: frozenset[str]
    walls: frozenset[str]
    dividers: frozenset[str]

    def hears(self, text: str, kinds: Collection[str], *, helper: bool = False) -> bool:
        """Whether the writer says that they are safe from dangers of these `kinds`, and takes back nothing of it.

        A question says nothing. Of what a `helper` writes, the young person's being safe counts too.
        """
        if any(sign in text for sign in self.signs) or self._matches(self.but, text):
            return False
        said = self.safe + (self.of_a_helper if helper else ())
        if kinds and _ONLY_INDOORS.issuperset(kinds):
            said += self.indoors
        told = (sentence for sentence in _SENTENCE.findall(text) if "?" not in sentence)
        return any(self._matches(said, sentence) for sentence in told)

    def _matches(self, patterns: tuple[Pattern, ...], text: str) -> bool:
        reading, _ = read_message(words(text), self)
        return any(True for pattern in patterns for _ in pattern.spans(reading))


def load_safe_words(folder: Path) -> SafeWords:
    """The words of says_safe.yml and words.yml in `folder`. Raises PatternError naming file, line and what is wrong."""
    language = Language(read_section(folder / "words.yml"))
    section = read_section(folder / "says_safe.yml")
    section.allow((_SAFE, _INDOORS, _HELPER, _BUT, _SIGNS))
    safe, indoors, of_a_helper, but = (
        language.patterns(section.lines(key)) for key in (_SAFE, _INDOORS, _HELPER, _BUT)
    )
    entries = {entry for pattern in (*safe, *indoors, *of_a_helper, *but) for entry in pattern.entries()}
    return SafeWords(
        safe=safe,
        indoors=indoors,
        of_a_helper=of_a_helper,
        but=but,
        signs=tuple(line.text for line in section.lines(_SIGNS)),
        vocabulary=Vocabulary(entries | language.fillers | language.walls, language.real_words),
        fillers=language.fillers,
        walls=language.walls,
        dividers=language.dividers,
    )


@cache
def shipped_safe_words() -> SafeWords:
    """The words of this checkout, read once per process. Raises PatternError like load_safe_words."""
    return load_safe_words(SHIPPED_PATTERNS)
