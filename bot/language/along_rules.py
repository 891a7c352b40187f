"""The patterns of what goes along with a talk, read from their file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from bot.casework.along import Ask
from bot.language.folding import danish_pattern
from bot.language.lookups import LOOKUPS, LookupFileError, words_for

FILE = LOOKUPS / "along.yml"
Rules = Sequence[tuple[Ask, re.Pattern[str]]]

# How deep a name may stand for names.
DEEPEST = 5
_NAMED = re.compile(r"<([a-z_]+)>")
_GENDERS = {Ask.WOMAN: {"one": "women", "other": "men"}, Ask.MAN: {"one": "men", "other": "women"}}


@cache
def asks() -> Rules:
    """What asks for something. Raises LookupFileError."""
    return [*_of_genders("one_to_talk_with"), *_of_kinds("asks")]


@cache
def drops() -> Rules:
    """What takes something back. Raises LookupFileError."""
    return [*_of_genders("no_matter_who"), *_of_kinds("drops")]


def _of_genders(section: str) -> Iterator[tuple[Ask, re.Pattern[str]]]:
    for ask, names in _GENDERS.items():
        for pattern in words_for(FILE)[section]:
            yield ask, _compiled(pattern, {name: f"<{words}>" for name, words in names.items()})


def _of_kinds(section: str) -> Iterator[tuple[Ask, re.Pattern[str]]]:
    for kind, patterns in words_for(FILE)[section].items():
        yield from ((Ask(kind), _compiled(pattern, {})) for pattern in patterns)


def _compiled(pattern: str, meant: Mapping[str, str]) -> re.Pattern[str]:
    words: dict[str, str] = {name: _either(said) for name, said in words_for(FILE)["words"].items()}
    words.update(meant)
    try:
        for _ in range(DEEPEST):
            pattern = _NAMED.sub(lambda found: words[found[1]], pattern)
        return re.compile(danish_pattern(pattern))
    except (re.error, KeyError) as error:
        raise LookupFileError(f"{FILE}: {pattern}: {error}") from error


def _either(said: str | list[str]) -> str:
    return said if isinstance(said, str) else "|".join(said)
