"""Languages by their names in Danish and in English, as people spell them."""

import re
from collections.abc import Mapping
from functools import cache

from bot.language.folding import danish_pattern, fold_in_place
from bot.language.lookups import LOOKUPS, words_for

KURDISH = "kurdisk"
FILE = LOOKUPS / "languages.yml"


def in_english(language: str) -> str:
    """Its English name; one that is not known as it is. Raises LookupFileError."""
    names = words_for(FILE).get(language)
    return str(names[0]) if names else language


def language_in(text: str) -> str:
    """The first language a text names, by its Danish name in small letters; empty for none. Raises LookupFileError."""
    folded = fold_in_place(text)
    found = {name: match.start() for name, pattern in _patterns().items() if (match := pattern.search(folded))}
    if len(found) > 1:
        # "Kurdisk (sorani)" is Sorani: another kind of Kurdish may not be understood.
        found.pop(KURDISH, None)
    return min(found, key=found.__getitem__, default="")


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return {name: _pattern([name, *map(str, others)]) for name, others in words_for(FILE).items()}


def _pattern(spellings: list[str]) -> re.Pattern[str]:
    words = "|".join(danish_pattern(word.lower()) for word in spellings)
    return re.compile(rf"\b(?:{words})(?:e|s|sk)?(?:tolk\w*)?\b")
