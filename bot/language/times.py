"""When a young person would like to meet, read from their own words."""

import re
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from bot.language.clock import ClockWish, find_clock
from bot.language.days import DaySpan, find_days
from bot.language.folding import danish_pattern, fold_in_place
from bot.language.refusals import REFUSED

DENMARK = ZoneInfo("Europe/Copenhagen")
LONGEST_TEXT = 1000

_SOONEST = re.compile(
    danish_pattern(
        r"\b(?:(?:så )?(?:hurtigt?|hurtigst|snart|snarest|tidligt?)(?: som)? mulig(?:t|e)?|hurtigst|snarest"
        r"|asap|a\.s\.a\.p|jo før jo bedre|med det samme|(?:den )?første ledige(?: tid)?|(?:den )?tidligste(?: tid)?"
        r"|(?:når|hvornår) som helst|lige meget hvornår|ligegyldigt hvornår|hurtigst(?:e)? tid)\b"
    )
)


@dataclass(frozen=True, slots=True)
class TimeWish:
    """What was said about the time, in Danish time; what was not said is None.

    `day` alone is one day; with `last_day` any day from `day` to `last_day`. `exact` excludes `earliest` and `latest`.
    `soonest` asks for the first free time (together with a day: of those days).
    """

    day: date | None = None
    earliest: time | None = None
    latest: time | None = None
    exact: time | None = None
    soonest: bool = False
    last_day: date | None = None

    def as_dict(self) -> dict[str, Any]:
        """JSON-able: dates and times as ISO strings."""
        return {
            name: value.isoformat() if isinstance(value, date | time) else value for name, value in asdict(self).items()
        }

    @classmethod
    def from_dict(cls, said: dict[str, Any]) -> Self:
        """What `as_dict` gave. Raises ValueError or TypeError for anything else."""
        days = {name: _optional(date, said.get(name)) for name in ("day", "last_day")}
        times = {name: _optional(time, said.get(name)) for name in ("earliest", "latest", "exact")}
        return cls(**days, **times, soonest=bool(said.get("soonest")))


@dataclass(frozen=True, slots=True)
class FoundWish:
    """A wish and the characters of the text (`start` to `end`) that say it."""

    wish: TimeWish
    start: int
    end: int


def find_time_wish(text: str, now: datetime) -> TimeWish | None:
    """The time a text wishes for, None when it names none.

    `now` must be aware; days are those of Denmark, from today on. A weekday is the next one after today;
    an hour from one to six without more is in the afternoon. Of days that do not follow each other it is the sooner.
    """
    found = locate_time_wish(text, now)
    return found.wish if found else None


def locate_time_wish(text: str, now: datetime) -> FoundWish | None:
    """As find_time_wish, with the place in the text. Raises ValueError when `now` is naive."""
    if now.tzinfo is None:
        raise ValueError("now: a time zone is missing")
    folded = fold_in_place(text[:LONGEST_TEXT])
    found = find_days(folded, now.astimezone(DENMARK).date())
    days, rest = [span for span in found if not span.refused], _without(folded, found)
    kept = _sooner(_without_refused(found))
    soonest = _SOONEST.search(rest)
    clock = None if soonest else _clock(rest, days, kept)
    if not (days or clock or soonest):
        return None
    places = [(piece.start, piece.end) for piece in days]
    places += [(clock.start, clock.end)] if clock else []
    places += [soonest.span()] if soonest else []
    return FoundWish(_wish(kept, clock, soonest=bool(soonest)), min(places)[0], max(end for _, end in places))


def _without_refused(found: list[DaySpan]) -> list[DaySpan]:
    """The days wished for, without a refused one at either end: "i næste uge, men ikke mandag"."""
    refused = {span.first for span in found if span.refused and span.first == span.last}
    wished = [span for span in found if not span.refused]
    for number, span in enumerate(wished):
        days = [span.first + timedelta(days=ahead) for ahead in range((span.last - span.first).days + 1)]
        left = [day for day in days if day not in refused]
        wished[number] = replace(span, first=left[0], last=left[-1]) if left else span
    return wished


def _sooner(days: list[DaySpan]) -> list[DaySpan]:
    """The spans that make one with the first to come; a wish would take in the days between "mandag eller torsdag"."""
    kept: list[DaySpan] = []
    for span in sorted(days, key=lambda span: span.first):
        if not kept or span.first <= max(one.last for one in kept) + timedelta(days=1):
            kept.append(span)
    return kept


def _clock(rest: str, days: list[DaySpan], kept: list[DaySpan]) -> ClockWish | None:
    """The clock time beside the days kept, or else any: "torsdag kl 10 eller mandag kl 14" is Monday at two."""
    ends = frozenset(span.end for span in days)
    if len(kept) == len(days):
        return find_clock(rest, ends)
    start, last = min(span.start for span in kept), max(span.end for span in kept)
    end = min((span.start for span in days if span.start >= last), default=len(rest))
    beside = "#" * start + rest[start:end] + "#" * (len(rest) - end)
    return find_clock(beside, ends) or find_clock(rest, ends)


def _wish(days: list[DaySpan], clock: ClockWish | None, *, soonest: bool) -> TimeWish:
    first = min((span.first for span in days), default=None)
    last = max((span.last for span in days), default=None)
    return TimeWish(
        day=first,
        last_day=last if last != first else None,
        earliest=clock.earliest if clock else None,
        latest=clock.latest if clock else None,
        exact=clock.exact if clock else None,
        soonest=soonest,
    )


def _without(folded: str, days: list[DaySpan]) -> str:
    for span in days:
        blot = REFUSED if span.refused else "#"
        folded = folded[: span.start] + blot * (span.end - span.start) + folded[span.end :]
    return folded


def _optional(kind: Any, value: Any) -> Any:
    return None if value is None else kind.fromisoformat(value)
