"""What is left of a week beside days that were named: "onsdag er jeg i retten, men resten af ugen kan jeg"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.language.day_rules import NAMED_WEEKDAY
from bot.language.day_span import DaySpan
from bot.language.folding import compiled

_THIS_WEEK = "(?:denne |den her )uge"
_REST = compiled(
    rf"\b(?:(?:resten af|(?:alle )?(?:de )?andre dage i) (?:ugen|{_THIS_WEEK}|(?:den )?(?:næste )?uge)\b"
    r"|hele ugen(?=[.,;]? (?:undtagen|men|bare|bortset|på nær))|(?<=ellers )hele ugen)"
    # "Resten af ugen har jeg praktik" offers none of it.
    r"(?! (?:er|har|skal|arbejder|står|sover) (?:jeg|vi|a)\b(?! (?:\w+ )?(?:fri|ledig|tid|hjemme)))"
    r"(?! (?:kan|går|passer|duer) (?:\w+ )?(?:ikk?e?)\b)"
)


def with_rest_of_week(found: Sequence[DaySpan], folded: str, today: date) -> list[DaySpan]:
    """The same, with the week in the place of the words for what is left of it, and the days named before ruled out.

    It is the week said in them, or that of the day before them, or else this one.
    """
    match = _REST.search(folded)
    before = [span for span in found if match and span.end <= match.start()]
    inside = [span for span in found if match and match.start() <= span.start < match.end()]
    if match is None or not (inside or before or "uge" in match.group()):
        return list(found)
    day = inside[-1].last if inside else before[-1].last if before else today
    monday = day - timedelta(days=day.weekday())
    week = DaySpan(max(today, monday), monday + timedelta(days=6), *match.span())
    days = [replace(_in_week_of(monday, span, folded), refused=True) for span in before if not _is_long(span)]
    after = [span for span in found if span.start >= match.end()]
    return [*days, week, *after]


def points_at_the_rest(folded: str) -> bool:
    """Whether the text alone cannot tell the days: "men resten af ugen er fin"."""
    return _REST.search(folded) is not None


def _is_long(span: DaySpan) -> bool:
    return span.last - span.first > timedelta(days=3)


def _in_week_of(monday: date, span: DaySpan, folded: str) -> DaySpan:
    if span.first != span.last or not NAMED_WEEKDAY.fullmatch(folded, span.start, span.end):
        return span
    day = monday + timedelta(days=span.first.weekday())
    return replace(span, first=day, last=day)
