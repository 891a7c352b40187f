"""How long a message says, in minutes: "en halv time", "et kvarters tid", "to timer"."""

import re

from bot.language.folding import danish_pattern
from bot.language.numbers import CARDINALS, number_said

_FIXED = {
    "(?:en )?halv time": 30,
    "halvanden time": 90,
    "et kvart(?:er)?": 15,
    "tre ?kvart(?:er)?": 45,
}
LENGTH = (
    rf"(?:(?P<fixed>{'|'.join(_FIXED)})"
    rf"|(?P<count>\d{{1,2}}|{'|'.join(CARDINALS)}) (?P<unit>timer?|minut(?:ter)?|min\b\.?))"
    "(?:s tid)?"
)
"""A pattern to be put in another, for one length in it."""


def minutes_said(match: re.Match[str]) -> int:
    """How many a match of LENGTH says."""
    if fixed := match["fixed"]:
        return next(minutes for words, minutes in _FIXED.items() if re.fullmatch(danish_pattern(words), fixed))
    return number_said(match["count"]) * (60 if match["unit"].startswith("t") else 1)
