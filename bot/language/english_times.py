"""The times an English message names, said as the Danish ones are: "Thursday after 2 pm" is "torsdag efter kl 14"."""

import re
from dataclasses import dataclass

_DAYS = {
    "monday": "mandag",
    "tuesday": "tirsdag",
    "wednesday": "onsdag",
    "thursday": "torsdag",
    "friday": "fredag",
    "saturday": "lørdag",
    "sunday": "søndag",
    "the day after tomorrow": "i overmorgen",
    "tomorrow": "i morgen",
    "today": "i dag",
    "next week": "næste uge",
    "this week": "denne uge",
}
_PARTS = {
    "morning": "formiddag",
    "before noon": "før kl 12",
    "around noon": "kl 12",
    "afternoon": "eftermiddag",
    "evening": "aften",
    "as soon as possible": "hurtigst muligt",
    "asap": "hurtigst muligt",
    "the first free": "første ledige",
    "soonest": "hurtigst",
}
_BEFORE_CLOCK = {"after": "efter", "from": "efter", "before": "før", "until": "før", "not before": "ikke før"}
_CLOCK_FACE = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_HOURS = {word: hour for hour, word in enumerate(_CLOCK_FACE, 1)}
_MIDDAY = 12
_HOUR = r"(?P<hour>\d{1,2}|" + "|".join(_HOURS) + ")"
_CLOCK = re.compile(
    rf"(?:(?P<before>{'|'.join(_BEFORE_CLOCK)}) )?(?P<at>(?:at|around) )?(?P<half>half past )?"
    rf"{_HOUR}(?:[:.](?P<minute>[0-5]\d))? ?(?P<end>[ap]\.?m\b\.?|o'?clock\b)?"
)
_REFUSED = r"(?P<not>(?:not|no|except)(?: on| the)? )?"
_WORDS = re.compile(rf"\b{_REFUSED}(?P<words>{'|'.join(_DAYS | _PARTS)})s?\b|\b{_CLOCK.pattern}(?![\w:])")


@dataclass(frozen=True, slots=True)
class Said:
    """The same time in Danish, and the characters of the English text (`start` to `end`) that say it."""

    danish: str
    start: int
    end: int


def said_in_danish(text: str) -> Said | None:
    """What an English text says of a time; None when it names none. A bare number is none."""
    folded = text.lower().replace("’", "'")
    found = [(match, danish) for match in _WORDS.finditer(folded) if (danish := _danish(match))]
    if not found or len(folded) != len(text):
        return None
    wished = [danish for match, danish in found if not match["not"]]
    refused = [f"men ikke {danish}" for match, danish in found if match["not"]]
    return Said(" ".join([*wished, *refused]), found[0][0].start(), found[-1][0].end())


def _danish(match: re.Match[str]) -> str:
    if match["hour"]:
        return _clock(match)
    return (_DAYS | _PARTS)[match["words"]]


def _clock(match: re.Match[str]) -> str:
    if not any(match[name] for name in ("before", "at", "half", "minute", "end")):
        return ""
    hour = int(match["hour"]) if match["hour"].isdigit() else _HOURS[match["hour"]]
    afternoon = (match["end"] or "").startswith("p") and hour < _MIDDAY
    minute = "30" if match["half"] else match["minute"] or "00"
    before = f"{_BEFORE_CLOCK[match['before']]} " if match["before"] else ""
    return f"{before}kl {hour + _MIDDAY * afternoon}.{minute}"
