"""Hours told by pointing at others: "jeg har fri kl 14, så efter det", "inden min mor kommer hjem kl 17"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from itertools import groupby

from bot.language.clock import ClockWish, hours_named
from bot.language.folding import compiled
from bot.language.lengths import LENGTH, minutes_said
from bot.language.parts_of_day import part_of_day
from bot.language.refusals import NOT


def shifts_nothing(rest: str, after_day: frozenset[int]) -> bool:
    """Whether hours are told from one that the text does not name: "en time senere på torsdag"."""
    at = _SHIFT.search(rest)
    return at is not None and not any(hour.end <= at.start() for hour in hours_named(rest, after_day))


def points_back(folded: str) -> bool:
    """Whether the text alone cannot tell the hours: "så torsdag efter det"."""
    at = next(
        (found for phrase in (_BETWEEN_THEM, _AFTER_THAT, _BEFORE_THAT) if (found := phrase.search(folded))), None
    )
    return at is not None and not at.groupdict().get("duty") and not hours_named(folded)


def pointed_hours(rest: str, after_day: frozenset[int]) -> ClockWish | None:
    """The hours that words point at, None where none do. `rest` and `after_day` are as `find_clock` takes them."""
    hours = hours_named(rest, after_day)
    if not hours:
        return None
    found = _pointed_back(rest, hours) or (_of_a_clause(rest, hours[0]) if len(hours) == 1 else None)
    return _with_part(found, rest) if found else _while(rest, hours)


def _pointed_back(rest: str, hours: Sequence[ClockWish]) -> ClockWish | None:
    """By words behind the hours they point at, where no hour stands behind them."""
    last = hours[-1]
    if at := _SHIFT.search(rest, last.end):
        return _shifted(last, at)
    if at := _BETWEEN_THEM.search(rest, last.end):
        return _window(hours, at.end())
    if (at := _AFTER_THAT.search(rest, last.end)) and _BREAK.search(rest, last.end, at.end()):
        return replace(last, earliest=last.latest, latest=None, end=at.end())
    if (at := _BEFORE_THAT.search(rest, last.end)) and _BREAK.search(rest, last.end, at.end()):
        return replace(last, latest=last.earliest, earliest=None, end=at.end())
    return None


def _shifted(hour: ClockWish, at: re.Match[str]) -> ClockWish | None:
    """Half an hour after one that was named."""
    moment = _moved(hour.latest or time.max, minutes_said(at) * (-1 if at["before"] else 1))
    return replace(hour, earliest=None, latest=None, exact=moment) if moment else None


def _moved(moment: time, minutes: int) -> time | None:
    sum_of_both = moment.hour * 60 + moment.minute + minutes
    return time(*divmod(sum_of_both, 60)) if 0 <= sum_of_both < 24 * 60 else None


def _window(hours: Sequence[ClockWish], end: int) -> ClockWish | None:
    """From the one to the other of the last two moments."""
    sides = [side for one in hours for side in (one.earliest, one.latest) if side is not None]
    moments = [moment for moment, _ in groupby(sides)]
    if len(moments) < 2 or moments[-2] >= moments[-1]:  # noqa: PLR2004 -- a window has two sides
        return None
    return ClockWish(moments[-2], moments[-1], None, hours[0].start, end)


def _while(rest: str, hours: Sequence[ClockWish]) -> ClockWish | None:
    """While another is away: "mens hun er på arbejde, hun går kl 8 og kommer hjem kl 16"."""
    return _window(hours, hours[-1].end) if len(hours) == 2 and _WHILE.search(rest) else None  # noqa: PLR2004


def _of_a_clause(rest: str, hour: ClockWish) -> ClockWish | None:
    """Before or after something that happens then, or from when one is free."""
    if hour.earliest != hour.latest:
        return None
    before = rest[: hour.start]
    if bound := _BOUND_CLAUSE.search(before):
        until = bool(bound["until"]) != bool(bound["not"])
        return replace(hour, earliest=None) if until else replace(hour, latest=None)
    return replace(hour, latest=None) if _FREE_FROM.search(before) else None


def _with_part(found: ClockWish, rest: str) -> ClockWish:
    """With the other side of a window that a part of the day gives: "om aftenen, men inden kl 21"."""
    part, _ = part_of_day(rest)
    if part is None or found.exact:
        return found
    if found.latest is None and found.earliest and part.latest and part.latest > found.earliest:
        return replace(found, latest=part.latest)
    if found.earliest is None and found.latest and part.earliest and part.earliest < found.latest:
        return replace(found, earliest=part.earliest)
    return found


_SHIFT = compiled(rf"\b{LENGTH} (?:efter|senere|(?P<before>før|inden|tidligere))\b(?! (?:kl|\d))")
_BETWEEN_THEM = compiled(
    r"\b(?:(?:der|ind|midt) ?i?mellem\b(?! \d)|i mellemtiden|(?:i?mellem|in between) (?:det|dem|de to\b)"
    r"|(?:inden ?for|i) (?:det|den) (?:tidsrum|periode|tidsrummet)|in between"
    r"|inden ?for (?:det|den|dem)(?= *(?:$|[.,!?])))"
)
_AFTER_THAT = compiled(
    # "Derefter skal jeg hjem" tells what happens then.
    r"\b(?:(?:efter (?:det|that|de(?= *(?:$|[.,!?])))|derefter|bagefter)"
    r"(?! (?:skal|går|har|er|tager|kører|henter|sover) (?:jeg|vi)\b)"
    r"|tidligst der|(?:så|lige|bare|først|bedre|helst|gerne|komme|bedst) efter(?= *(?:$|[.,!?]))"
    r"|(?P<duty>efter (?:praktik|skole|arbejde)\w*)|after(?:wards?)?(?= *(?:$|[.,!?])))\b"
)
_BEFORE_THAT = compiled(
    # "For det" is written as "før det" is without Danish keys.
    r"\b(?:inden|før|before) "
    r"(?:da(?! (?:er|har|skal|bliver|kan)\b)|then|that|den tid|(?:det|den)(?= *(?:$|[.,!?#])))(?!\w)"
    r"|\binden det\b"
    r"|\b(?<!stedet )(?<!som )(?<!skrev )(?<!sagde )(?<!uge )(?<!dage )(?<!dagen )(?<!ugen )"
    r"(?:inden|før)(?= *(?:[.,!?]|$))"
)
# "Kl 13.30 inden den" is at half past one.
_BREAK = compiled(r"[.,!?;]|\b(?:så|og|men|for|kan|derfor|so|and|then)\b")
_WHILE = compiled(r"\b(?:i?mens|while)\b")
_SOMETHING = r"(?:jeg|vi|han|hun|de|min|mit|mine|bussen|toget|færgen|i|my|he|she)"
# "Inden min mor kommer hjem kl", and "før hun er hjemme, hun kommer kl".
_HAPPENS = r"(?:starter|begynder|slutter|åbner|lukker|kører|kommer|møder|stopper|er færdig)"
_BOUND_CLAUSE = compiled(
    rf"(?P<not>{NOT} )?\b(?:(?P<until>før|inden)|efter)(?: at)? "
    rf"(?:{_SOMETHING}\b|(?:\w+,? ){{1,3}}(?=(?:\w+ )?{_HAPPENS}))"
    r"[^.,!?;#~]{2,40}(?:, ?(?:han|hun|de|den|det|vi|jeg)\b[^.,!?;#~]{0,30})?$"
)
_FREE_FROM = compiled(
    r"\b(?:(?:har|får) (?:jeg |vi )?(?:først )?fri|(?:er (?:jeg )?(?:først )?|bliver )(?:færdig|fri|done)"
    r"|(?:^|(?<=[.,!?] )|(?<=# ))fri|lukker (?:vi|jeg)|(?:vi|jeg) lukker"
    r"|slutter (?:jeg|mit arbejde|skolen|praktikken)|(?:skolen|den) slutter)"
    r"(?: (?:fra|i|med|på) \w+| først| omkring| ca\.?)*(?: kl\.?| klokken)? ?$"
)
