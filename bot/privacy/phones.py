"""Phone numbers, Danish and foreign; not the public ones, which must stay readable."""

import re
from collections.abc import Iterator

from bot.privacy.details import Detail, Found, digits_of
from bot.privacy.word_lists import public_numbers

_GAP = r"[\s./,‐‑–-]"
# Eight digits, single or in twos, threes or fours as Danes write them, with or without +45.
PHONE = re.compile(
    r"(?<![\d+])(?=[\d+(])(?:(?P<country>\(?(?:\+|00)\s?45\)?[\s.-]?)|45[\s.-]?)?"
    r"(?P<number>\d{4}[\s.–-]?\d{4}"
    rf"|\d{{2}}(?P<gap>{_GAP})\d{{2}}(?P=gap)\d{{2}}(?P=gap)?\d{{2}}"
    r"|\d{4}(?P<step>[\s.-])\d{2}(?P=step)\d{2}"
    # No dots between threes: amounts are written so.
    r"|\d{3}[\s-]\d{2}[\s-]\d{3}|\d{2}[\s-]\d{3}[\s-]\d{3}|\d{3}[\s-]\d{3}[\s-]\d{2}"
    r"|\d(?:[\s.-]\d){7})(?!\d)"
)
FOREIGN_PHONE = re.compile(
    r"(?:(?<!\d)\+(?!\s?45)\d{1,3}[\s.-]?(?:\(0\))?\d(?:[\s.-]?\d){6,11}"
    r"|(?<![\d.,:+])00(?=[1-9])(?!45)\d{1,3}[\s.-]?\d(?:[\s.-]?\d){7,11})(?!\d)"
)
CALLED_SO = re.compile(
    r"(?:tlf|telefon|mobil|num+er|number|\bnr|ring|phone|call|sms|text|whatsapp)[^\d\n+\[\]]{0,25}"
    r"(?P<number>\d(?:[\s.-]{0,2}\d){7,11})(?!\d|,-|\s?kr)",
    re.IGNORECASE,
)
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d{2}"
_FEWEST_DIGITS = 8
# Dates, years from and to, and amounts from and to have eight digits too.
_DATES = re.compile(
    rf"(?:{_DAY}[\s./-]{_MONTH}[\s./-]{_YEAR}|{_YEAR}[\s./-]{_MONTH}[\s./-]{_DAY}|{_YEAR}[\s–-]{_YEAR})(?!\d)"
)
_AMOUNTS = re.compile(
    r"(?:\d{2}00[\s–-]\d{2}00|\d{4}[\s–-]\d{4}(?=,-|\s?(?:kr|dkk)(?:oner)?\b))(?!\d)",
    re.IGNORECASE,
)


def find_phones(text: str) -> Iterator[Found]:
    """Phone numbers; foreign ones first, for their end may look Danish."""
    if sum(map(str.isdecimal, text)) < _FEWEST_DIGITS:
        return
    yield from (_found(match) for match in FOREIGN_PHONE.finditer(text))
    yield from (_found(match) for match in PHONE.finditer(text) if _is_phone(match))
    for match in CALLED_SO.finditer(text):
        if not _is_public(match) and not _DATES.match(text, match.start("number")):
            yield Found(Detail.PHONE, *match.span("number"))


def _found(match: re.Match[str]) -> Found:
    return Found(Detail.PHONE, *match.span())


def _is_phone(match: re.Match[str]) -> bool:
    start = match.start("number")
    only_looks_so = _DATES.match(match.string, start) or _AMOUNTS.match(match.string, start)
    return not _is_public(match) and (bool(match["country"]) or not only_looks_so)


def _is_public(match: re.Match[str]) -> bool:
    return digits_of(match["number"]) in public_numbers()
