"""The days a Danish message names: "på torsdag", "i overmorgen", "d. 3. december", "i næste uge"."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import dateparser

from bot.language.folding import danish_pattern
from bot.language.numbers import CARDINALS, ORDINALS
from bot.language.refusals import NOT, is_refused, is_refused_after

OPEN_END = timedelta(days=6)
"""How far "fra mandag" reaches."""

_FARTHEST_MONTH = timedelta(days=183)
""" "I oktober" is the one that has been, when the next is almost a year away."""

_SHORT = r"(?=\.? ?(?:kl|d\.|den \d|\d|[-–/] ?(?:man|tirs|ons|tors|fre|lør|søn)))"
_WEEKDAYS = (
    rf"mandag(?:en)?|man{_SHORT}",
    r"tirsdag(?:en)?|tirs",
    r"onsdag(?:en)?|ons",
    r"torsdag(?:en)?|tors",
    r"fredag(?:en)?|fre",
    r"lørdag(?:en)?|lør",
    rf"søndag(?:en)?|søn{_SHORT}",
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
    refused: bool = False


Days = tuple[date, date]
Resolver = Callable[[re.Match[str], date], Days | None]


def find_days(folded: str, today: date) -> list[DaySpan]:
    """The days named in a folded text (see `fold_in_place`), in order; none of the past, the refused ones marked."""
    found: list[DaySpan] = []
    rest = folded
    for pattern, resolve in _RULES:
        for match in pattern.finditer(rest):
            days = resolve(match, today)
            if days and days[1] >= today:
                found.append(DaySpan(*days, *match.span()))
            rest = rest[: match.start()] + "#" * len(match.group()) + rest[match.end() :]
    found.sort(key=lambda span: span.start)
    found = _inside_named_week(_marked(_from_to(found, folded), folded), folded)
    spans = [span if span.refused else _bounded(span, folded, today) for span in found]
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
            return max(monday, today), monday + OPEN_END
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
    those = [day for day in days if day.weekday() == _weekday_of(match)]
    place = -1 if match.group("ordinal") == "sidste" else _ordinal(match) - 1
    return _one(those[place]) if place < len(those) and those[place] >= today else None


def _coming_month(name: str, today: date) -> date:
    """The first of that month, which may be the one that has begun."""
    month = _MONTHS.index(name[:3]) + 1
    return date(today.year + (month < today.month), month, 1)


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
    """A weekday together with a week lies in that week: "torsdag i næste uge", "torsdag om to uger" are one day."""
    weeks = [span for span in found if _WEEK.search(_words(span, folded))]
    weekdays = [span for span in found if not span.refused and _NAMED_WEEKDAY.match(_words(span, folded))]
    if len(weeks) != 1 or not weekdays:
        return found
    monday = weeks[0].last - timedelta(days=weeks[0].last.weekday())
    start, end = min(weeks[0].start, weekdays[0].start), max(weeks[0].end, weekdays[-1].end)
    placed = [monday + timedelta(days=span.first.weekday()) for span in weekdays]
    refused = [span for span in found if span.refused]
    return [*(DaySpan(day, day, start, end, weeks[0].refused) for day in placed), *refused]


def _from_to(found: list[DaySpan], folded: str) -> list[DaySpan]:
    """The days with those between them where one span is said: "mandag-fredag", "fra mandag til onsdag"."""
    whole: list[DaySpan] = []
    for span in found:
        opening = _FROM.search(folded[: whole[-1].start]) if whole else None
        joint = _TO.fullmatch(folded, whole[-1].end, span.start) if whole else None
        if not joint or (joint.group("and") and not (opening and opening.group("between"))):
            whole.append(span)
            continue
        first, last = whole[-1].first, span.last
        if last < first and _NAMED_WEEKDAY.match(_words(span, folded)):
            last += timedelta(days=7)
        whole[-1] = DaySpan(first, max(first, last), opening.start() if opening else whole[-1].start, span.end)
    return whole


def _words(span: DaySpan, folded: str) -> str:
    return folded[span.start : span.end]


def _marked(found: list[DaySpan], folded: str) -> list[DaySpan]:
    """The same; what is refused is marked, along with what hangs on it: "hverken mandag eller tirsdag"."""
    refused = [_is_refused(span, folded) for span in found]
    gaps = [folded[one.end : other.start] for one, other in pairwise(found)]
    for number, gap in enumerate(gaps):
        after = number + 1
        is_list = after < len(gaps) and gap.strip() == "," and _AND.fullmatch(gaps[after])
        if refused[number] and (is_list or _AND.fullmatch(gap)) and not _FITS.match(folded, found[after].end):
            refused[after] = True
    for number in reversed(range(len(gaps))):
        if refused[number + 1] and (_AND.fullmatch(gaps[number]) or gaps[number].strip() == ","):
            refused[number] = refused[number] or is_refused_after(folded, found[number + 1].end)
    return [replace(span, refused=no) for span, no in zip(found, refused, strict=True)]


def _is_refused(span: DaySpan, folded: str) -> bool:
    before = folded[: span.start]
    if _PAST.search(before) or _BOUND.search(before):
        return bool(_PAST.search(before))
    # "Ikke torsdag før kl 12" refuses the hours alone.
    return is_refused(folded, span.start, span.end) and not _HOURS_AHEAD.match(folded, span.end)


def _bounded(span: DaySpan, folded: str, today: date) -> DaySpan:
    bound = _BOUND.search(folded[: span.start])
    if not bound:
        return span
    # Each "ikke" turns it round: "ikke før torsdag", "efter torsdag kan jeg ikke".
    turned = bool(bound.group("not")) != is_refused_after(folded, span.end)
    that_day_too = (bound.group("word") in _THAT_DAY_TOO) != turned
    if bool(bound.group("until")) != turned:
        last = span.last if that_day_too else span.first - timedelta(days=1)
        return replace(span, first=today, last=last, start=bound.start())
    first = span.first if that_day_too else span.last + timedelta(days=1)
    return replace(span, first=first, last=first + OPEN_END, start=bound.start())


def _rule(pattern: str, resolve: Resolver) -> tuple[re.Pattern[str], Resolver]:
    return re.compile(r"\b(?:" + danish_pattern(pattern) + ")"), resolve


_NAMED_WEEKDAYS = "|".join(rf"(?P<weekday{number}>{names})" for number, names in enumerate(_WEEKDAYS))
_NAMED_WEEKDAY = re.compile(danish_pattern(rf"(?:(?:nu )?på |om )?(?:den )?(?:{_NAMED_WEEKDAYS})\b"))
_PAST = re.compile(
    danish_pattern(
        r"\b(?:(?:siden|sidste)(?: om| på| i| den| d\.?)*"
        r"|(?:fylder|fyldte|bliver|blev) (?:\d\d|sytten|atten)(?: år)?) ?$"
    )
)
_BOUND = re.compile(
    danish_pattern(
        rf"(?:(?P<not>{NOT}) )?"
        r"\b(?P<word>(?P<until>senest|inden|(?<!stedet )før|tidligere end)|(?<!bortset )fra|tidligst|efter|senere end)"
        r"(?: på| den| d\.?)* ?$"
    )
)
_THAT_DAY_TOO = ("senest", "fra", "tidligst")
_HOURS_AHEAD = re.compile(danish_pattern(r" (?:før|inden|efter|senere end|tidligere end)(?: kl\.?| klokken)? ?\d"))
_FROM = re.compile(danish_pattern(r"\b(?:fra|(?P<between>mellem))(?: på| den| d\.?)* ?$"))
_TO = re.compile(danish_pattern(r" ?(?:-|–|til(?: og med)?|(?P<and>og))(?: på| den| d\.?)* ?"))
_AND = re.compile(r" ?(?:og|eller|samt|/|heller ikke|,? ?ik?ke?)(?: heller)?(?: om| pa| i| den| d\.?)* ?")
_FITS = re.compile(danish_pattern(r" ?(?:passer|går|kan jeg|er|duer|dur)\b(?!(?: mig| det| desværre)* (?:ik|for))"))
_WEEK = re.compile(r"\buge|\b(?:14|fjorten) dage\b")

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_DAY = r"(?P<day>[0-3]?\d)"
_MONTH_NUMBER = r"(?P<month>(?:0?[1-9]|1[0-2])\b)"
_SLASHED_YEAR = r"(?P<year>[-/ ]?20\d\d\b|[-/]\d\d\b)"
_ORDINAL = f"(?P<ordinal>{'|'.join(ORDINALS)})"
_SMALL = "|".join(word for word, day in ORDINALS.items() if day <= 5)  # noqa: PLR2004 -- as long as a list of times, or the Thursdays of a month
_SENTENCE_GOES_ON = r"(?= *(?:$|[,.!?]|kl|om|i|eller|passer))"

# The first rule that reads a word keeps it.
_RULES = (
    _rule(
        rf"(?:den )?(?P<ordinal>{_SMALL}|sidste) (?:{_NAMED_WEEKDAYS}) i (?:(?P<month>{_MONTH})|måneden\b)",
        _weekday_of_month,
    ),
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
    _rule(rf"(?:(?:først|sidst|midt) )?i (?:løbet af )?(?P<month>{_MONTH})", _named_month),
    _rule(r"(?:i |på )?weekenden\b", _weekend),
    _rule(rf"(?:(?:nu )?på |om )?(?P<next>næste )?(?:førstkommende |den )?(?:{_NAMED_WEEKDAYS})\b\.?", _coming_weekday),
)
