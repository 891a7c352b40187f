"""Numbers of the state and of banks: CPR, payment cards, accounts."""

import re
from collections.abc import Iterator
from datetime import date

from stdnum import iban, luhn
from stdnum.dk import cpr

from bot.privacy.details import Detail, Found, digits_of

DASHES = "‐‑–—-"
_BETWEEN = rf"[\s./{DASHES}]{{0,3}}"
# Ten digits that begin with a day, a month and a year, however they are set apart.
CPR = re.compile(rf"(?<!\d)(\d{{2}}){_BETWEEN}(\d{{2}}){_BETWEEN}(\d{{2}}){_BETWEEN}(\d{{4}})(?!\d)")
# Whoever has no CPR number yet gets a substitute, whose day is this much too high.
_SUBSTITUTE_DAY = 60

CARD = re.compile(rf"(?<!\d)\d(?:[\s.{DASHES}]?\d){{12,18}}(?!\d)")
_OF_A_CARD = re.compile(r"kort|card|visa|mastercard|amex", re.IGNORECASE)
_NEAR = 40

_NUMBER_OF = r"(?:\s?(?:nr|num+er(?:et)?|no|number))?\.?"
_LONG = rf"\d(?:[\s.{DASHES}]?\d){{5,13}}(?![\d.,]*\d|,-|\s?(?:kr\b|kroner|dkk))"
REGISTRATION = re.compile(
    rf"\breg(?:istrerings?)?\.?{_NUMBER_OF}[\s:]{{0,3}}(?:er\s)?(?P<registration>\d{{4}})(?!\d)"
    rf"(?:[^\d\n\[\]]{{0,25}}(?P<account>{_LONG}))?",
    re.IGNORECASE,
)
ACCOUNT = re.compile(rf"(?:konto|account)(?P<between>[^\d\n\[\]]{{0,40}}?)(?P<account>{_LONG})", re.IGNORECASE)
# "NemKonto: ring på 33 98 …" gives a number to call; "konto i Ringkøbing", "konto (mobilbank)" give none.
_TO_CALL = re.compile(
    r"\b(?:ring(?:e|er)?|tlf|telefon(?:en|nummer)?|mobil(?:en|nummer)?|sms|call|phone)\b\.?"
    r"(?:\s+(?:til|på|os|mig|to|me|us|at|nr\.?))*[\s:.]*\Z",
    re.IGNORECASE,
)
WITH_BANK = re.compile(rf"(?<!\d)\d{{4}}[\s.{DASHES}]{{1,3}}\d{{10}}(?!\d)")
IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?:\s?[A-Za-z0-9]{4}){2,7}(?:\s?[A-Za-z0-9]{1,3})?\b")
_DANISH_IBAN = re.compile(r"\bDK\d{2}(?:\s?\d){14}(?!\d)", re.IGNORECASE)
_DATE = re.compile(r"(?:\d{1,2}[\s./-]\d{1,2}[\s./-](?:19|20)\d{2}|(?:19|20)\d{2}[\s.-]\d{2}[\s.-]\d{2})(?!\d)")


def find_cpr(text: str) -> Iterator[Found]:
    """CPR numbers and substitutes for them."""
    for match in CPR.finditer(text):
        if is_cpr(digits_of(match.group())):
            yield Found(Detail.CPR, match.start(), match.end())


def is_cpr(digits: str) -> bool:
    """Whether ten digits are a CPR number, a substitute, or one with a slip after a real date."""
    if cpr.is_valid(digits):
        return True
    day, month, year = (int(digits[start : start + 2]) for start in (0, 2, 4))
    day -= _SUBSTITUTE_DAY if day > _SUBSTITUTE_DAY else 0
    # The century stands in the seventh digit; for a mask it is enough that the date exists in one of them.
    return any(_exists(century + year, month, day) for century in (1900, 2000))


def find_cards(text: str) -> Iterator[Found]:
    """Numbers of payment cards, by their check digit or because they are called so."""
    for match in CARD.finditer(text):
        before = text[max(0, match.start() - _NEAR) : match.start()]
        if luhn.is_valid(digits_of(match.group())) or _OF_A_CARD.search(before):
            yield Found(Detail.CARD, match.start(), match.end())


def find_accounts(text: str) -> Iterator[Found]:
    """Numbers of bank accounts: IBAN, or Danish ones by what they are called."""
    for match in REGISTRATION.finditer(text):
        yield from (Found(Detail.ACCOUNT, *match.span(part)) for part in match.groupdict() if match[part])
    for match in ACCOUNT.finditer(text):
        if not _DATE.match(match["account"]) and not _TO_CALL.search(match["between"]):
            yield Found(Detail.ACCOUNT, *match.span("account"))
    for pattern in (WITH_BANK, _DANISH_IBAN):
        yield from (Found(Detail.ACCOUNT, *match.span()) for match in pattern.finditer(text))
    for match in IBAN.finditer(text):
        if end := _end_of_iban(match.group()):
            yield Found(Detail.ACCOUNT, match.start(), match.start() + end)


def _end_of_iban(text: str) -> int:
    """Where the number ends when everyday words follow; 0 when it is none."""
    ends = [len(text), *(gap.start() for gap in reversed(list(re.finditer(r"\s", text))))]
    return next((end for end in ends if iban.is_valid(text[:end])), 0)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
