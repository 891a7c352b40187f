"""Whose talk is booked, read from the answer to that question."""

import re

from bot.casework.bookings import About
from bot.language.folding import danish_pattern, fold_in_place
from bot.language.helpers import says_myself


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(danish_pattern(pattern))


_ASKS = _rule(r"\?|^\W*(?:hvad|hvem|hvor|hvordan|hvorfor|hvornår|hvilken|kan|må|skal|er|får)\b")
_FOR_ME = _rule(r"\b(?:til|for) mig(?: selv\b|\W*$)")
# In doubt it is the helper's own talk: nothing is booked in the name of somebody who has not said yes.
_WITHOUT = _rule(r"\b(?:nej|næ|nope|ik|ikk|ikke|uden|egen|alene|kun mig|bare mig)\b|\bbekymr")
_TOGETHER = _rule(
    r"^\W*(?:ja|jo|jep|jaja|yes)\b|\bsammen\b|\bsagt ja\b|\b(?:er|sidder) (?:med|her|ved siden af)\b|\bvil gerne\b"
)


def about_said(text: str) -> About | None:
    """Whose talk these words say it is; None for words that say something else, or ask."""
    folded = fold_in_place(text)
    if says_myself(text) or _FOR_ME.search(folded):
        return About.YOUNG
    if _ASKS.search(folded):
        return None
    if _WITHOUT.search(folded):
        return About.WORRY
    return About.WITH_HELPER if _TOGETHER.search(folded) else None
