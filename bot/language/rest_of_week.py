"""What is left of a week beside days that were named: "onsdag er jeg i retten, men resten af ugen kan jeg"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.language.day_span import DaySpan
from bot.language.days_in_weeks import in_week_of, is_placed
from bot.language.folding import compiled
from bot.language.refusals import is_refused

_THIS_WEEK = "(?:denne |den her )uge"
_REST = compiled(
    rf"\b(?:(?:resten af|(?:alle )?(?:de )?andre dage i) (?:ugen|{_THIS_WEEK}|(?:den )?(?:næste )?uge)\b"
    r"|hele ugen(?=[.,;]? (?:undtagen|men|bare|bortset|på nær))|(?<=ellers )hele ugen)"
)
_BUSY = compiled(
    r"\b(?:arbejder|arbejde|job|\w*vagt\w*|praktik\w*|skole|eksamen|prøve\w*|ferie|væk|optaget|syg|rejser|bortrejst|nat|ikk?e?)\b"
    r"(?![^.,!?;]* (?:fri|ledig)\b)(?:(?!\b(?:men|ellers|så)\b)[^.,!?;])*$"
)
# "Resten af ugen er optaget" and "resten af ugen har jeg vagt" offer none of it.
_A_VERB = compiled(r",? (?:er|går|bliver|har|skal|kan|passer|duer|arbejder|står|sover)\b")
_OFFERED = compiled(
    r",? (?:kan (?:jeg|vi|a)|(?:er|går|passer|duer|bliver)(?: \w+){0,3}? "
    r"(?:fint?|ok|okay|godt?|fri|ledig|åben|også|muligt?|perfekt|udmærket))\b(?! (?:\w+ )?ikk?e?\b)"
)
_NOT_THEN = compiled(
    r"^[^.!?;]{0,40}?\b(?:(?:er|har|skal|arbejder|spiller|træner) (?:jeg|vi|a|min|mit|der|vores)|ikk?e?)\b"
)


def with_rest_of_week(found: Sequence[DaySpan], folded: str, today: date) -> list[DaySpan] | None:
    """The same, with the week in the place of the words for what is left of it, and the days named before ruled out.

    It is the week said in them, or that of the day before them, or else this one; the next where nothing is left of it.
    None where no such words offer it: one is busy then, or a day before them is wished for itself.
    """
    match = _REST.search(folded)
    if match is None or not _is_offered(folded, match.start(), match.end()):
        return None
    before = [span for span in found if span.end <= match.start() and span.last - span.first <= timedelta(days=3)]
    others_alone = "andre" in match.group()
    if not all(others_alone or span.refused or _NOT_THEN.search(folded[span.end : match.start()]) for span in before):
        return None
    inside = [span for span in found if match.start() <= span.start < match.end()]
    day = inside[-1].last if inside else before[-1].last if before else today
    monday = day - timedelta(days=day.weekday())
    after = [span for span in found if span.start >= match.end()]
    days = [replace(_placed(monday, span, folded), refused=True) for span in before]
    if not _left(monday, days, today):
        monday += timedelta(days=7)
    week = DaySpan(max(today, monday), monday + timedelta(days=6), *match.span())
    return [*days, week, *(_placed(monday, span, folded) if span.refused else span for span in after)]


def points_at_the_rest(folded: str) -> bool:
    """Whether the text alone cannot tell the days: "men resten af ugen er fin"."""
    return _REST.search(folded) is not None


def _is_offered(folded: str, start: int, end: int) -> bool:
    if is_refused(folded, start, end) or _BUSY.search(folded, 0, start):
        return False
    return _OFFERED.match(folded, end) is not None or _A_VERB.match(folded, end) is None


def _left(monday: date, ruled_out: Sequence[DaySpan], today: date) -> bool:
    """Whether a day of that week is left, from today on."""
    gone = {day for span in ruled_out for day in span.days()}
    return any(day >= today and day not in gone for day in (monday + timedelta(days=number) for number in range(7)))


def _placed(monday: date, span: DaySpan, folded: str) -> DaySpan:
    return in_week_of(monday, span, folded) if is_placed(span, folded) else span
