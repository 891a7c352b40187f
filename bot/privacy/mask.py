"""Takes out what identifies somebody before a message is stored, logged or understood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.casework.codes import WORDS_IN_CODE, CodeError, tidy_code

_DASHES = "‐‑–—-"
_BETWEEN = rf"[\s./{_DASHES}]{{0,3}}"
# Ten digits that begin with a day, a month and a year, however they are set apart.
CPR = re.compile(rf"(?<!\d)(\d{{2}}){_BETWEEN}(\d{{2}}){_BETWEEN}(\d{{2}}){_BETWEEN}(\d{{4}})(?!\d)")
# Whoever has no CPR number yet gets a substitute, whose day is this much too high.
_SUBSTITUTE_DAY = 60

# No address has more before its @ (RFC 5321); without the limit a long word is searched again from each letter.
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*\.\w{2,}")

# Eight digits, single or in twos, threes or fours as Danes write them, with or without +45.
PHONE = re.compile(
    r"(?<![\d+])(?:(?P<country>(?:\+|00)\s?45[\s.-]?)|45[\s.-]?)?"
    r"(?P<number>\d{4}[\s.-]?\d{4}"
    r"|\d{2}(?P<gap>[\s.-])\d{2}(?P=gap)\d{2}(?P=gap)?\d{2}"
    r"|\d{4}(?P<step>[\s.-])\d{2}(?P=step)\d{2}"
    # No dots between threes: amounts are written so.
    r"|\d{3}[\s-]\d{2}[\s-]\d{3}|\d{2}[\s-]\d{3}[\s-]\d{3}|\d{3}[\s-]\d{3}[\s-]\d{2})(?!\d)"
)
FOREIGN_PHONE = re.compile(r"(?<!\d)\+\d{1,3}[\s.-]?\d(?:[\s.-]?\d){6,11}(?!\d)")
_DAY, _MONTH, _YEAR = r"(?:0[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])", r"(?:19|20)\d{2}"
# Dates, years from and to, and amounts from and to have eight digits too.
_NO_PHONE = re.compile(
    rf"(?:{_DAY}[\s.-]{_MONTH}[\s.-]{_YEAR}|{_YEAR}[\s.-]{_MONTH}[\s.-]{_DAY}"
    rf"|{_YEAR}-{_YEAR}|\d{{4}}-\d{{4}}(?i:(?=,-|\s?kr(?:oner)?\b)))(?!\d)"
)

# A letter may be followed by its ring or dots as a character of their own.
_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")
_JOINED = re.compile(rf"\s*[{_DASHES}]+\s*")
_APART = re.compile(r"[\W_]+")
_WORDS_FOR_CODE = ("kode", "koden", "kodeord", "kodeordet")
# "koden til tiden er lampe skov pære"
_WORDS_BEFORE_CODE = 3

CPR_PLACEHOLDER = "[cpr-nummer]"
EMAIL_PLACEHOLDER = "[e-mail]"
PHONE_PLACEHOLDER = "[telefonnummer]"
CODE_PLACEHOLDER = "[kode]"


@dataclass(frozen=True)
class Masked:
    """The text with placeholders, and what was taken out, for a form that asked for just that."""

    text: str
    phone: str | None = None
    email: str | None = None


def mask(text: str) -> Masked:
    """Replaces CPR numbers, e-mail addresses, phone numbers and booking codes; the rest is left as it was written."""
    without_cpr = CPR.sub(_cpr_placeholder, text)
    email = EMAIL.search(without_cpr)
    without_emails = EMAIL.sub(EMAIL_PLACEHOLDER, without_cpr)
    phone = next(_phones(without_emails), None)
    without_phones = FOREIGN_PHONE.sub(PHONE_PLACEHOLDER, PHONE.sub(_phone_placeholder, without_emails))
    return Masked(_without_codes(without_phones), phone, email.group() if email else None)


def _cpr_placeholder(match: re.Match[str]) -> str:
    day, month, year = (int(part) for part in match.groups()[:3])
    day -= _SUBSTITUTE_DAY if day > _SUBSTITUTE_DAY else 0
    # The century stands in the seventh digit; for a mask it is enough that the date exists in one of them.
    return CPR_PLACEHOLDER if any(_exists(century + year, month, day) for century in (1900, 2000)) else match.group()


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _phones(text: str) -> Iterator[str]:
    yield from (match.group().strip() for match in PHONE.finditer(text) if _is_phone(match))
    yield from (match.group().strip() for match in FOREIGN_PHONE.finditer(text))


def _phone_placeholder(match: re.Match[str]) -> str:
    return PHONE_PLACEHOLDER if _is_phone(match) else match.group()


def _is_phone(match: re.Match[str]) -> bool:
    return bool(match["country"]) or not _NO_PHONE.match(match.string, match.start("number"))


def _without_codes(text: str) -> str:
    kept, end = [], 0
    for start, stop in _codes(text):
        if start >= end:
            kept += [text[end:start], CODE_PLACEHOLDER]
            end = stop
    return "".join([*kept, text[end:]])


def _codes(text: str) -> Iterator[tuple[int, int]]:
    """Where codes begin and end. Without dashes, three everyday words are one only if alone or called so."""
    words = list(_WORD.finditer(text))
    alone = _are_all(words, text)
    for first in range(len(words) - WORDS_IN_CODE + 1):
        code = words[first : first + WORDS_IN_CODE]
        gaps = [text[one.end() : other.start()] for one, other in pairwise(code)]
        announced = _is_announced(words[max(0, first - _WORDS_BEFORE_CODE - 1) : first])
        apart = _APART if alone or announced else _JOINED
        start, stop = code[0].start(), code[-1].end()
        if all(apart.fullmatch(gap) for gap in gaps) and _is_code(text[start:stop]):
            yield start, stop


def _are_all(words: list[re.Match[str]], text: str) -> bool:
    # "banan banan banan" is a joke; one code in a million is so.
    same = len({word.group().casefold() for word in words}) == 1
    return len(words) == WORDS_IN_CODE and not same and not any(letter.isdigit() for letter in text)


def _is_announced(before: list[re.Match[str]]) -> bool:
    return any(word.group().casefold().endswith(_WORDS_FOR_CODE) for word in before)


def _is_code(text: str) -> bool:
    try:
        tidy_code(text)
    except CodeError:
        return False
    return True
