"""The three Danish words by which a booking is found again, without an account."""

import secrets
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

WORDS_IN_CODE = 3

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
    """The code as it was made, from however somebody typed it: spaces, commas, capitals, without æ, ø and å.

    Raises CodeError unless there are exactly three words and codes are made of all of them. The order counts.
    """
    lowered = unicodedata.normalize("NFC", given).casefold()
    words = "".join(letter if letter.isalpha() else " " for letter in lowered).split()
    if len(words) != WORDS_IN_CODE:
        raise CodeError(f"a code has {WORDS_IN_CODE} words, not {len(words)}")
    try:
        return "-".join(_spellings()[word] for word in words)
    except KeyError as error:
        # Not which word: the others may be right, and errors end up in logs.
        raise CodeError("codes are not made of one of these words") from error


@cache
def _spellings() -> Mapping[str, str]:
    return {spelling: word for word in code_words() for spelling in _typed(word)}


def _typed(word: str) -> set[str]:
    return {word} | {word.translate(letters) for letters in _WITHOUT_DANISH_KEYS}
