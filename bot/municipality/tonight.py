"""The places for tonight as a municipality's file has them, and what they may be."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

from bot.casework.ages import AgeGroup
from bot.casework.free_times import DANISH_TIME, Opening
from bot.casework.tonight import Place
from bot.language.forbidden import forbidden_words
from bot.language.readability import count_words, lix
from bot.municipality.week import WEEKDAYS, stretches

# Several stand in one message, which somebody reads outside in the dark.
MOST_WORDS = 30
HIGHEST_LIX = 30
_NEEDED, _KNOWN = {"text", "confirmed"}, {"text", "confirmed", "age", "open", "english"}
_DAY, _WEEK = 24 * 60, 7 * 24 * 60


def places_from(content: list[Mapping[str, Any]]) -> tuple[Place, ...]:
    """What the file says under `tonight`. Raises ValueError with the place, the key and what is wrong."""
    if not isinstance(content, list):
        raise ValueError("tonight: is no list of places")  # noqa: TRY004 - all that is wrong in a file is told alike
    return tuple(_named(f"tonight, place {number}", entry) for number, entry in enumerate(content, start=1))


def _named(name: str, entry: Mapping[str, Any]) -> Place:
    try:
        return _place(entry)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def _place(entry: Mapping[str, Any]) -> Place:
    keys = set(entry) if isinstance(entry, Mapping) else set()
    if not _NEEDED <= keys <= _KNOWN:
        raise ValueError(
            f"has {sorted(map(str, keys))}; it needs text and confirmed, and may have age, open and english"
        )
    return Place(
        text=_danish(entry["text"]),
        confirmed=_past_day(entry["confirmed"]),
        age=_age(entry["age"]) if "age" in entry else None,
        hours=_hours(entry["open"]) if "open" in entry else (),
        english=_readable("english", entry["english"]) if "english" in entry else "",
    )


def _danish(said: Any) -> str:
    text = _readable("text", said)
    for rule, words in forbidden_words(text, ""):
        raise ValueError(f"text: {words!r} may not be said ({rule})")
    return text


def _readable(key: str, said: Any) -> str:
    if not isinstance(said, str) or not said.strip():
        raise ValueError(f"{key}: {said!r} is no text")
    text = said.strip()
    if {"\n", "{", "}"} & set(text):
        raise ValueError(f"{key}: a line break or a curly bracket in {text!r}; it stands in one line of a message")
    if count_words(text) > MOST_WORDS:
        raise ValueError(f"{key}: {count_words(text)} words, {MOST_WORDS} are the most")
    if lix(text) > HIGHEST_LIX:
        raise ValueError(
            f"{key}: LIX {lix(text):.0f}, {HIGHEST_LIX} is the most; shorter words and sentences are needed"
        )
    return text


def _past_day(day: Any) -> date:
    # A datetime is a date too, and no day.
    if not isinstance(day, date) or isinstance(day, datetime):
        raise ValueError(f"confirmed: {day!r} is no day such as 2026-11-28")  # noqa: TRY004 - told as the rest is
    today = datetime.now(DANISH_TIME).date()
    if day > today:
        raise ValueError(f"confirmed: {day} is still to come; today is {today}")
    return day


def _age(age: Any) -> AgeGroup:
    if age not in list(AgeGroup):
        raise ValueError(f"age: {age!r} is not one of {', '.join(AgeGroup)}; left out, it is for everybody")
    return AgeGroup(age)


def _hours(week: Any) -> tuple[Opening, ...]:
    if not isinstance(week, Mapping) or not week:
        raise ValueError(f"open: {week!r} has no weekday; left out, it is always open")
    try:
        hours = tuple(sorted(stretches(week), key=_minutes))
    except ValueError as error:
        raise ValueError(f"open: {error}") from error
    for hour in hours:
        if hour.start == hour.end != time():
            raise ValueError(f"open: {_written(hour)} ends as it starts; a whole day is 00:00-24:00")
    _refuse_overlaps(hours)
    return hours


def _refuse_overlaps(hours: Iterable[Opening]) -> None:
    """The week begins anew after its last stretch, which may run on into Monday."""
    in_order = [(*_minutes(hour), hour) for hour in hours]
    again = [(start + _WEEK, end + _WEEK, hour) for start, end, hour in in_order[:1]]
    for (_, ends, one), (starts, _, other) in pairwise(in_order + again):
        if starts < ends:
            raise ValueError(f"open: {_written(other)} begins before {_written(one)} ends")


def _minutes(hour: Opening) -> tuple[int, int]:
    """Its beginning and end in minutes of the week."""
    start, end = (60 * clock.hour + clock.minute for clock in (hour.start, hour.end))
    begins = hour.weekday * _DAY
    return begins + start, begins + (end if start < end else end + _DAY)


def _written(hour: Opening) -> str:
    return f"{WEEKDAYS[hour.weekday]} {hour.start:%H:%M}-{hour.end:%H:%M}"
