"""The times an English message names, put as the Danish ones are: "Thursday after 2 pm" is "torsdag efter kl 14"."""

import re

from bot.language.folding import fold_in_place
from bot.language.time_spelling import Spelled, replaced

# Those that are written another way in Danish; "may" alone is no month.
_MONTHS = {
    "january": "januar",
    "february": "februar",
    "march": "marts",
    "may": "maj",
    "june": "juni",
    "july": "juli",
    "october": "oktober",
}
_WORDS = {name: danish for name, danish in _MONTHS.items() if name != "may"} | {
    "the day after tomorrow": "i overmorgen",
    "tomorrow|tmrw?|tmw": "i morgen",
    "today": "i dag",
    "this (?=morning|afternoon|evening)": "i dag ",
    "midnight": "midnat",
    "tonight": "i aften",
    "yesterday": "i går",
    "mondays?": "mandag",
    "tues(?:days?)?": "tirsdag",
    "wednesdays?|weds": "onsdag",
    "thurs(?:days?)?": "torsdag",
    "fridays?": "fredag",
    "saturdays?": "lørdag",
    "sundays?": "søndag",
    "(?:at |on |over )?the weekend": "i weekenden",
    "next weekend": "i næste weekend",
    "(?:the )?(?:start|beginning) of next week": "først i næste uge",
    "(?:the )?(?:middle of next week)": "midt i næste uge",
    "(?:the )?end of next week": "sidst i næste uge",
    "(?:the )?end of the week": "sidst på ugen",
    "(?:the )?week after next": "ugen efter næste",
    "(?:next|nxt) week": "i næste uge",
    "next (?=(?:mon|tues|wednes|thurs|fri|satur|sun)day)": "næste ",
    "this week": "denne uge",
    "next year": "næste år",
    "after school": "efter skole",
    "after (?:work|my shift)|when (?:i|we) (?:finish|am done (?:at|with)|get off) work": "efter arbejde",
    "(?:in the )?(?:early )?mornings?": "om morgenen",
    "late morning": "formiddag",
    "late afternoon": "sen eftermiddag",
    "(?:in the )?afternoons?": "om eftermiddagen",
    "(?:in the )?evenings?": "om aftenen",
    "(?:at|in the middle of the) night": "om natten",
    "around noon|around midday": "ved middagstid",
    "noon|midday": "kl 12",
    "(?:as soon|as quickly) as (?:possible|you can|u can)|asap|(?:the )?soonest|the first free": "hurtigst muligt",
    "or": "eller",
    "and": "og",
    r"(?:to|till|til)(?= \d)": "til",
    "(?:anything|any ?time|any (?:day|time)|every day) (?:but|except)": "undtagen",
    "(?:no|but not|not|except|can'?t|cannot|can not)(?: do)?(?: on)?(?: the)?": "ikke",
    "but": "men",
    "before|until|by(?! the)": "før",
    "after|from": "efter",
    "between": "mellem",
    "sorry|no wait|i mean|actually": "nej",
    "same (?:time|hour)": "samme tid",
    r"week (?=\d)": "uge ",
    "(?:a|one) week (?:later|after)": "en uge senere",
    "two weeks later": "to uger senere",
    "next summer|in the summer": "til sommer",
    "next spring|in (?:the )?spring": "til foråret",
    "in a week": "om en uge",
    "in two weeks": "om to uger",
    "in two days": "om to dage",
    "in three days": "om tre dage",
    "in a few days": "om et par dage",
    "in an hour": "om en time",
    "in half an hour": "om en halv time",
    "(?:does ?n'?t|does not|is ?n'?t|is not|wo ?n'?t|will not) (?:work|good|possible|suit|fit|be good)": "går ikke",
}
_FACE = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_HOURS = {word: hour for hour, word in enumerate(_FACE, 1)}
_HALF_DAYS = {"a": " am", "p": " pm", "morning": " am", "afternoon": " pm", "evening": " pm", "night": " pm"}
_LATE = 6
_HOUR = rf"\d{{1,2}}|{'|'.join(_HOURS)}"
_AT = r"(?:at|around|about|@) ?"
# "12 in the morning" is said of noon as well.
_END = r"(?:(?P<end>[ap])\.?m\b\.?|o'?clock\b|(?<!12 )(?:in the|at) (?P<part>morning|afternoon|evening|night)\b)"
_CLOCKS = (
    rf"(?:{_AT})?(?P<half>half past|half) (?P<hour_half>{_HOUR})",
    rf"(?:{_AT})?(?P<quarter>quarter (?:to|past)) (?P<hour_quarter>{_HOUR})",
    rf"(?:{_AT})?(?P<hour_end>{_HOUR})(?:[:.](?P<minute_end>[0-5]\d))? ?{_END}",
    rf"{_AT}(?P<hour_at>{_HOUR})(?:[:.](?P<minute_at>[0-5]\d))?(?!\w)",
)
_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_DATES = (
    rf"(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)(?: of)?(?: (?P<month>{_MONTH}))?\b",
    rf"(?P<month_first>{_MONTH}) (?:the )?(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)",
)
_PATTERN = re.compile(
    "|".join(
        [
            *(rf"\b(?:{one})" for one in (*_DATES, *_CLOCKS)),
            *(rf"\b(?P<word{number}>{words})\b" for number, words in enumerate(_WORDS)),
        ]
    )
)
_DANISH = {f"word{number}": fold_in_place(danish) for number, danish in enumerate(_WORDS.values())}
# Words that name no time by themselves: a text with nothing else in English says none.
_JOINTS = frozenset(
    map(fold_in_place, ["eller", "og", "til", "ikke", "undtagen", "men", "før", "efter", "nej", "mellem"])
)


def in_danish(folded: str) -> Spelled | None:
    """A folded English text with its words for times in Danish; None when it names none. A bare number is none."""
    names_one = any(_danish(match) not in _JOINTS for match in _PATTERN.finditer(folded))
    return replaced(folded, _PATTERN, _danish) if names_one else None


def _danish(match: re.Match[str]) -> str:
    if word := _DANISH.get(match.lastgroup or ""):
        return word
    if day := match["day"] or match["day_after"]:
        month = match["month"] or match["month_first"] or ""
        return f"den {day}. {_MONTHS.get(month, month)}".rstrip()
    if match["half"]:
        return f"kl {_hour(match['hour_half'])}.30"
    if match["quarter"]:
        return f"kvart {'i' if match['quarter'].endswith('to') else 'over'} {_hour(match['hour_quarter'])}"
    hour, minute = _hour(match["hour_end"] or match["hour_at"]), match["minute_end"] or match["minute_at"]
    part = "morning" if match["part"] == "night" and hour < _LATE else match["part"]
    return f"kl {hour}{f'.{minute}' if minute else ''}{_HALF_DAYS.get(match['end'] or part or '', '')}"


def _hour(said: str) -> int:
    return int(said) if said.isdigit() else _HOURS[said]
