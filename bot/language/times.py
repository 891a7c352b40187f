"""When a young person would like to meet, read from their own words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.language.asides import corrections, without_asides
from bot.language.clock import ClockWish, find_clock, names_an_hour
from bot.language.day_rules import NAMED_WEEKDAY
from bot.language.days import DaySpan, days_from, find_days
from bot.language.english_times import in_danish
from bot.language.folding import BLOT, blotted, fold_in_place
from bot.language.last_word import Part, parts
from bot.language.refusals import REFUSED
from bot.language.time_phrases import (
    AFTER_THAT,
    AT_NIGHT,
    BEFORE_THAT,
    IN_ONE_BREATH,
    IN_THE_PAST,
    SAME_DAY,
    SOON_ALONE,
    SOONEST,
    UNSURE,
    soonest_in,
    weeks_later,
)
from bot.language.time_spelling import Spelled, spelled
from bot.language.time_wish import Refused, TimeWish
from bot.language.tongue import Tongue, tongue_of

DENMARK = ZoneInfo("Europe/Copenhagen")
LONGEST_TEXT = 1000
# So few words say nothing but the time: "i går?"
_FEW_WORDS = 6
_LATE = time(22)
# Characters between an hour and what is said of it.
_BESIDE = 20


@dataclass(frozen=True, slots=True)
class FoundWish:
    """A wish and the characters of the text (`start` to `end`) that say it."""

    wish: TimeWish
    start: int
    end: int


def find_time_wish(text: str, now: datetime) -> TimeWish | None:
    """The time a text wishes for, None when it names none.

    `now` must be aware; days are those of Denmark, from today on. A weekday is the next one after today;
    an hour from one to six without more is in the afternoon. Of several days named in one breath any will do.
    """
    found = locate_time_wish(text, now)
    return found.wish if found else None


def locate_time_wish(text: str, now: datetime) -> FoundWish | None:
    """As find_time_wish, with the place in the text. Raises ValueError when `now` is naive."""
    if now.tzinfo is None:
        raise ValueError("now: a time zone is missing")
    folded = fold_in_place(text[:LONGEST_TEXT])
    here, tongue = now.astimezone(DENMARK), tongue_of(text)
    english = in_danish(folded) if tongue is not Tongue.DANISH else None
    if english and tongue is Tongue.ENGLISH:
        return _wish_itself(english, here)
    found = [_wish_itself(said, here) for said in (english, spelled(folded)) if said]
    return max((one for one in found if one), key=lambda one: one.wish.says(), default=None)


def _wish_itself(said: Spelled, now: datetime) -> FoundWish | None:
    """The wish of the whole, or of the one part of it that says it is one, where the others tell what else happens."""
    divided = parts(said.text)
    if len(divided) == 1:
        return _located(said, now)
    whole = _with_its_conditions(said, divided, now)
    told = _surest(said, divided, now) if whole else None
    if whole is None or told is None or told.wish.unclear:
        return whole
    if told.wish.day and told.wish.names_hours():
        return told
    if not (told.wish.names_hours() and (whole.wish.unclear or whole.wish.contradicts_itself())):
        return whole
    lacks_its_day = told.wish.day is None and whole.wish.last_day is None
    return replace(told, wish=replace(told.wish, day=whole.wish.day)) if lacks_its_day else told


def _with_its_conditions(said: Spelled, divided: Sequence[Part], now: datetime) -> FoundWish | None:
    """The wish of the whole; without what begins with "hvis" or "fordi" where that makes it unclear or says no more."""
    every, main = _located(said, now), _located(_only(said, [part for part in divided if not part.aside]), now)
    if every is None or main is None:
        return every
    return main if every.wish.unclear or every.wish.says() < main.wish.says() else every


def _surest(said: Spelled, divided: Sequence[Part], now: datetime) -> FoundWish | None:
    """What the part says that is most surely a wish and names a time, the last of several, and what goes on from it."""
    for surety in sorted({part.surety for part in divided if part.surety > 0}, reverse=True):
        for number in reversed([number for number, part in enumerate(divided) if part.surety == surety]):
            own, after = divided[number], divided[number + 1 :]
            found = _located(_only(said, [own]), now)
            if found is None:
                continue
            longer = _located(_only(said, [own, *after]), now) if after else None
            goes_on = longer and not longer.wish.unclear and longer.wish.day == found.wish.day
            return longer if goes_on else found
    return None


def _only(said: Spelled, kept: Sequence[Part]) -> Spelled:
    """The text with all but these parts blotted out."""
    text, done = said.text, 0
    for part in kept:
        text, done = blotted(text, done, part.start), part.end
    return replace(said, text=blotted(text, done, len(text)))


def _located(said: Spelled, now: datetime) -> FoundWish | None:
    folded = said.text
    if SOON_ALONE.fullmatch(folded):
        return FoundWish(TimeWish(soonest=True), *said.written(0, len(folded)))
    heard = without_asides(folded)
    found = _days(folded, heard, now.date())
    days = _most_exact([span for span in found if not span.refused])
    soonest = soonest_in(folded, heard, among_days=bool(days))
    rest = _without(folded, found)
    if soonest:
        rest = blotted(rest, *soonest.span())
    kept, clock = _together(rest, days)
    wish = _wish(kept, [span for span in found if span.refused and not span.past], clock, soonest=bool(soonest))
    wish = replace(
        wish,
        refused=_refused(folded, heard, wish, clock),
        unclear=_is_unclear(folded, kept, clock),
        weeks_later=None if _names_a_day(folded, kept) else weeks_later(folded),
    )
    if wish == TimeWish() or _refuses_hours_alone(folded, wish):
        return None
    places = [(one.start, one.end) for one in (*(days or found), *([clock] if clock else ()))]
    places += [soonest.span()] if soonest else []
    start, end = (min(places)[0], max(end for _, end in places)) if places else (0, len(folded))
    return FoundWish(wish, *said.written(start, end))


def _days(folded: str, heard: str, today: date) -> list[DaySpan]:
    """The days wished for and refused, without those that were put right or, in `heard`, are no wish."""
    found = find_days(folded, today)
    for at in corrections(folded):
        after = [span for span in found if span.start >= at]
        if any(not span.refused for span in after):
            return after
    told = find_days(heard, today)
    if not any(not span.refused for span in told) and (SAME_DAY.search(heard) or not SOONEST.search(heard)):
        return found
    return told + [span for span in found if span.refused and not heard[span.start : span.end].strip(BLOT)]


def _most_exact(days: list[DaySpan]) -> list[DaySpan]:
    """Without a span within which another lies: "i januar, fx den 5." is the fifth."""
    return [span for span in days if not any(_lies_within(other, span) for other in days)]


def _lies_within(one: DaySpan, other: DaySpan) -> bool:
    return other.first <= one.first and one.last <= other.last and (one.first, one.last) != (other.first, other.last)


def _together(rest: str, days: list[DaySpan]) -> tuple[list[DaySpan], ClockWish | None]:
    """The days and the clock time that go together."""
    clock = _clock(rest, days)
    if len(days) <= 1 or clock is None or _is_shared(clock, rest, days):
        return days, clock
    kept = _sooner(days)
    return kept, _beside(rest, days, kept)


def _is_unclear(folded: str, days: list[DaySpan], clock: ClockWish | None) -> bool:
    """Whether several times may be meant; days named in one breath are all wished for."""
    ordered = sorted(days, key=lambda span: span.start)
    gaps = [(one.end, other.start) for one, other in pairwise(ordered) if one.end <= other.start]
    return (
        any(span.unclear for span in days)
        or (clock is not None and clock.unclear)
        or any(not IN_ONE_BREATH.fullmatch(folded, *gap) for gap in gaps)
        or UNSURE.search(folded) is not None
    )


def _names_a_day(folded: str, days: list[DaySpan]) -> bool:
    """Whether more than a number of weeks tells the day: "flyt den til torsdag i næste uge"."""
    named = [folded[span.start : span.end] for span in days]
    return any("uge" not in words or NAMED_WEEKDAY.search(words) for words in named)


def _refuses_hours_alone(folded: str, wish: TimeWish) -> bool:
    """Such as "kan ikke i morgen kl 10": the day is not ruled out."""
    hours = wish.exact or wish.earliest or wish.latest
    return bool(wish.not_days) and not (wish.day or hours) and names_an_hour(folded)


def _refused(folded: str, heard: str, wish: TimeWish, clock: ClockWish | None) -> Refused | None:
    if wish.exact and (wish.exact >= _LATE or _is_beside(clock, AT_NIGHT, folded)):
        return Refused.NIGHT
    if wish.day or wish.soonest or not IN_THE_PAST.search(heard):
        return None
    few = len(re.findall(r"\w+", folded)) <= _FEW_WORDS
    return Refused.PAST if few or _is_beside(clock, IN_THE_PAST, folded) else None


def _is_beside(clock: ClockWish | None, phrase: re.Pattern[str], folded: str) -> bool:
    """Whether the phrase is said of that hour: "kl 3 i nat", "natten til torsdag kl 3"."""
    return clock is not None and bool(phrase.search(folded, max(0, clock.start - _BESIDE), clock.end + _BESIDE))


def _sooner(days: list[DaySpan]) -> list[DaySpan]:
    """The spans that make one with the first to come."""
    kept: list[DaySpan] = []
    for span in sorted(days, key=lambda span: span.first):
        if not kept or span.first <= max(one.last for one in kept) + timedelta(days=1):
            kept.append(span)
    return kept


def _is_shared(clock: ClockWish, rest: str, days: list[DaySpan]) -> bool:
    """Whether one clock time is meant for all the days: not so in "torsdag kl 10 eller mandag kl 14"."""
    return find_clock(blotted(rest, 0, clock.end), frozenset(span.end for span in days)) is None


def _clock(rest: str, days: list[DaySpan]) -> ClockWish | None:
    """The clock time wished for: the one that puts another right, else one that is not about something else."""
    ends = frozenset(span.end for span in days)
    whole = find_clock(rest, ends)
    if not whole:
        return None
    for at in corrections(rest):
        after = find_clock(blotted(rest, 0, at), ends | {at})
        if after and whole.start < at:
            return after
    wish = find_clock(without_asides(rest), ends)
    bound = whole.exact or whole.latest
    if bound and (wish in (None, whole) or (wish.earliest and not wish.exact)) and AFTER_THAT.search(rest, whole.end):
        return replace(whole, earliest=bound, latest=None, exact=None)
    if bound and wish in (None, whole) and BEFORE_THAT.search(rest, whole.end):
        return replace(whole, earliest=None, latest=bound, exact=None)
    return wish or whole


def _beside(rest: str, days: list[DaySpan], kept: list[DaySpan]) -> ClockWish | None:
    """The clock time beside the days kept, or else any: "torsdag kl 10 eller mandag kl 14" is Monday at two."""
    ends = frozenset(span.end for span in days)
    start, last = min(span.start for span in kept), max(span.end for span in kept)
    end = min((span.start for span in days if span.start >= last), default=len(rest))
    beside = blotted(blotted(rest, 0, start), end, len(rest))
    return find_clock(beside, ends) or find_clock(rest, ends)


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
