"""Respells messages as thumbs, phones and hurry do: for measuring only, never for training."""

import random
import re
from collections.abc import Callable

_WITHOUT_DANISH_KEYS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})

Slip = Callable[[str, random.Random], str]


def respelled(text: str, seed: int = 1) -> str:
    """The text with two to four slips; the same for the same seed. Training uses nothing of this."""
    chance = random.Random(f"{seed} {text}")  # noqa: S311 - slips, not secrets
    for slip in chance.sample(SLIPS, chance.randint(2, 4)):
        text = slip(text, chance)
    return text


def without_danish_letters(text: str, _chance: random.Random) -> str:
    """As on a keyboard that has no æ, ø and å."""
    return text.translate(_WITHOUT_DANISH_KEYS)


def without_punctuation(text: str, _chance: random.Random) -> str:
    """Small letters and no marks."""
    return re.sub(r"[.,!?;:]+", "", text).lower()


def letter_dropped(text: str, chance: random.Random) -> str:
    """One letter of a long word is missing."""
    return _in_a_long_word(text, chance, lambda word, at: word[:at] + word[at + 1 :])


def letter_doubled(text: str, chance: random.Random) -> str:
    """One letter of a long word stands twice."""
    return _in_a_long_word(text, chance, lambda word, at: word[:at] + word[at] + word[at:])


def letters_swapped(text: str, chance: random.Random) -> str:
    """Two neighbours in a long word have changed places."""
    return _in_a_long_word(text, chance, lambda word, at: word[:at] + word[at : at + 2][::-1] + word[at + 2 :])


def space_missing(text: str, chance: random.Random) -> str:
    """Two words are written as one."""
    spaces = [at for at, letter in enumerate(text) if letter == " "]
    if not spaces:
        return text
    at = chance.choice(spaces)
    return text[:at] + text[at + 1 :]


def _in_a_long_word(text: str, chance: random.Random, change: Callable[[str, int], str]) -> str:
    long = [match for match in re.finditer(r"\w{4,}", text) if not match[0].isdigit()]
    if not long:
        return text
    word = chance.choice(long)
    return text[: word.start()] + change(word[0], chance.randrange(1, len(word[0]) - 1)) + text[word.end() :]


SLIPS: tuple[Slip, ...] = (
    without_danish_letters,
    without_punctuation,
    letter_dropped,
    letter_doubled,
    letters_swapped,
    space_missing,
)
