"""Weekdays said together with weeks: "torsdag i næste uge", "tirsdag i uge 50 eller onsdag i uge 51"."""

import re
from dataclasses import replace
from datetime import date, timedelta

from bot.language.day_bounds import bounded, is_bounded
from bot.language.day_rules import NAMED_WEEKDAY
from bot.language.day_span import DaySpan

WEEK = re.compile(r"\buge|\b(?:14|fjorten) dage\b")
"""What a span is called that places weekdays beside it."""

# "Næste weekend" says its week itself.
_WEEKEND = re.compile("(?:i |pa |til )?weekend")
_OTHERWISE = re.compile(r"\b(?:ellers?|nej|hov|ups|hellere|bedre)\b")


def in_their_weeks(found: list[DaySpan], folded: str) -> list[DaySpan]:
    """A weekday together with a week lies in that week: "torsdag i næste uge", "torsdag om to uger" are one day."""
    weeks = [span for span in found if WEEK.search(_words(span, folded))]
    named = [span for span in found if is_placed(span, folded)]
    weekdays = [span for span in named if not span.refused]
    if len(weeks) != 1 or not named:
        return _each_in_its_week(found, folded)
    monday = _monday_of(weeks[0])
    between = _between(weekdays, weeks[0], folded)
    if _OTHERWISE.search(between) or (weeks[0].refused and between.strip()):
        return found
    if not weekdays:
        return [in_week_of(monday, span, folded) if _goes_with(weeks[0], span, folded) else span for span in found]
    placed = [_bounded_within(weeks[0], in_week_of(monday, span, folded), folded) for span in weekdays]
    refused = [span for span in found if span.refused]
    nearest = min(placed, key=lambda span: len(_gap(span, weeks[0], folded)))
    both = replace(nearest, start=min(nearest.start, weeks[0].start), end=max(nearest.end, weeks[0].end))
    wished = [replace(both if span is nearest else span, refused=weeks[0].refused) for span in placed]
    return sorted([*wished, *refused], key=lambda span: span.start)


def _bounded_within(week: DaySpan, weekday: DaySpan, folded: str) -> DaySpan:
    """The days from or to a weekday end with the week said before: "i næste uge, men tidligst onsdag"."""
    if week.start > weekday.start or not is_bounded(weekday, folded):
        return weekday
    told = bounded(weekday, folded, week.first)
    return replace(told, last=min(told.last, week.last)) if told.first <= week.last else week


def _between(weekdays: list[DaySpan], week: DaySpan, folded: str) -> str:
    """What stands between a week and the weekday nearest to it."""
    return min((_gap(span, week, folded) for span in weekdays), key=len, default="")


def _gap(one: DaySpan, other: DaySpan, folded: str) -> str:
    return folded[min(one.end, other.end) : max(one.start, other.start)]


def _each_in_its_week(found: list[DaySpan], folded: str) -> list[DaySpan]:
    """Each weekday in the week beside it, where there are several: "tirsdag i næste uge, nej onsdag i uge 50"."""
    placed: list[DaySpan] = []
    for span in found:
        before = placed[-1] if placed else None
        if before is None or folded[before.end : span.start].strip():
            placed.append(span)
        elif NAMED_WEEKDAY.match(_words(before, folded)) and WEEK.search(_words(span, folded)):
            placed[-1] = replace(in_week_of(_monday_of(span), before, folded), end=span.end)
        elif WEEK.search(_words(before, folded)) and NAMED_WEEKDAY.match(_words(span, folded)):
            placed[-1] = replace(in_week_of(_monday_of(before), span, folded), start=before.start)
        else:
            placed.append(span)
    return placed


def _monday_of(span: DaySpan) -> date:
    return span.last - timedelta(days=span.last.weekday())


def _goes_with(week: DaySpan, ruled_out: DaySpan, folded: str) -> bool:
    """Not so the weekend before it: "ikke i weekenden, men i næste uge"."""
    is_before = ruled_out.start < week.start and _WEEKEND.match(_words(ruled_out, folded))
    return is_placed(ruled_out, folded) and not week.refused and not is_before


def is_placed(span: DaySpan, folded: str) -> bool:
    """Whether it names a weekday or a weekend, which a week said beside it may place."""
    words = _words(span, folded)
    return (NAMED_WEEKDAY.match(words) or _WEEKEND.match(words)) is not None


def in_week_of(monday: date, span: DaySpan, folded: str) -> DaySpan:
    """The weekday or the weekend that a span names, in the week of that Monday."""
    if _WEEKEND.match(_words(span, folded)):
        return replace(span, first=monday + timedelta(days=5), last=monday + timedelta(days=6))
    first = monday + timedelta(days=span.first.weekday())
    return replace(span, first=first, last=first + (span.last - span.first))


def _words(span: DaySpan, folded: str) -> str:
    return folded[span.start : span.end]
