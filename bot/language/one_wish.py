"""The wish that one stretch of text says, read as a whole."""

from dataclasses import replace
from datetime import datetime

from bot.language.asides import without_asides, without_what_is_moved
from bot.language.clock import ClockWish, names_an_hour
from bot.language.day_rules import NAMED_WEEKDAY
from bot.language.day_span import DaySpan, days_from
from bot.language.doubts import is_of_an_aside, is_unclear, leaves_a_number, tells_why
from bot.language.folding import BLOT, blotted
from bot.language.from_now import hour_from_now
from bot.language.impossible_times import why_refused
from bot.language.refusals import REFUSED
from bot.language.time_phrases import SOON_ALONE, soonest_in, weeks_later
from bot.language.time_spelling import Spelled
from bot.language.time_wish import FoundWish, TimeWish
from bot.language.wished_days import most_exact, named_days
from bot.language.wished_hours import days_and_hours


def located(said: Spelled, now: datetime) -> FoundWish | None:
    """The wish and its place in the text as it was written; None where it says none. `now` is in Danish time."""
    said = replace(said, text=without_what_is_moved(said.text))
    folded = said.text
    if SOON_ALONE.fullmatch(folded):
        return FoundWish(TimeWish(soonest=True), *said.written(0, len(folded)))
    heard = without_asides(folded)
    found = named_days(folded, heard, now.date())
    days = most_exact([span for span in found if not span.refused], folded)
    soonest = soonest_in(folded, heard, among_days=bool(found))
    rest = _without(folded, found)
    if soonest:
        rest = blotted(rest, *soonest.span())
    kept, clock = days_and_hours(rest, days)
    if clock and soonest and not heard[clock.start : clock.end].strip(BLOT):
        clock = None
    if clock and tells_why(folded, heard, clock, kept):
        clock = None
    wish = _wish(kept, [span for span in found if span.refused and not span.past], clock, soonest=bool(soonest))
    is_over = any(span.is_over(now.date()) for span in found)
    wish = replace(
        wish,
        refused=why_refused(folded, heard, wish, clock, now, names_a_past_date=is_over),
        unclear=is_unclear(folded, rest, kept, clock) or wish.contradicts_itself(),
        weeks_later=None if _names_a_day(folded, kept) else weeks_later(folded),
    )
    left_open = is_of_an_aside(clock, kept, heard) or (clock is None and leaves_a_number(rest, kept, heard))
    if left_open and not wish.refused:
        wish = replace(wish, unclear=True)
    if wish == TimeWish():
        return _from_now(said, heard, now)
    if _refuses_hours_alone(rest, wish):
        return None
    places = [(one.start, one.end) for one in (*(days or found), *([clock] if clock else ()))]
    places += [soonest.span()] if soonest else []
    start, end = (min(places)[0], max(end for _, end in places)) if places else (0, len(folded))
    return FoundWish(wish, *said.written(start, end))


def _from_now(said: Spelled, heard: str, now: datetime) -> FoundWish | None:
    found = hour_from_now(heard, now)
    if found is None:
        return None
    words, then = found
    wish = TimeWish(day=then.date(), exact=then.time())
    refused = why_refused(said.text, heard, wish, None, now, names_a_past_date=False)
    return FoundWish(replace(wish, refused=refused), *said.written(*words.span()))


def _names_a_day(folded: str, days: list[DaySpan]) -> bool:
    """Whether more than a number of weeks tells the day: "flyt den til torsdag i næste uge"."""
    named = [folded[span.start : span.end] for span in days]
    return any("uge" not in words or NAMED_WEEKDAY.search(words) for words in named)


def _refuses_hours_alone(rest: str, wish: TimeWish) -> bool:
    """Such as "kan ikke i morgen kl 10": the day is not ruled out."""
    hours = wish.exact or wish.earliest or wish.latest
    return bool(wish.not_days) and not (wish.day or hours) and names_an_hour(rest)


def _wish(days: list[DaySpan], refused: list[DaySpan], clock: ClockWish | None, *, soonest: bool) -> TimeWish:
    first, last = min((span.first for span in days), default=None), max((span.last for span in days), default=None)
    ruled_out = {day for span in refused for day in span.days()}
    if first and last:
        wished = {day for span in days for day in span.days()}
        left = sorted(wished - ruled_out) or sorted(wished)
        first, last = left[0], left[-1]
        ruled_out = {day for day in days_from(first, last) if day not in left}
    return TimeWish(
        day=first,
        last_day=last if last != first else None,
        earliest=clock.earliest if clock else None,
        latest=clock.latest if clock else None,
        exact=clock.exact if clock else None,
        soonest=soonest,
        not_days=tuple(sorted(ruled_out)),
    )


def _without(folded: str, days: list[DaySpan]) -> str:
    for span in days:
        folded = blotted(folded, span.start, span.end, REFUSED if span.refused else BLOT)
    return folded
