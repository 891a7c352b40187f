"""Takes out what identifies somebody before a message is stored, logged or understood."""

import re
from dataclasses import dataclass
from datetime import date

# Ten digits that begin with a day and a month, with or without a dash or space before the last four.
CPR = re.compile(r"(?<![\d-])(\d{2})(\d{2})(\d{2})[-– ]?(\d{4})(?![\d-])")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.\w{2,}")
# Eight digits, single or in twos, threes or fours as Danes write them, with or without +45.
PHONE = re.compile(
    r"(?<![\d.,-])(?:(?:\+|00)\s?45[\s-]?)?"
    r"(?:\d{8}|\d{2}([\s-])\d{2}\1\d{2}\1\d{2}|\d{4}[\s-]\d{4}|\d{3}[\s-]\d{2}[\s-]\d{3}|\d{2}[\s-]\d{3}[\s-]\d{3}|\d{3}[\s-]\d{3}[\s-]\d{2})"
    r"(?![\d-])"
)
FOREIGN_PHONE = re.compile(r"(?<!\d)\+\d{1,3}[\s-]?\d(?:[\s-]?\d){6,11}(?!\d)")

CPR_PLACEHOLDER = "[cpr-nummer]"
EMAIL_PLACEHOLDER = "[e-mail]"
PHONE_PLACEHOLDER = "[telefonnummer]"


@dataclass(frozen=True)
class Masked:
    """The text with placeholders, and what was taken out, for a form that asked for just that."""

    text: str
    phone: str | None = None
    email: str | None = None
    hidden_cpr: bool = False


def mask(text: str) -> Masked:
    """Replaces CPR numbers, e-mail addresses and phone numbers; the rest is left as it was written."""
    without_cpr = CPR.sub(_cpr_placeholder, text)
    emails = EMAIL.findall(without_cpr)
    without_emails = EMAIL.sub(EMAIL_PLACEHOLDER, without_cpr)
    phones = [match.group() for pattern in (PHONE, FOREIGN_PHONE) for match in pattern.finditer(without_emails)]
    for pattern in (PHONE, FOREIGN_PHONE):
        without_emails = pattern.sub(PHONE_PLACEHOLDER, without_emails)
    return Masked(
        text=without_emails,
        phone=phones[0].strip() if phones else None,
        email=emails[0] if emails else None,
        hidden_cpr=CPR_PLACEHOLDER in without_cpr and CPR_PLACEHOLDER not in text,
    )


def _cpr_placeholder(match: re.Match[str]) -> str:
    day, month, year = (int(part) for part in match.groups()[:3])
    # The century stands in the seventh digit; for a mask it is enough that the date exists in one of them.
    return CPR_PLACEHOLDER if any(_exists(century + year, month, day) for century in (1900, 2000)) else match.group()


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
