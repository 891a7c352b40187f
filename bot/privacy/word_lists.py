"""The reviewed lists of names and public numbers, and the everyday words that are no names."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from bot.language.tongue import everyday_words
from bot.privacy.details import digits_of
from bot.settings import ROOT

FOLDER = ROOT / "data" / "privacy"
_TOWNS = ROOT / "data" / "lookups" / "municipalities.txt"
_WITHOUT_DANISH_KEYS = (
    str.maketrans({"å": "aa", "ø": "oe", "æ": "ae"}),
    str.maketrans({"å": "a", "ø": "o", "æ": "a"}),
    str.maketrans({"å": "aa", "ø": "o", "æ": "ae"}),
)


@cache
def known_names() -> frozenset[str]:
    """First names that are nothing else, in small letters, and as they are typed without Danish keys."""
    return frozenset(_typed(_lines("first_names.txt"))) - everyday_words()


@cache
def names_that_are_words() -> frozenset[str]:
    """First names that are names only where something introduces one."""
    return frozenset(_typed(_lines("names_that_are_words.txt")))


@cache
def surnames() -> frozenset[str]:
    """Surnames that are nothing else."""
    return frozenset(_typed(_lines("surnames.txt")))


@cache
def no_names() -> frozenset[str]:
    """Everyday words and towns: after "jeg hedder" and "hilsen" these are none."""
    return everyday_words().union(_lines("no_names.txt"), _read(_TOWNS)) - names_that_are_words() - known_names()


@cache
def public_numbers() -> frozenset[str]:
    """Numbers that anybody may call, as digits."""
    lines = (FOLDER / "public_numbers.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(digits_of(line) for line in lines if not line.startswith("#"))


def _lines(name: str) -> Iterable[str]:
    return _read(FOLDER / name)


def _read(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [word.casefold() for line in lines if not line.startswith("#") for word in line.split()]


def _typed(words: Iterable[str]) -> set[str]:
    return {spelled for word in words for spelled in (word, *(word.translate(keys) for keys in _WITHOUT_DANISH_KEYS))}
