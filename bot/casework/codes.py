"""The three Danish words by which a booking is found again, without an account."""

import secrets
import unicodedata
from functools import cache
from importlib.resources import files

WORDS_IN_CODE = 3


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
    """The code as it was made, from however somebody typed it: spaces, commas, capitals, any order of spacing.

    Raises CodeError unless there are exactly three words.
    """
    lowered = unicodedata.normalize("NFC", given).casefold()
    words = "".join(letter if letter.isalpha() else " " for letter in lowered).split()
    if len(words) != WORDS_IN_CODE:
        raise CodeError(f"a code has {WORDS_IN_CODE} words, not {len(words)}")
    return "-".join(words)
