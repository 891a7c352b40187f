"""What names a day in a Danish message, and which day that is: "på torsdag", "i overmorgen", "d. 3. december"."""

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import dateparser

from bot.language.folding import danish_pattern
from bot.language.numbers import CARDINALS, ORDINALS

OPEN_END = timedelta(days=6)
"""How far "fra mandag" reaches."""

_FARTHEST_MONTH = timedelta(days=183)
""" "I oktober" is the one that has been, when the next is almost a year away."""

_SHORT = r"(?=\.? ?(?:kl|d\.|den \d|\d|[-–/] ?(?:man|tirs|ons|tors|fre|lør|søn)))"
_WEEKDAYS = (
    rf"mandag(?:en)?|man{_SHORT}|(?<= eller )man\b(?= *(?:$|[,.!?]|kl))",
    r"tirsdag(?:en)?|tirs",
    r"onsdag(?:en)?|ons",
    r"torsdag(?:en)?|tors|tor(?=\.? ?(?:kl|d\.|\d|eller|el\b))",
    r"fredag(?:en)?|fre",
    r"lørdag(?:en)?|lør",
    rf"søndag(?:en)?|søn{_SHORT}|(?<=lor eller )søn\b|(?<=lor og )søn\b|(?<=lor/)søn\b",
)
_WEEKDAY = "(?:" + "|".join(_WEEKDAYS) + r")\b\.?"
_MONTH = (
    r"(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept|sep|okt|nov|dec)\b\.?"
)
_NUMBER = r"\d{1,2}|" + "|".join(CARDINALS)
_BEFORE_DATE = rf"(?:{_WEEKDAY},? ?)?(?:d\. ?|d |den )"


Days = tuple[date, date]
Resolver = Callable[[re.Match[str], date], Days | None]


def weekday_of(match: re.Match[str]) -> int:
    """Which one a match of NAMED_WEEKDAY names; Monday is 0."""
    return next(number for number in range(7) if match.group(f"weekday{number}"))


def _coming_weekday(match: re.Match[str], today: date) -> Days:
    days_ahead = (weekday_of(match) - today.weekday() - 1) % 7 + 1
    if match.group("next"):
        days_ahead = 7 - today.weekday() + weekday_of(match)
    return _one(today + timedelta(days=days_ahead))


def _written_date(match: re.Match[str], today: date) -> Days | None:
    parts = [part.strip(" .-/") for part in match.group("day", "month", "year") if part]
    return _parsed_date(("/" if parts[1].isdigit() else " ").join(parts), today)


def _ordinal_date(match: re.Match[str], today: date) -> Days | None:
    return _parsed_date(f"{_ordinal(match)} {match.group('month').rstrip('.')}", today)


def _parsed_date(words: str, today: date) -> Days | None:
    yesterday = datetime.combine(today - timedelta(days=1), datetime.min.time())
    settings = {"PREFER_DATES_FROM": "future", "RELATIVE_BASE": yesterday, "DATE_ORDER": "DMY"}
    parsed = dateparser.parse(words, languages=["da"], settings=settings)
    return _one(parsed.date()) if parsed else None


def _day_of_month(match: re.Match[str], today: date) -> Days | None:
    return _coming_day_of_month(int(match.group("day")), today)


def _ordinal_day(match: re.Match[str], today: date) -> Days | None:
    return _coming_day_of_month(_ordinal(match), today)


def _ordinal(match: re.Match[str]) -> int:
    said = match.group("ordinal")
    return next(day for word, day in ORDINALS.items() if re.fullmatch(danish_pattern(word), said))


def _coming_day_of_month(day: int, today: date) -> Days | None:
    if not 1 <= day <= 31:  # noqa: PLR2004 -- no month is longer
        return None
    start = today if day >= today.day else _first_of_next_month(today)
    while calendar.monthrange(start.year, start.month)[1] < day:
        start = _first_of_next_month(start)
    return _one(start.replace(day=day))


def _first_of_next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _in_units(match: re.Match[str], today: date) -> Days:
    number = match.group("number")
    count = int(number) if number.isdigit() else CARDINALS[number]
    return _one(today + timedelta(days=count * (7 if match.group("unit").startswith("uge") else 1)))


def _week_number(match: re.Match[str], today: date) -> Days | None:
    for year in (today.isocalendar().year, today.isocalendar().year + 1):
        try:
            monday = date.fromisocalendar(year, int(match.group("week")), 1)
        except ValueError:
            return None
        if monday + OPEN_END >= today:
            more = int(match.group("last") or match.group("week")) - int(match.group("week"))
            return max(monday, today), monday + OPEN_END + timedelta(weeks=max(0, more))
    return None


def _named_month(match: re.Match[str], today: date) -> Days | None:
    first = _coming_month(match.group("month"), today)
    if first > today + _FARTHEST_MONTH:
        return None
    return max(first, today), _first_of_next_month(first) - timedelta(days=1)


def _weekday_of_month(match: re.Match[str], today: date) -> Days | None:
    """Such as "første torsdag i december", "sidste torsdag i måneden"."""
    first = _coming_month(match.group("month"), today) if match.group("month") else today.replace(day=1)
    days = [first + timedelta(days=ahead) for ahead in range((_first_of_next_month(first) - first).days)]
    those = [day for day in days if day.weekday() == weekday_of(match)]
    place = -1 if match.group("ordinal") == "sidste" else _ordinal(match) - 1
    return _one(those[place]) if place < len(those) and those[place] >= today else None


def _coming_month(name: str, today: date) -> date:
    """The first of that month, which may be the one that has begun."""
    month = _MONTHS.index(name[:3]) + 1
    return date(today.year + (month < today.month), month, 1)


def _next_month(_match: re.Match[str], today: date) -> Days:
    first = _first_of_next_month(today)
    return first, _first_of_next_month(first) - timedelta(days=1)


def _next_year(_match: re.Match[str], today: date) -> Days:
    return date(today.year + 1, 1, 1), date(today.year + 1, 12, 31)


def _season(month: int) -> Resolver:
    """The next one that begins with this month: three months of it."""

    def resolve(_match: re.Match[str], today: date) -> Days:
        first = date(today.year + (month <= today.month), month, 1)
        return first, _first_of_next_month(_first_of_next_month(first)) - timedelta(days=1)

    return resolve


def _next_week(_match: re.Match[str], today: date) -> Days:
    monday = today + timedelta(days=7 - today.weekday())
    return monday, monday + OPEN_END


def _this_week(_match: re.Match[str], today: date) -> Days:
    return today, today + timedelta(days=6 - today.weekday())


def _part_of_week(match: re.Match[str], today: date) -> Days:
    """Monday to Wednesday, Tuesday to Thursday, or Thursday and Friday; of this week only what is left."""
    monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * bool(match.groupdict().get("next")))
    first, last = next(days for words, days in _PARTS_OF_WEEK.items() if re.match(danish_pattern(words), match.group()))
    return max(today, monday + timedelta(days=first)), monday + timedelta(days=last)


def _first_days(match: re.Match[str], today: date) -> Days:
    first = _coming_month(match.group("month"), today) if match.group("month") else _next_week(match, today)[0]
    return first, first + timedelta(days=2)


def _feast(match: re.Match[str], today: date) -> Days:
    month, day = next(day for words, day in _FEASTS.items() if re.fullmatch(danish_pattern(words), match.group()))
    this_year = date(today.year, month, day)
    return _one(this_year if this_year >= today else date(today.year + 1, month, day))


def _weekend(match: re.Match[str], today: date) -> Days:
    sunday = today + timedelta(days=6 - today.weekday() + 7 * bool(match.group("next")))
    return max(today, sunday - timedelta(days=1)), sunday


def _ahead(days: int) -> Resolver:
    return lambda _match, today: _one(today + timedelta(days=days))


def _one(day: date) -> Days:
    return day, day


def _rule(pattern: str, resolve: Resolver) -> tuple[re.Pattern[str], Resolver]:
    return re.compile(r"\b(?:" + danish_pattern(pattern) + ")"), resolve


_NAMED_WEEKDAYS = "|".join(rf"(?P<weekday{number}>{names})" for number, names in enumerate(_WEEKDAYS))
NAMED_WEEKDAY = re.compile(danish_pattern(rf"(?:(?:nu )?på |om )?(?:den )?(?:{_NAMED_WEEKDAYS})\b"))

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
# "Maj" and "August" are names as well.
_WHOLE_MONTH = "januar|februar|marts|april|juni|juli|september|oktober|november|december"
_DAY = r"(?P<day>[0-3]?\d)"
_MONTH_NUMBER = r"(?P<month>(?:0?[1-9]|1[0-2])\b)"
_SLASHED_YEAR = r"(?P<year>[-/ ]?20\d\d\b|[-/]\d\d\b)"
_ORDINAL = f"(?P<ordinal>{'|'.join(ORDINALS)})"
_SMALL = "|".join(word for word, day in ORDINALS.items() if day <= 5)  # noqa: PLR2004 -- as long as a list of times, or the Thursdays of a month
_SENTENCE_GOES_ON = r"(?= *(?:$|[,.!?]|kl|om|i|eller|passer))"

_FEASTS = {
    r"lille ?juleaften(?:sdag)?": (12, 23),
    r"juleaften(?:sdag)?": (12, 24),
    r"(?:første|1\.) juledag": (12, 25),
    r"(?:anden|2\.) juledag": (12, 26),
    r"nytårsaften(?:sdag)?": (12, 31),
    r"nytårsdag": (1, 1),
}
_FEAST = "|".join(_FEASTS)
_PARTS_OF_WEEK = {
    r"(?:først|tidligt|i (?:starten|begyndelsen))": (0, 2),
    r"midt": (1, 3),
    r"(?:sidst|sent|i slutningen)": (3, 4),
}
_PART_OF_WEEK = "(?:" + "|".join(_PARTS_OF_WEEK) + ")"

# The first rule that reads a word keeps it.
RULES = (
    _rule(
        rf"(?:den )?(?P<ordinal>{_SMALL}|sidste) (?:{_NAMED_WEEKDAYS}) i (?:(?P<month>{_MONTH})|måneden\b)",
        _weekday_of_month,
    ),
    _rule(rf"(?:{_BEFORE_DATE})?{_DAY}\.? ?(?P<month>{_MONTH})(?: (?P<year>20\d\d))?", _written_date),
    _rule(rf"(?:{_BEFORE_DATE}|{_WEEKDAY} )?(?!24/7){_DAY}/{_MONTH_NUMBER}{_SLASHED_YEAR}?", _written_date),
    _rule(rf"{_BEFORE_DATE}{_DAY}\.{_MONTH_NUMBER}(?P<year>\.20\d\d\b)?", _written_date),
    _rule(rf"{_DAY}[.-]{_MONTH_NUMBER}(?P<year>[.-]20\d\d)\b", _written_date),
    _rule(rf"(?P<year>20\d\d-){_MONTH_NUMBER}-(?P<day>[0-3]\d)\b", _written_date),
    _rule(rf"{_BEFORE_DATE}{_DAY}\b\.?(?![.:/]?\d| ?(?:år|kr|%|uge|dage?\b))", _day_of_month),
    _rule(rf"(?:{_BEFORE_DATE})?{_ORDINAL} (?P<month>{_MONTH})", _ordinal_date),
    # "den anden" alone is the other one or the second of a list; with a weekday or above five it is a date.
    _rule(rf"{_WEEKDAY},? den {_ORDINAL}\b", _ordinal_day),
    _rule(rf"den (?!{_SMALL}){_ORDINAL}\b{_SENTENCE_GOES_ON}", _ordinal_day),
    _rule(rf"den {_ORDINAL}(?= kl)", _ordinal_day),
    _rule(r"(?:i ?)?over ?morgen\b", _ahead(2)),
    _rule(r"i ?morgen\b|imorg?en\b|imrg\b", _ahead(1)),
    _rule(r"i ?dag\b|i(?= (?:aften|eftermiddag|formiddag|middag)\b)", _ahead(0)),
    _rule(rf"om (?P<number>et par|{_NUMBER}) (?P<unit>dages?|ugers?|uges?)\b(?: tid)?", _in_units),
    _rule(rf"(?:{_FEAST})\b", _feast),
    _rule(rf"de(?:n)? første dage? i (?:(?P<next>næste) uge|(?P<month>{_MONTH}))", _first_days),
    _rule(rf"{_PART_OF_WEEK} (?:i |af )?(?:den )?(?P<next>næste|kommende) uge\b", _part_of_week),
    _rule(rf"{_PART_OF_WEEK} (?:på |i |af )?(?:(?:denne|den her) uge|ugen)\b", _part_of_week),
    _rule(r"(?:i )?(?:næste|kommende) uge\b|ugen efter\b", _next_week),
    _rule(r"(?:i )?(?:den(?:ne)? (?:her )?uge|løbet af ugen)\b|her i ugen\b", _this_week),
    _rule(r"(?:i )?uge (?P<week>\d{1,2})(?: ?(?:eller|og|til|-|/) ?(?:uge )?(?P<last>\d{1,2}))?\b", _week_number),
    _rule(r"(?:i )?(?:næste|kommende) måned\b", _next_month),
    _rule(
        rf"(?:(?:først|sidst|midt|starten|slutningen) )?(?:i|af|til) (?:løbet af )?(?P<month>{_MONTH})", _named_month
    ),
    _rule(r"(?:til |i )?næste år\b", _next_year),
    _rule(r"(?:til foråret|næste forår)\b", _season(3)),
    _rule(r"(?:til sommer(?:en)?|næste sommer|efter sommerferien)\b", _season(6)),
    _rule(r"(?:i |på |til )?(?P<next>næste )?weekend(?:en)?\b", _weekend),
    _rule(rf"(?P<month>{_WHOLE_MONTH})\b", _named_month),
    _rule(rf"(?:(?:nu )?på |om )?(?P<next>næste )?(?:førstkommende |den )?(?:{_NAMED_WEEKDAYS})\b\.?", _coming_weekday),
)
