"""An hour told by how long it is until then: "om en halv time", "om et par timers tid"."""

import re
from datetime import datetime, timedelta

from bot.language.folding import compiled
from bot.language.lengths import LENGTH, minutes_said

_FROM_NOW = compiled(rf"\b(?:om|in) (?:ca\.? |cirka |about )?{LENGTH}")
# "Jeg ringer om fem minutter" and "bussen går om et kvarter" tell what happens then; "ringer du om en time?" wishes.
_HAPPENS = compiled(
    r"\b(?:jeg|vi|han|hun|de|i|he|she|my \w+|min \w+|(?!det|kan|den)\w+(?:en|et|er)) (?:\w+ )?"
    r"(?:ringer|skriver|går|kører|kommer|tager|starter|begynder|slutter|lukker|åbner|løber|sover|flytter|dør"
    r"|leaves?|starts?|closes?|call|skal (?!tale|snakke|mødes|ses)\w+)\b[^.,!?;]{0,20}$"
)
_STEP = 5


def hour_from_now(folded: str, now: datetime) -> tuple[re.Match[str], datetime] | None:
    """The words and the moment they mean, to the next five minutes; None where the text wishes for none."""
    match = _FROM_NOW.search(folded)
    if match is None or _HAPPENS.search(folded, 0, match.start()):
        return None
    then = now.replace(second=0, microsecond=0) + timedelta(minutes=minutes_said(match))
    return match, then + timedelta(minutes=-then.minute % _STEP)
