"""What identifies somebody, and where in a text it stands."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Detail(StrEnum):
    """A kind of thing that identifies somebody, or opens what is theirs."""

    EMAIL = "email"
    CPR = "cpr"
    ACCOUNT = "account"
    CARD = "card"
    PHONE = "phone"
    ADDRESS = "address"
    NAME = "name"
    CODE = "code"

    @property
    def placeholder(self) -> str:
        """What stands in its place."""
        return _PLACEHOLDERS[self]


_PLACEHOLDERS = {
    Detail.EMAIL: "[e-mail]",
    Detail.CPR: "[cpr-nummer]",
    Detail.CARD: "[kortnummer]",
    Detail.ACCOUNT: "[kontonummer]",
    Detail.PHONE: "[telefonnummer]",
    Detail.ADDRESS: "[adresse]",
    Detail.NAME: "[navn]",
    Detail.CODE: "[kode]",
}


@dataclass(frozen=True)
class Found:
    """One detail, from `start` to before `end`; `said` is what was spelled out, as digits."""

    detail: Detail
    start: int
    end: int
    said: str | None = None


def digits_of(text: str) -> str:
    """Its digits, in whatever script they are written, as 0 to 9."""
    return "".join(str(unicodedata.decimal(character)) for character in text if character.isdecimal())
