"""The three Danish words by which a booking is found again, without an account."""

import secrets
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import permutations

from bot.casework.slips import Slips, is_near

WORDS_IN_CODE = 3
ANSWERS_WORDS = "answers_words"
"""The key in the `data` of what is said to the words of a code that are typed in a chat, without asking Rasa."""

# How æ, ø and å are typed where the keys for them are missing.
_WITHOUT_DANISH_KEYS = (
    str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"}),
    str.maketrans("æøå", "aoa"),
    str.maketrans("æø", "äö"),
)


class CodeError(ValueError):
    """What was given cannot be a booking code."""


@cache
def code_words() -> tuple[str, ...]:
    """The words codes are made of: at least a thousand, so that a guess has one chance in a billion."""
    lines = files("bot.casework").joinpath("code_words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def new_code() -> str:
    """A fresh code, such as "lampe-skov-pære", from a cryptographic source."""
    return "-".join(secrets.choice(code_words()) for _ in range(WORDS_IN_CODE))


def tidy_code(given: str) -> str:
    """The words of a code in the order typed, from however it was: spaces, commas, capitals, without æ, ø and å.

    Raises CodeError unless there are exactly three, and each is one that codes are made of or one slip from only one.
    """
    words = words_of(given)
    if len(words) != WORDS_IN_CODE:
        raise CodeError(f"a code has {WORDS_IN_CODE} words, not {len(words)}")
    meant = [_meant(word) for word in words]
    if not all(meant):
        # Not which word: the others may be right, and errors end up in logs.
        raise CodeError("codes are not made of one of these words")
    return "-".join(filter(None, meant))


def slips_in(given: str) -> int:
    """How many words are no word of a code as they stand."""
    return sum(word not in _spellings() for word in words_of(given))


def words_of(given: str) -> list[str]:
    """The words as they were typed, in small letters."""
    lowered = unicodedata.normalize("NFC", given).casefold()
    return "".join(letter if letter.isalpha() else " " for letter in lowered).split()


def orders_of(code: str) -> frozenset[str]:
    """The code with its words in every order: whoever remembers the words may not remember that."""
    return frozenset(map("-".join, permutations(code.split("-"))))


def may_mean(typed: str, word: str) -> bool:
    """Whether this word of a code may have been meant, also where another may have been."""
    return any(is_near(typed, spelling) for spelling in _typed(word))


def _meant(word: str) -> str | None:
    if word in _spellings():
        return _spellings()[word]
    near = {_spellings()[spelling] for spelling in _slips().near(word)}
    return near.pop() if len(near) == 1 else None


@cache
def _slips() -> Slips:
    return Slips(_spellings())


@cache
def _spellings() -> Mapping[str, str]:
    return {spelling: word for word in code_words() for spelling in _typed(word)}


def _typed(word: str) -> set[str]:
    return {word} | {word.translate(letters) for letters in _WITHOUT_DANISH_KEYS}
