"""Which days the words of a rule mean, as seen from today."""

import calendar
import re
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from functools import lru_cache

import dateparser

from bot.language.folding import compiled, danish_pattern
from bot.language.numbers import MONTHS, ORDINALS, number_said

OPEN_END = timedelta(days=6)
"""How far "fra mandag" reaches."""

_FARTHEST_MONTH = timedelta(days=183)
""" "I oktober" is the one that has been, when the next is almost a year away."""

_FARTHEST_MONTH_TO_WAIT_FOR = timedelta(days=330)
_WAITS = compiled("først i|til")

FEASTS = {
    r"lille ?juleaften(?:sdag)?": (12, 23),
    r"juleaften(?:sdag)?": (12, 24),
    r"(?:(?:første|1\.) )?juledag": (12, 25),
    r"(?:anden|2\.) juledag": (12, 26),
    r"nytårsaften(?:sdag)?": (12, 31),
    r"nytårsdag": (1, 1),
}
PARTS_OF_MONTH = {
    r"(?:først|tidligt|(?:i )?(?:starten|begyndelsen))": (1, 5),
    r"midt": (12, 18),
    r"(?:sidst|(?:i )?slutningen)": (25, 31),
}
PARTS_OF_WEEK = {
    r"(?:først|tidligt|(?:i )?(?:starten|begyndelsen))": (0, 2),
    r"midt": (1, 3),
    r"(?:sidst|sent|(?:i )?slutningen)": (3, 4),
}


_FRIDAY = 4
_DATES_KEPT = 512
"""The parts of a message are read by themselves as well: each date of it several times."""

# Without a year it is found in a leap year alone.
_LEAP_DAY = re.compile(r"29[ /](?:0?2|feb\w*)")

Days = tuple[date, date]
Resolver = Callable[[re.Match[str], date], Days | None]


def weekday_of(match: re.Match[str]) -> int:
    """Which one the groups weekday0 to weekday6 of a match name; Monday is 0."""
    return next(number for number in range(7) if match.group(f"weekday{number}"))


def coming_weekday(match: re.Match[str], today: date) -> Days:
    """The next one after today, or that of the next week."""
    weekday = weekday_of(match)
    if match.groupdict().get("next"):
        return _one(today + timedelta(days=7 - today.weekday() + weekday))
    return _one(today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1))


def weekday_and_weeks(match: re.Match[str], today: date) -> Days:
    """Such as "fredag otte dage", a week after the coming one."""
    coming, _ = coming_weekday(match, today)
    return _one(coming + timedelta(weeks=1 if match.group("later") in ("8", "otte") else 2))


def written_date(match: re.Match[str], today: date) -> Days | None:
    """Such as "d. 3. december", "3/12-26", and the fourth of "den 4. eller 7. december"."""
    said = match.groupdict()
    parts = [part.strip(" .-/") for name in ("day", "month", "year") if (part := said.get(name))]
    return _parsed_date(("/" if parts[1].isdigit() else " ").join(parts), today)


def ordinal_date(match: re.Match[str], today: date) -> Days | None:
    """Such as "den tredje december"."""
    return _parsed_date(f"{_ordinal(match)} {match.group('month').rstrip('.')}", today)


@lru_cache(maxsize=_DATES_KEPT)
def _parsed_date(words: str, today: date) -> Days | None:
    if _LEAP_DAY.fullmatch(words):
        leap_days = (date(year, 2, 29) for year in range(today.year, MAXYEAR) if calendar.isleap(year))
        return _one(next(day for day in leap_days if day >= today))
    yesterday = datetime.combine(today - timedelta(days=1), datetime.min.time())
    settings = {"PREFER_DATES_FROM": "future", "RELATIVE_BASE": yesterday, "DATE_ORDER": "DMY"}
    parsed = dateparser.parse(words, languages=["da"], settings=settings)
    return _one(parsed.date()) if parsed else None


def a_year_before(day: date) -> date:
    """The same day of the year before; of 29 February the last one there was."""
    is_leap_day = (day.month, day.day) == (2, 29)
    years = (year for year in range(day.year - 1, MINYEAR, -1) if calendar.isleap(year) or not is_leap_day)
    return day.replace(year=next(years))


def day_of_month(match: re.Match[str], today: date) -> Days | None:
    """Such as "den 3."."""
    return _coming_day_of_month(int(match.group("day")), today)


def ordinal_day(match: re.Match[str], today: date) -> Days | None:
    """Such as "torsdag den tredje"."""
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


def in_units(match: re.Match[str], today: date) -> Days:
    """Such as "om tre dage", "om to uger"; "om et par dage" is two or three, "om et par uger" some day of that week."""
    count, weeks = number_said(match.group("number")), match.group("unit").startswith("uge")
    then = today + timedelta(days=count * (7 if weeks else 1))
    if match.group("number") != "et par":
        return _one(then)
    monday = then - timedelta(days=then.weekday())
    return (monday, monday + OPEN_END) if weeks else (then, then + timedelta(days=1))


def in_some_units(match: re.Match[str], today: date) -> Days | None:
    """From the fewer to the more: "om 2-3 dage"."""
    first, last = number_said(match.group("number")), number_said(match.group("more"))
    return (today + timedelta(days=first), today + timedelta(days=last)) if first < last else None


def within(match: re.Match[str], today: date) -> Days:
    """From today on: "inden for en uge"."""
    return today, in_units(match, today)[1]


def next_days(match: re.Match[str], today: date) -> Days:
    """From tomorrow on: "de næste tre dage"."""
    return today + timedelta(days=1), today + timedelta(days=_counted(match))


def _counted(match: re.Match[str]) -> int:
    return number_said("to" if match.group("number") == "par" else match.group("number"))


def week_after_next(match: re.Match[str], today: date) -> Days:
    """Monday to Sunday."""
    first, last = next_week(match, today)
    return first + timedelta(weeks=1), last + timedelta(weeks=1)


def week_number(match: re.Match[str], today: date) -> Days | None:
    """Such as "uge 49", "uge 50 eller 51"."""
    for year in (today.isocalendar().year, today.isocalendar().year + 1):
        try:
            monday = date.fromisocalendar(year, int(match.group("week")), 1)
        except ValueError:
            return None
        if monday + OPEN_END >= today:
            more = int(match.groupdict().get("last") or match.group("week")) - int(match.group("week"))
            return max(monday, today), monday + OPEN_END + timedelta(weeks=max(0, more))
    return None


def named_month(match: re.Match[str], today: date) -> Days | None:
    """What is left of it, or all of the next one."""
    first = _month_meant(match, today)
    return (max(first, today), _last_of_month(first)) if first else None


def part_of_month(match: re.Match[str], today: date) -> Days | None:
    """Its first five days, the week around its middle, its last week; None where it may be the one that is over."""
    first = _month_meant(match, today)
    if first is None:
        return None
    begins, ends = next(
        days for words, days in PARTS_OF_MONTH.items() if re.fullmatch(danish_pattern(words), match.group("part"))
    )
    last = min(first + timedelta(days=ends - 1), _last_of_month(first))
    return max(today, first + timedelta(days=begins - 1)), last


def last_of_month(match: re.Match[str], today: date) -> Days | None:
    """Its last day, or its last one from Monday to Friday; None where it may be the one that is over."""
    first = _month_meant(match, today) if match.group("month") else today
    if first is None:
        return None
    last = _last_of_month(first)
    weekend = max(0, last.weekday() - 4) if match.group("work") == "hverdag" else 0
    return _one(last - timedelta(days=weekend))


def first_workday(match: re.Match[str], today: date) -> Days | None:
    """The first one from Monday to Friday of a month; None where it has been."""
    first = _month_meant(match, today)
    if first is None:
        return None
    day = first + timedelta(days=(7 - first.weekday()) % 7 if first.weekday() > _FRIDAY else 0)
    return _one(day) if day >= today else None


def _month_meant(match: re.Match[str], today: date) -> date | None:
    """The first of the coming one that it names; None where that is so far off that the last one may be meant."""
    first = _coming_month(match.group("month"), today)
    farthest = _FARTHEST_MONTH_TO_WAIT_FOR if _WAITS.match(match.group()) else _FARTHEST_MONTH
    return first if first <= today + farthest else None


def _last_of_month(day: date) -> date:
    return _first_of_next_month(day) - timedelta(days=1)


def weekday_of_month(match: re.Match[str], today: date) -> Days | None:
    """Such as "første torsdag i december", "sidste torsdag i måneden"."""
    first = _coming_month(match.group("month"), today) if match.group("month") else today.replace(day=1)
    days = [first + timedelta(days=ahead) for ahead in range((_first_of_next_month(first) - first).days)]
    those = [day for day in days if day.weekday() == weekday_of(match)]
    place = -1 if match.group("ordinal") == "sidste" else _ordinal(match) - 1
    return _one(those[place]) if place < len(those) and those[place] >= today else None


def _coming_month(name: str, today: date) -> date:
    """The first of that month, which may be the one that has begun."""
    month = MONTHS.index(name[:3]) + 1
    return date(today.year + (month < today.month), month, 1)


def next_month(_match: re.Match[str], today: date) -> Days:
    """All of it."""
    first = _first_of_next_month(today)
    return first, _last_of_month(first)


def next_year(_match: re.Match[str], today: date) -> Days:
    """All of it."""
    return date(today.year + 1, 1, 1), date(today.year + 1, 12, 31)


def that_year(match: re.Match[str], today: date) -> Days | None:
    """All of it, where it has not begun."""
    year = int(match.group("year"))
    return (date(year, 1, 1), date(year, 12, 31)) if year > today.year else None


def in_months(match: re.Match[str], today: date) -> Days:
    """The same day of a later month, or its last one."""
    count = number_said(match.group("number"))
    first = today.replace(day=1)
    for _ in range(count):
        first = _first_of_next_month(first)
    return _one(first.replace(day=min(today.day, calendar.monthrange(first.year, first.month)[1])))


def first_week(match: re.Match[str], today: date) -> Days:
    """Up to its first Sunday."""
    first = _coming_month(match.group("month"), today)
    return first, first + timedelta(days=6 - first.weekday())


def season(month: int) -> Resolver:
    """The next one that begins with this month: two months of it."""

    def resolve(_match: re.Match[str], today: date) -> Days:
        first = date(today.year + (month <= today.month), month, 1)
        return first, _first_of_next_month(_first_of_next_month(first)) - timedelta(days=1)

    return resolve


def next_week(_match: re.Match[str], today: date) -> Days:
    """Monday to Sunday."""
    monday = today + timedelta(days=7 - today.weekday())
    return monday, monday + OPEN_END


def this_week(_match: re.Match[str], today: date) -> Days:
    """What is left of it."""
    return today, today + timedelta(days=6 - today.weekday())


def part_of_week(match: re.Match[str], today: date) -> Days | None:
    """Monday to Wednesday, Tuesday to Thursday, or Thursday and Friday; of this week only what is left."""
    said = match.groupdict()
    week = week_number(match, today) if said.get("week") else next_week(match, today) if said.get("next") else None
    if said.get("week") and week is None:
        return None
    monday = (week or (today, today))[0]
    monday -= timedelta(days=monday.weekday())
    first, last = next(days for words, days in PARTS_OF_WEEK.items() if re.match(danish_pattern(words), match.group()))
    return max(today, monday + timedelta(days=first)), monday + timedelta(days=last)


def first_days(match: re.Match[str], today: date) -> Days:
    """Three days or as many as it says, from a Monday or the first of a month."""
    first = _coming_month(match.group("month"), today) if match.group("month") else next_week(match, today)[0]
    return first, first + timedelta(days=(_counted(match) if match.group("number") else 3) - 1)


def feast(match: re.Match[str], today: date) -> Days:
    """The next one."""
    month, day = next(day for words, day in FEASTS.items() if re.fullmatch(danish_pattern(words), match.group()))
    this_year = date(today.year, month, day)
    return _one(this_year if this_year >= today else date(today.year + 1, month, day))


def holidays(match: re.Match[str], today: date) -> Days:
    """Those that "inden jul" ends before and "efter nytår" begins after; "mellem jul og nytår" the days between."""
    between, eve = match.group("between"), match.group("jul")
    first, last = ((12, 27), (12, 30)) if between else ((12, 24), (12, 26)) if eve else ((12, 31), (1, 1))
    start = date(today.year + (today > date(today.year, *first)), *first)
    return start, date(start.year + (last < first), *last)


def weekend(match: re.Match[str], today: date) -> Days:
    """What is left of it."""
    sunday = today + timedelta(days=6 - today.weekday() + 7 * bool(match.group("next")))
    return max(today, sunday - timedelta(days=1)), sunday


def ahead(days: int) -> Resolver:
    """So many days from today."""
    return lambda _match, today: _one(today + timedelta(days=days))


def _one(day: date) -> Days:
    return day, day
