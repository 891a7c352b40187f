"""Short English answers to the questions of the booking, as the Danish ones that the form knows."""

import re

_BEFORE = r"(?:(?:yes|no|ok|okay|please|i|i'd|i'll|we|would|want|take|like|prefer|maybe|just)[ ,]+)*"
_AFTER = r"(?:[ ,]+(?:one|time|please|thanks|thank you|is fine|is good|works|works for me|would be good))*[ .!?]*"
_DANISH = {
    r"the first|first|number one|1st": "den første",
    r"the second|second|number two|2nd": "den anden",
    r"the third|third|number three|3rd": "den tredje",
    r"the fourth|fourth|number four|4th": "den fjerde",
    r"the last|last": "den sidste",
    r"(?:(?:show|see|give)(?: me| us)? )?(?:any |some )?(?:more|other|later) (?:times|days|options)"
    r"|another (?:time|day)"
    r"|(?:do you|have you|are there) (?:have |got |any )*(?:more|other) (?:times|days|options)": "flere tider",
    r"none(?: of (?:them|these|those|the times))?(?: (?:work|works|fit|fits|suits?))?(?: for me| me)?"
    r"|(?:they|it|these|those) (?:don'?t|do not|doesn'?t) (?:work|fit|suit)(?: for me| me)?": "ingen af dem",
}
_PATTERNS = [(re.compile(rf"{_BEFORE}(?:{said}){_AFTER}", re.IGNORECASE), meant) for said, meant in _DANISH.items()]


def as_danish_answer(text: str) -> str:
    """The Danish words for a short English answer; any other text as it is."""
    return next((meant for pattern, meant in _PATTERNS if pattern.fullmatch(text.strip().replace("’", "'"))), text)
