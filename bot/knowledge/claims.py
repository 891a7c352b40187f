"""What a text claims that can be right or wrong: figures, hours, laws, terms and web addresses.

Danish and English say the same claim in the same form, so that an answer in one can be held against facts in the other.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.language.numbers import CARDINALS

FIGURE, MEASURE, SHARE, HOURS, LAW, TERM, ADDRESS = "figure", "measure", "share", "hours", "law", "term", "address"

_WORDS = CARDINALS | {
    "én": 1, "ét": 1, "tredive": 30, "fyrre": 40, "halvtreds": 50, "tres": 60, "hundrede": 100, "tusind": 1000,
}  # fmt: skip
_ENGLISH_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
}  # fmt: skip
# Articles as well as numbers: only what follows them makes them a claim.
_ARTICLES = frozenset({"en", "et", "a", "an", "one", "nul"})
_UNITS = {
    "time": r"timer?s?|hours?", "day": r"dag(?:en|e)?s?|døgn(?:et)?|days?", "weekday": r"hverdage?|working days?",
    "week": r"uger?s?|ugen|weeks?", "month": r"måned(?:er)?s?|måneden|months?", "year": r"års?|years?",
    "krone": r"kr\b\.?|kroner?|dkk", "percent": r"%|procent|pct\b\.?|per ?cent",
}  # fmt: skip
_MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_DAYS = {
    "mandage?": "monday", "tirsdage?": "tuesday", "onsdage?": "wednesday", "torsdage?": "thursday",
    "fredage?": "friday", "lørdage?": "saturday", "søndage?": "sunday", "hverdage?": "weekdays",
    "weekdays?": "weekdays", "weekend(?:en|er)?s?": "weekend",
}  # fmt: skip
_AROUND_THE_CLOCK = (
    r"døgnet rundt|hele døgnet|døgnåbent?|altid åb(?:en|ent)|(?:er|har) altid åb\w+|åben(?:t)? altid"
    r"|ringe når som helst|altid ringe|dag og nat|day and night|around the clock|24/7|always open|open all day"
)


class Claim(NamedTuple):
    """A claim in the form in which it is compared, and where it stands in the text."""

    kind: str
    value: str
    start: int

    @property
    def said(self) -> tuple[str, str]:
        """The claim without its place."""
        return self.kind, self.value


def claims(text: str, *, english: bool = False) -> list[Claim]:
    """Every claim of the text, in its order. What stands in quotation marks is an example and claims no hours."""
    figures = _figures(text, _ENGLISH_NUMBER if english else _NUMBER)
    found = [*figures, *_shares(text), *_hours(text), *_laws(text), *_terms(text), *_addresses(text)]
    return sorted(found, key=lambda claim: claim.start)


def _figures(text: str, number: re.Pattern[str]) -> Iterator[Claim]:
    for match in number.finditer(text):
        if match.group("unit") is None and match.group("word") and _counts_what_is_here(text, match):
            continue
        article = (match.group("word") or "").casefold() in _ARTICLES
        unit = _unit(match.group("unit")) if match.group("unit") else ""
        if article and match.group("unit") and match.group("unit").casefold() == "time" and number is _ENGLISH_NUMBER:
            continue  # "a time" is no hour
        if unit and not (article and unit == "day"):  # "en dag" is any day
            yield Claim(MEASURE, f"{_value(match)} {unit}", match.start())
        if not article:
            yield Claim(FIGURE, _value(match), match.start())


def _counts_what_is_here(text: str, match: re.Match[str]) -> bool:
    """Whether an article counts nothing, or a number only the lines above it ("de tre er gratis") or our own words."""
    around = text[max(0, match.start() - 5) : match.end() + 5].casefold()
    return match.group("word").casefold() in _ARTICLES or bool(_OWN_COUNT.search(around))


def _value(match: re.Match[str]) -> str:
    if match.group("word"):
        return str((_WORDS | _ENGLISH_WORDS).get(match.group("word").casefold(), 1))
    return match.group("digits").replace(" ", "")


def _unit(word: str) -> str:
    return next(unit for unit, pattern in _UNITS.items() if re.fullmatch(pattern, word, re.IGNORECASE))


def _shares(text: str) -> Iterator[Claim]:
    for match in _SHARE.finditer(text):
        yield Claim(SHARE, " ".join(match.group().casefold().split()), match.start())


def _hours(text: str) -> Iterator[Claim]:
    unquoted = _QUOTED.sub(lambda quoted: " " * len(quoted.group()), text)
    for pattern, value in _HOURS:
        for match in pattern.finditer(unquoted):
            yield Claim(HOURS, value or " ".join(match.group().casefold().split()), match.start())


def _laws(text: str) -> Iterator[Claim]:
    for match in _LAW.finditer(text):
        name = re.sub(r"(?<=loven)s$|\s", "", match.group().casefold())
        yield Claim(LAW, name, match.start())


def _terms(text: str) -> Iterator[Claim]:
    for pattern, value in _TERMS:
        for match in pattern.finditer(text):
            yield Claim(TERM, value, match.start())


def _addresses(text: str) -> Iterator[Claim]:
    for match in _ADDRESS.finditer(text):
        yield Claim(ADDRESS, match.group().casefold().removeprefix("www."), match.start())


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_WORD = "|".join(sorted(map(re.escape, [*_WORDS, *_ARTICLES]), key=len, reverse=True))
_ENGLISH_WORD = "|".join([*_ENGLISH_WORDS, *_ARTICLES])
_UNIT = "|".join(_UNITS.values())
_NUMBER, _ENGLISH_NUMBER = (
    _compiled(
        rf"(?<![\w.,])(?:(?P<digits>\d+(?:[.,]\d+)*(?: \d{{2,3}}(?!\d))*)|(?P<word>{words})\b)"
        rf"(?:[ -]?(?P<unit>{_UNIT})(?!\w))?"
    )
    for words in (_WORD, _ENGLISH_WORD)
)
_OWN_COUNT = re.compile(r"\b(?:de|dine|the|your) (?:to|tre|fire|two|three|four)\b|\b(?:tre ord|three words)\b")
_SHARE = _compiled(
    rf"\b(?:halvdelen|to tredjedele|en (?:tredje|fjerde|femte)del|hver (?:anden|tredje|fjerde|femte|tiende)\b"
    rf"|dobbelt så|half of|(?:\d+|{_WORD}) (?:ud af|out of) (?:\d+|{_WORD})\b)"
)
_QUOTED = re.compile(r'"[^"\n]*"|»[^«\n]*«|“[^”\n]*”')
_HOURS = (
    (_compiled(rf"\b(?:{_AROUND_THE_CLOCK})\b"), "around the clock"),
    (_compiled(r"\b(?:kl\.?|klokken|at) \d{1,2}(?:[.:]\d\d)?(?: ?[-–] ?\d{1,2}(?:[.:]\d\d)?)?"), ""),
    (_compiled(rf"\b(?:\d{{1,2}}\. )?(?:{_MONTHS})\b"), ""),
    (_compiled(r"\bom (?:dagen|aftenen|natten|formiddagen|eftermiddagen|morgenen)\b"), ""),
    *((_compiled(rf"\b(?:{day})\b"), value) for day, value in _DAYS.items()),
)
_LAW = _compiled(
    r"§{1,2} ?\d+(?: ?[a-z]\b)?|\b(?:barnets|barnes) lov\b|\b\w*love(?:n|ns)\b|\b(?:straffe|forvaltnings)lov\b"
    r"|\blov(?:bekendtgørelse)? nr\.? ?\d+|\bLBK \d+"
)
_TERMS = (
    (_compiled(r"\bgratis\b|\bfree of charge\b|\bfor free\b|(?<!feel )\bfree\b(?! times?\b)"), "gratis"),
    (_compiled(r"\banonym\w*\b"), "anonym"),
    (_compiled(r"\b(?:har|have|få) (?:du |I |man )?ret til\b|\bkrav på\b|\bhave (?:a|the) right to\b"), "ret til"),
)
_ADDRESS = _compiled(r"\b(?:[\w-]+\.)+(?:dk|com|org|net|eu|nu|info|gl|uk)\b(?!\w)")
