"""The days that a stretch of text wishes for, of all it names."""

import re
from datetime import date, timedelta

from bot.language.asides import corrections
from bot.language.called_off import with_those_called_off
from bot.language.day_rules import NAMED_WEEKDAY
from bot.language.day_span import DaySpan
from bot.language.days import find_days
from bot.language.folding import BLOT
from bot.language.neighbour_days import points_at_a_neighbour
from bot.language.time_phrases import SAME_DAY, SOONEST

_AS_LONG_AS_A_CORRECTION = 16
# "Det er en torsdag" says it of a date.
_IS_A = re.compile(r"\b(?:det|som|der) er (?:jo |vist )?(?:en )?$")


def named_days(folded: str, heard: str, today: date) -> list[DaySpan]:
    """The days wished for and refused, without those that were put right or, in `heard`, are no wish."""
    found = with_those_called_off(find_days(folded, today), folded)
    for at in corrections(folded):
        after = [span for span in found if span.start >= at]
        if any(not span.refused for span in after):
            return _but_for(after, [span for span in found if span.start < at])
        if after and (wrong := _refused_right_before(at, found, folded)):
            return [span for span in found if span is not wrong]
    told = _told(found, heard, today)
    if not any(not span.refused for span in told) and (SAME_DAY.search(heard) or not SOONEST.search(heard)):
        return found
    return told + [span for span in found if span.refused and not heard[span.start : span.end].strip(BLOT)]


def _refused_right_before(at: int, found: list[DaySpan], folded: str) -> DaySpan | None:
    """The day that another takes the place of among those ruled out: "undtagen torsdag, nej undtagen onsdag"."""
    before = [span for span in found if span.end <= at]
    is_near = before and before[-1].refused and len(folded[before[-1].end : at]) <= _AS_LONG_AS_A_CORRECTION
    return before[-1] if is_near else None


def _told(found: list[DaySpan], heard: str, today: date) -> list[DaySpan]:
    """Those named outside the asides; they are read together with them only where "ugen efter" points there."""
    if points_at_a_neighbour(heard):
        return [span for span in found if BLOT not in heard[span.start : span.end]]
    return with_those_called_off(find_days(heard, today), heard)


def _but_for(days: list[DaySpan], taken_back: list[DaySpan]) -> list[DaySpan]:
    """Without those taken back and only spoken of: "den 2. nej den 3., den 2. er jo jobcenter"."""
    left = [span for span in days if not any(span.is_same_as(other) for other in taken_back)]
    return left if any(not span.refused for span in left) else days


def most_exact(days: list[DaySpan], folded: str) -> list[DaySpan]:
    """Without a span within which another lies, or that tells the weekday of a date.

    "I januar, fx den 5." is the fifth, and "d. 10/12, det er en torsdag" the tenth.
    """
    dates = [span for span in days if span.first == span.last and not _is_weekday(span, folded)]
    told = [span for span in days if _is_weekday(span, folded) and _is_told_of_a_date(span, days, folded)]
    named = [
        span for span in days if not (span in told and {span.first.weekday()} == {one.first.weekday() for one in dates})
    ]
    return [span for span in named if not any(_lies_within(other, span) for other in named)]


def _is_told_of_a_date(weekday: DaySpan, days: list[DaySpan], folded: str) -> bool:
    """Such as "det er en torsdag" and "i dag tirsdag"."""
    beside = any(span.end <= weekday.start and not folded[span.end : weekday.start].strip(" ,") for span in days)
    return beside or _IS_A.search(folded, 0, weekday.start) is not None


def _is_weekday(span: DaySpan, folded: str) -> bool:
    return NAMED_WEEKDAY.fullmatch(folded, span.start, span.end) is not None


def _lies_within(one: DaySpan, other: DaySpan) -> bool:
    return other.first <= one.first and one.last <= other.last and (one.first, one.last) != (other.first, other.last)


def sooner(days: list[DaySpan]) -> list[DaySpan]:
    """The spans that make one with the first to come."""
    kept: list[DaySpan] = []
    for span in sorted(days, key=lambda span: span.first):
        if not kept or span.first <= max(one.last for one in kept) + timedelta(days=1):
            kept.append(span)
    return kept
