"""The days a Danish message names: "på torsdag", "i overmorgen", "d. 3. december", "i næste uge"."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import dateparser

from bot.language.folding import danish_pattern
from bot.language.numbers import CARDINALS, ORDINALS

OPEN_END = timedelta(days=6)
"""How far "fra mandag" reaches."""

_WEEKDAYS = (
    r"mandag|man(?=\.? ?(?:kl|d\.|den \d|\d))",
    r"tirsdag|tirs",
    r"onsdag|ons",
    r"torsdag|tors",
    r"fredag|fre",
    r"lørdag|lør",
    r"søndag|søn(?=\.? ?(?:kl|d\.|den \d|\d))",
)
_WEEKDAY = "(?:" + "|".join(_WEEKDAYS) + r")\b\.?"
_MONTH = (
    r"(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept|sep|okt|nov|dec)\b\.?"
)
_NUMBER = r"\d{1,2}|" + "|".join(CARDINALS)
_BEFORE_DATE = rf"(?:{_WEEKDAY},? ?)?(?:d\. ?|d |den )"


@dataclass(frozen=True, slots=True)
class DaySpan:
    """One or more days in a row (`first` to `last`, both included), named by the characters `start` to `end`."""

    first: date
    last: date
    start: int
    end: int


Days = tuple[date, date]
Resolver = Callable[[re.Match[str], date], Days | None]


def find_days(folded: str, today: date) -> list[DaySpan]:
    """The days named in a folded text (see `fold_in_place`), in its order; none of the past, none that is refused."""
    found: list[DaySpan] = []
    rest = folded
    for pattern, resolve in _RULES:
        for match in pattern.finditer(rest):
            days = resolve(match, today)
            if days and days[1] >= today:
                found.append(DaySpan(*days, *match.span()))
            rest = rest[: match.start()] + "#" * len(match.group()) + rest[match.end() :]
    found.sort(key=lambda span: span.start)
    found = _inside_named_week(found, folded)
    spans = [_bounded(span, folded, today) for span in found if not _is_refused(span, folded)]
    return [span for span in spans if span.first <= span.last]


def _weekday_of(match: re.Match[str]) -> int:
    return next(number for number in range(7) if match.group(f"weekday{number}"))


def _coming_weekday(match: re.Match[str], today: date) -> Days:
    days_ahead = (_weekday_of(match) - today.weekday() - 1) % 7 + 1
    if match.group("next"):
        days_ahead = 7 - today.weekday() + _weekday_of(match)
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
    start = today if day > today.day else _first_of_next_month(today)
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
            return max(monday, today), monday + OPEN_END
    return None


def _next_month(_match: re.Match[str], today: date) -> Days:
    first = _first_of_next_month(today)
    return first, _first_of_next_month(first) - timedelta(days=1)


def _next_week(_match: re.Match[str], today: date) -> Days:
    monday = today + timedelta(days=7 - today.weekday())
    return monday, monday + OPEN_END


def _this_week(_match: re.Match[str], today: date) -> Days:
    return today, today + timedelta(days=6 - today.weekday())


def _weekend(_match: re.Match[str], today: date) -> Days:
    sunday = today + timedelta(days=6 - today.weekday())
    return max(today, sunday - timedelta(days=1)), sunday


def _ahead(days: int) -> Resolver:
    return lambda _match, today: _one(today + timedelta(days=days))


def _one(day: date) -> Days:
    return day, day


def _inside_named_week(found: list[DaySpan], folded: str) -> list[DaySpan]:
    """A weekday together with a week lies in that week: "torsdag i næste uge" is one day."""
    weeks = [span for span in found if span.last - span.first >= timedelta(days=1) and "ug" in _words(span, folded)]
    weekdays = [span for span in found if _NAMED_WEEKDAY.match(_words(span, folded))]
    if len(weeks) != 1 or not weekdays:
        return found
    monday = weeks[0].last - OPEN_END
    start, end = min(span.start for span in found), max(span.end for span in found)
    placed = [monday + timedelta(days=span.first.weekday()) for span in weekdays]
    return [DaySpan(day, day, start, end) for day in placed]


def _words(span: DaySpan, folded: str) -> str:
    return folded[span.start : span.end]


def _is_refused(span: DaySpan, folded: str) -> bool:
    return bool(_PAST_OR_NOT.search(folded[: span.start]) or _CANNOT.match(folded[span.end :]))


def _bounded(span: DaySpan, folded: str, today: date) -> DaySpan:
    bound = _BOUND.search(folded[: span.start])
    if not bound:
        return span
    start = bound.start("word")
    if bound.group("until"):
        return replace(span, first=today, start=start)
    if bound.group("before"):
        return replace(span, first=today, last=span.first - timedelta(days=1), start=start)
    first = span.last + timedelta(days=1) if bound.group("word") == "efter" else span.first
    return replace(span, first=first, last=first + OPEN_END, start=start)


def _rule(pattern: str, resolve: Resolver) -> tuple[re.Pattern[str], Resolver]:
    return re.compile(r"\b(?:" + danish_pattern(pattern) + ")"), resolve


_NAMED_WEEKDAYS = "|".join(rf"(?P<weekday{number}>{names})" for number, names in enumerate(_WEEKDAYS))
_NAMED_WEEKDAY = re.compile(danish_pattern(rf"(?:(?:nu )?på )?(?:den )?(?:{_NAMED_WEEKDAYS})\b"))
_PAST_OR_NOT = re.compile(danish_pattern(r"\b(?:siden|sidste|ikke|ik|ikk|undtagen)(?: om| på| i| den| d\.?)* ?$"))
_CANNOT = re.compile(
    danish_pattern(r" ?,? ?(?:der )?(?:kan jeg|kan vi|kan|duer|dur|går|passer)(?: det| mig| bare)*,? ikk?e?\b")
)
_BOUND = re.compile(
    danish_pattern(r"\b(?P<word>(?P<until>senest)|(?P<before>inden|før)|fra|efter|tidligst)(?: på| den| d\.?)* ?$")
)

_DAY = r"(?P<day>[0-3]?\d)"
_MONTH_NUMBER = r"(?P<month>(?:0?[1-9]|1[0-2])\b)"
_SLASHED_YEAR = r"(?P<year>[-/ ]?20\d\d\b|[-/]\d\d\b)"
_ORDINAL = f"(?P<ordinal>{'|'.join(ORDINALS)})"
_SMALL = "|".join(word for word, day in ORDINALS.items() if day <= 5)  # noqa: PLR2004 -- as long as a list of times
_SENTENCE_GOES_ON = r"(?= *(?:$|[,.!?]|kl|om|i|eller|passer))"

# The first rule that reads a word keeps it.
_RULES = (
    _rule(rf"(?:{_BEFORE_DATE})?{_DAY}\.? ?(?P<month>{_MONTH})(?: (?P<year>20\d\d))?", _written_date),
    _rule(rf"(?:{_BEFORE_DATE}|{_WEEKDAY} )?(?!24/7){_DAY}/{_MONTH_NUMBER}{_SLASHED_YEAR}?", _written_date),
    _rule(rf"{_BEFORE_DATE}{_DAY}\.{_MONTH_NUMBER}(?P<year>\.20\d\d\b)?", _written_date),
    _rule(rf"{_DAY}[.-]{_MONTH_NUMBER}(?P<year>[.-]20\d\d)\b", _written_date),
    _rule(rf"(?P<year>20\d\d-){_MONTH_NUMBER}-(?P<day>[0-3]\d)\b", _written_date),
    _rule(rf"{_BEFORE_DATE}{_DAY}\b\.?(?![.:/]?\d| ?(?:år|kr|%))", _day_of_month),
    _rule(rf"(?:{_BEFORE_DATE})?{_ORDINAL} (?P<month>{_MONTH})", _ordinal_date),
    # "den anden" alone is the other one or the second of a list; with a weekday or above five it is a date.
    _rule(rf"{_WEEKDAY},? den {_ORDINAL}\b", _ordinal_day),
    _rule(rf"den (?!{_SMALL}){_ORDINAL}\b{_SENTENCE_GOES_ON}", _ordinal_day),
    _rule(r"(?:i ?)?over ?morgen\b", _ahead(2)),
    _rule(r"i ?morgen\b|imorg?en\b|imrg\b|tomorrow\b", _ahead(1)),
    _rule(r"i ?dag\b|i(?= (?:aften|eftermiddag|formiddag|middag)\b)", _ahead(0)),
    _rule(rf"om (?P<number>et par|{_NUMBER}) (?P<unit>dages?|ugers?|uges?)\b(?: tid)?", _in_units),
    _rule(r"(?:i )?(?:næste|kommende) uge\b|ugen efter\b", _next_week),
    _rule(r"(?:i )?(?:denne uge|løbet af ugen)\b|her i ugen\b", _this_week),
    _rule(r"(?:i )?uge (?P<week>\d{1,2})\b", _week_number),
    _rule(r"(?:i )?(?:næste|kommende) måned\b", _next_month),
    _rule(r"(?:i |på )?weekenden\b", _weekend),
    _rule(rf"(?:(?:nu )?på )?(?P<next>næste )?(?:førstkommende |den )?(?:{_NAMED_WEEKDAYS})\b\.?", _coming_weekday),
)
