"""A wish for a time, told back in words: what was understood is seen before anything is booked by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise

from babel.dates import format_date

from bot.language.day_span import days_from
from bot.language.lists import listed
from bot.language.time_wish import TimeWish

_MOST_STRETCHES = 3
"""Of more, only the first and the last day are told, and those between that are ruled out."""

Stretch = tuple[date, date]


@dataclass(frozen=True, slots=True)
class _Words:
    locale: str
    day: str
    month: str
    hour: str
    either: str
    both: str
    stretch: str
    but: str
    any_day_but: str
    at: str
    since: str
    until: str
    between: str
    soonest: str


_DANISH = _Words(
    locale="da",
    day="EEEE 'den' d.",
    month=" MMMM",
    hour="%H.%M",
    either="eller",
    both="og",
    stretch="fra {} til {}",
    but="men ikke {}",
    any_day_but="alle dage, men ikke {}",
    at="kl. {}",
    since="fra kl. {}",
    until="senest kl. {}",
    between="mellem kl. {} og {}",
    soonest="så tidligt som muligt",
)
_ENGLISH = _Words(
    locale="en_GB",
    day="EEEE d",
    month=" MMMM",
    hour="%H:%M",
    either="or",
    both="and",
    stretch="from {} to {}",
    but="but not {}",
    any_day_but="any day, but not {}",
    at="at {}",
    since="from {}",
    until="by {} at the latest",
    between="between {} and {}",
    soonest="as soon as possible",
)


def told_in_danish(wish: TimeWish) -> str:
    """Such as "fra tirsdag den 24. til torsdag den 26. november, fra kl. 14.00".

    Empty only where the wish says nothing of days or hours.
    """
    return _told(wish, _DANISH)


def told_in_english(wish: TimeWish) -> str:
    """The same in English."""
    return _told(wish, _ENGLISH)


def _told(wish: TimeWish, words: _Words) -> str:
    soonest = [words.soonest] if wish.soonest else []
    return ", ".join([*_days(wish, words), *_hours(wish, words), *soonest])


def _days(wish: TimeWish, words: _Words) -> list[str]:
    ruled_out = _stretches(sorted(set(wish.not_days)))
    last = wish.last_day or wish.day
    all_of_them = days_from(wish.day, last) if wish.day and last else []
    wished = _stretches([day for day in all_of_them if day not in wish.not_days])
    if wish.day is None or last is None or not wished:
        return [words.any_day_but.format(_dates(ruled_out, words.both, words))] if ruled_out else []
    if len(wished) <= _MOST_STRETCHES:
        return [_dates(wished, words.either, words)]
    return [_dates([(wish.day, last)], "", words), words.but.format(_dates(ruled_out, words.both, words))]


def _stretches(days: Sequence[date]) -> list[Stretch]:
    """The days, three and more in a row by the first and the last."""
    found: list[Stretch] = []
    for day in days:
        if found and day == found[-1][1] + timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    pairs = [
        [(first, first), (last, last)] if last - first == timedelta(days=1) else [(first, last)]
        for first, last in found
    ]
    return [stretch for pair in pairs for stretch in pair]


def _dates(stretches: Sequence[Stretch], joint: str, words: _Words) -> str:
    """All of them; the month stands only behind the last day of it."""
    named = [day for first, last in stretches for day in ((first,) if first == last else (first, last))]
    alike = [one.month == other.month for one, other in pairwise(named)]
    texts = iter(
        format_date(day, words.day + words.month * (not same), locale=words.locale)
        for day, same in zip(named, [*alike, False], strict=True)
    )
    told = [
        next(texts) if first == last else words.stretch.format(next(texts), next(texts)) for first, last in stretches
    ]
    return listed(told, joint)


def _hours(wish: TimeWish, words: _Words) -> list[str]:
    def told(form: str, *moments: time) -> list[str]:
        return [form.format(*(moment.strftime(words.hour) for moment in moments))]

    if wish.exact:
        return told(words.at, wish.exact)
    if wish.earliest and wish.latest:
        return told(words.between, wish.earliest, wish.latest)
    if wish.earliest:
        return told(words.since, wish.earliest)
    return told(words.until, wish.latest) if wish.latest else []
