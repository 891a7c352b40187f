"""Codes of one time: six digits that an app on a phone makes anew each half minute (RFC 6238)."""

import hmac
import re
import secrets
from datetime import datetime

import pyotp
import segno

ISSUER = "Hjemad"
RECOVERY_CODES = 10
RECOVERY_DIGITS = 12
# A phone's clock may be wrong by so many half minutes, and a person slow by one.
AROUND = (0, -1, 1)
_BETWEEN = re.compile(r"[\s-]")


def new_key() -> str:
    """What an app and we make the same codes from."""
    return pyotp.random_base32()


def step_of(key: str, code: str, now: datetime) -> int | None:
    """The half minute that this is the code of, if that is about now."""
    codes = pyotp.TOTP(key)
    step = codes.timecode(now)
    fitting = (step + around for around in AROUND if hmac.compare_digest(codes.generate_otp(step + around), code))
    return next(fitting, None)


def new_recovery_codes() -> list[str]:
    """Digits alone, because they are typed in the same field, for which a phone shows digits."""
    return [f"{secrets.randbelow(10**RECOVERY_DIGITS):0{RECOVERY_DIGITS}}" for _ in range(RECOVERY_CODES)]


def typed(code: str) -> str:
    """Without what people put between the digits; empty for what is no code."""
    bare = _BETWEEN.sub("", code)
    return bare if bare.isascii() and bare.isdecimal() else ""


def in_fours(code: str) -> str:
    """As it is read most easily: "ABCD EFGH"."""
    return " ".join(code[first : first + 4] for first in range(0, len(code), 4))


def picture_for(key: str, name: str) -> str:
    """The QR code that an app takes the key from, as SVG; dark on light whatever the page is."""
    address = pyotp.TOTP(key).provisioning_uri(name=name, issuer_name=ISSUER)
    return str(segno.make(address, error="m").svg_inline(scale=4, light="#fff", lineclass=None, omitsize=True))
