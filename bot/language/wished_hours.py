"""The hours that a stretch of text wishes for, and the days they go with."""

from dataclasses import replace

from bot.language.asides import corrections, without_asides
from bot.language.clock import ClockWish, find_clock
from bot.language.day_span import DaySpan
from bot.language.folding import blotted
from bot.language.parts_of_day import names_several_parts, part_of_day
from bot.language.pointing import pointed_hours
from bot.language.wished_days import sooner

_JUST_BEHIND = len(" klokken ")


def days_and_hours(rest: str, days: list[DaySpan]) -> tuple[list[DaySpan], ClockWish | None]:
    """The days and the clock time that go together."""
    clock = _clock(rest, days)
    if len(days) <= 1 or clock is None or _is_shared(clock, rest, days):
        return days, clock
    kept = sooner(days)
    beside = _beside(rest, days, kept)
    # "Onsdag eftermiddag eller torsdag formiddag": a wish holds the hours of one of them.
    if beside and len(kept) > 1 and names_several_parts(rest):
        beside = replace(beside, unclear=True)
    return kept, beside


def _is_shared(clock: ClockWish, rest: str, days: list[DaySpan]) -> bool:
    """Whether one clock time is meant for all the days: not so in "torsdag formiddag eller mandag kl 14"."""
    before, _ = part_of_day(blotted(rest, clock.start, len(rest)))
    if before and (before.earliest, before.latest) != (clock.earliest, clock.latest):
        return False
    behind = find_clock(blotted(rest, 0, clock.end), frozenset(span.end for span in days))
    return behind is None or behind.says_as_much_as(clock)


def _clock(rest: str, days: list[DaySpan]) -> ClockWish | None:
    """The clock time wished for: the one that puts another right, else one that is not about something else."""
    ends = frozenset(span.end for span in days)
    whole = find_clock(rest, ends)
    if not whole:
        return None
    for at in corrections(rest):
        after = blotted(rest, 0, at)
        if whole.start < at and (right := find_clock(after, ends | {at})):
            return _as_bounded_as(
                find_clock(blotted(rest, at, len(rest)), ends), _pointed_or_said(after, ends | {at}, right), at
            )
    return _pointed_or_said(rest, ends, whole)


def _as_bounded_as(wrong: ClockWish | None, right: ClockWish, at: int) -> ClockWish:
    """What puts right an hour that bounds is a bound as well: "tidligst 10, nej 11"."""
    if (
        wrong is None
        or not right.exact
        or right.start - at > _JUST_BEHIND
        or bool(wrong.earliest) == bool(wrong.latest)
    ):
        return right
    earliest, latest = (right.exact, None) if wrong.earliest else (None, right.exact)
    return replace(right, exact=None, earliest=earliest, latest=latest)


def _pointed_or_said(rest: str, ends: frozenset[int], whole: ClockWish) -> ClockWish:
    """`whole` is what hours all of the text names."""
    wish = find_clock(without_asides(rest), ends)
    pointed = pointed_hours(rest, ends)
    if pointed and (wish in (None, whole) or not wish.exact or wish.start == pointed.start):
        return pointed
    return wish or whole


def _beside(rest: str, days: list[DaySpan], kept: list[DaySpan]) -> ClockWish | None:
    """The clock time beside the days kept, or else any: "torsdag kl 10 eller mandag kl 14" is Monday at two."""
    ends = frozenset(span.end for span in days)
    start, last = min(span.start for span in kept), max(span.end for span in kept)
    end = min((span.start for span in days if span.start >= last), default=len(rest))
    beside = blotted(blotted(rest, 0, start), end, len(rest))
    return find_clock(beside, ends) or find_clock(rest, ends)
