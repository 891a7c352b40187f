"""Numbers spelled out in words, as they come from dictation ("to to tre tre fire fire fem fem")."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.privacy.details import Detail, Found, digits_of
from bot.privacy.numbers import is_cpr
from bot.privacy.word_lists import public_numbers

_UNITS = {
    "nul": 0, "en": 1, "et": 1, "én": 1, "ét": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7,
    "otte": 8, "ni": 9,
}  # fmt: skip
_TENS = {
    "tyve": 20, "tredive": 30, "tredve": 30, "tredvie": 30, "fyrre": 40, "fyre": 40, "fyrretyve": 40, "halvtreds": 50,
    "halvtres": 50, "halvtredsindstyve": 50, "tres": 60, "treds": 60, "tresindstyve": 60, "halvfjerds": 70,
    "halvfjers": 70, "halvfjerdsindstyve": 70, "firs": 80, "firsindstyve": 80, "halvfems": 90, "halvfemsindstyve": 90,
}  # fmt: skip
_OTHERS = {
    "ti": 10, "elleve": 11, "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16, "sytten": 17,
    "atten": 18, "nitten": 19, "zero": 0, "oh": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_TOGETHER = {
    f"{unit}{and_}{tens}": number + many
    for unit, number in _UNITS.items()
    for tens, many in _TENS.items()
    for and_ in ("og", " og ", "og ")
}
_SAID = {word: str(number) for word, number in (_UNITS | _TENS | _OTHERS | _TOGETHER).items()}
_WORD = re.compile(rf"\b(?:{'|'.join(_UNITS)}) ?og (?:{'|'.join(_TENS)})\b|\w+", re.IGNORECASE)
_APART = re.compile(r"[\s,.–-]{1,3}")
_FEWEST_WORDS = 3
_CPR, _PHONE = 10, 8
_LONGEST_DIGITS = 4
_DENMARK = "45"


@dataclass(frozen=True)
class Part:
    """A part of a number that is said in parts."""

    start: int
    end: int
    digits: str
    is_word: bool


def find_spoken(text: str) -> Iterator[Found]:
    """CPR and phone numbers of which at least three parts are words."""
    for run in _runs(text):
        first = 0
        while first < len(run):
            found, used = _first_of(run[first : first + _CPR])
            if found:
                yield found
            first += used


def _runs(text: str) -> Iterator[list[Part]]:
    run: list[Part] = []
    for part in _parts(text):
        if run and not _APART.fullmatch(text, run[-1].end, part.start):
            yield run
            run = []
        run.append(part)
    yield run


def _parts(text: str) -> Iterator[Part]:
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        if word in _SAID:
            yield Part(match.start(), match.end(), _SAID[word], is_word=True)
        elif word.isdecimal() and len(word) <= _LONGEST_DIGITS:
            yield Part(match.start(), match.end(), digits_of(word), is_word=False)


def _first_of(run: Sequence[Part]) -> tuple[Found | None, int]:
    """The number that these parts begin with, and how many parts it took."""
    said = list(accumulate(part.digits for part in run))
    for length in (_CPR, _PHONE):
        parts = next((n for n, digits in enumerate(said, 1) if len(digits) == length), 0)
        words = sum(part.is_word for part in run[:parts])
        if words >= _FEWEST_WORDS and (detail := _kind(said[parts - 1])):
            return Found(detail, run[0].start, run[parts - 1].end, said[parts - 1]), parts
    return None, 1


def _kind(digits: str) -> Detail | None:
    if len(digits) == _PHONE:
        return None if digits in public_numbers() else Detail.PHONE
    if digits.startswith(_DENMARK):
        return Detail.PHONE
    return Detail.CPR if is_cpr(digits) else None
