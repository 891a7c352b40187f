"""Weekdays said together with weeks: "torsdag i næste uge", "tirsdag i uge 50 eller onsdag i uge 51"."""

import re
from dataclasses import replace
from datetime import date, timedelta

from bot.language.day_rules import NAMED_WEEKDAY
from bot.language.day_span import DaySpan

WEEK = re.compile(r"\buge|\b(?:14|fjorten) dage\b")
"""What a span is called that places weekdays beside it."""

_OTHERWISE = re.compile(r"\bellers?\b")


def in_their_weeks(found: list[DaySpan], folded: str) -> list[DaySpan]:
    """A weekday together with a week lies in that week: "torsdag i næste uge", "torsdag om to uger" are one day."""
    weeks = [span for span in found if WEEK.search(_words(span, folded))]
    named = [span for span in found if NAMED_WEEKDAY.match(_words(span, folded))]
    weekdays = [span for span in named if not span.refused]
    if len(weeks) != 1 or not named:
        return _each_in_its_week(found, folded)
    monday = _monday_of(weeks[0])
    between = _between(weekdays[-1], weeks[0], folded) if weekdays else ""
    if _OTHERWISE.search(between) or (weeks[0].refused and between.strip()):
        return found
    if not weekdays:
        return [_on_weekday_of(monday, span) if span in named and not weeks[0].refused else span for span in found]
    start, end = min(weeks[0].start, weekdays[0].start), max(weeks[0].end, weekdays[-1].end)
    placed = [monday + timedelta(days=span.first.weekday()) for span in weekdays]
    refused = [span for span in found if span.refused]
    return [*(DaySpan(day, day, start, end, weeks[0].refused) for day in placed), *refused]


def _between(one: DaySpan, other: DaySpan, folded: str) -> str:
    first, last = sorted((one, other), key=lambda span: span.start)
    return folded[first.end : last.start]


def _each_in_its_week(found: list[DaySpan], folded: str) -> list[DaySpan]:
    """Each weekday in the week beside it, where there are several: "tirsdag i næste uge, nej onsdag i uge 50"."""
    placed: list[DaySpan] = []
    for span in found:
        before = placed[-1] if placed else None
        if before is None or folded[before.end : span.start].strip():
            placed.append(span)
        elif NAMED_WEEKDAY.match(_words(before, folded)) and WEEK.search(_words(span, folded)):
            placed[-1] = replace(_on_weekday_of(_monday_of(span), before), end=span.end)
        elif WEEK.search(_words(before, folded)) and NAMED_WEEKDAY.match(_words(span, folded)):
            placed[-1] = replace(_on_weekday_of(_monday_of(before), span), start=before.start)
        else:
            placed.append(span)
    return placed


def _monday_of(span: DaySpan) -> date:
    return span.last - timedelta(days=span.last.weekday())


def _on_weekday_of(monday: date, span: DaySpan) -> DaySpan:
    day = monday + timedelta(days=span.first.weekday())
    return replace(span, first=day, last=day)


def _words(span: DaySpan, folded: str) -> str:
    return folded[span.start : span.end]
