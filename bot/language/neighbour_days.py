"""The day or the week beside one that was named: "i morgen går ikke, men dagen efter", "ikke uge 2, men ugen før"."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.language.day_span import DaySpan
from bot.language.folding import BLOT, blotted, compiled
from bot.language.which_days import OPEN_END

_WEEK = timedelta(days=7)
# "Mandag i ugen efter" lies in it.
_IN = re.compile(" (?:i )?")
_THEN = compiled(
    r"\b(?:så|og|men|derfor|gerne|helst)\b[^.,!?]{0,30}?"
    r"\b(?:(?P<until>inden(?: da| det| den dag| (?:hun|han|de) kommer)?|før (?:da|den dag))|efter det|derefter)"
    r"(?= *(?:$|[.,!?]))"
)
_OR = re.compile(" ?(?:eller|og|/) ?")
_BESIDE = compiled(
    r"\b(?:(?P<day>dagen|den dag(?= \w+ (?:på )?(?:den )?(?:\w+dag|d\. ?\d|\d)))|(?P<week>ugen))"
    r" (?:(?P<after>efter|derpå|derefter)|før|inden)\b"
    r"(?(week)(?! (?:den )?næste(?: uge\b| *(?:$|[.,!?]|kl|om|i\b|eller|passer))))"
    r"|\b(?P<same>(?:den|samme) uge)\b|\b(?P<next>(?:den|i|til) næste)(?= *(?:$|[.,!?]))"
)


def with_neighbours(found: Sequence[DaySpan], folded: str, today: date) -> list[DaySpan]:
    """The same in order, with the neighbour of a span in its place.

    That is the one named right behind ("dagen efter onsdag"), else the last one before ("onsdag går ikke, men dagen
    efter"). A week that was read from "ugen efter" alone gives way.
    """
    spans = list(found)
    for match in _BESIDE.finditer(folded):
        others = [span for span in spans if not (match.start() <= span.start < match.end())]
        named = _named(others, match, folded)
        if match["next"] and not (named and "uge" in folded[named.start : named.end]):
            continue
        if named is None or (match["week"] and _IN.fullmatch(folded, named.end, match.start())):
            continue
        beside = _neighbour(named, match)
        kept = [span for span in others if span is not named or _OR.fullmatch(folded, named.end, match.start())]
        spans = sorted([beside, *kept], key=lambda span: span.start)
    return _before_or_after_them(spans, folded, today)


def _before_or_after_them(spans: list[DaySpan], folded: str, today: date) -> list[DaySpan]:
    """With the days before or after the last one for it: "jeg skal ud på fredag, så inden da". Hours have their own."""
    match = _THEN.search(folded)
    before = [span for span in spans if match and span.end <= match.start()]
    if match is None or not before or _names_an_hour(folded[: match.end()], before):
        return spans
    named, after = before[-1], spans[len(before) :]
    first = today if match["until"] else named.last + timedelta(days=1)
    last = named.first - timedelta(days=1) if match["until"] else first + OPEN_END
    return [*before[:-1], DaySpan(first, last, named.start, match.end()), *after] if first <= last else spans


def _names_an_hour(folded: str, spans: Sequence[DaySpan]) -> bool:
    """Whether it does beside those days, or behind them holds what is not read: "fredag har jeg skole til 13, så"."""
    unread = BLOT in folded[spans[-1].end :]
    for span in spans:
        folded = blotted(folded, span.start, span.end)
    return unread or re.search(r"\d|\bkl|\bkvart|\bhalv", folded) is not None


def points_at_a_neighbour(folded: str) -> bool:
    """Whether the text alone cannot tell the day: "men ugen efter er fin"."""
    return _BESIDE.search(folded) is not None


def _named(others: Sequence[DaySpan], match: re.Match[str], folded: str) -> DaySpan | None:
    behind = [span for span in others if span.start >= match.end() and not folded[match.end() : span.start].strip()]
    before = [span for span in others if span.end <= match.start()]
    return next(iter(behind[:1] + before[-1:]), None)


def _neighbour(named: DaySpan, match: re.Match[str]) -> DaySpan:
    first, last = _day_beside(named, match) if match["day"] else _week_beside(named, match)
    return DaySpan(first, last, match.start(), max(match.end(), named.end if named.start >= match.end() else 0))


def _day_beside(named: DaySpan, match: re.Match[str]) -> tuple[date, date]:
    day = named.last + timedelta(days=1) if match["after"] else named.first - timedelta(days=1)
    return day, day


def _week_beside(named: DaySpan, match: re.Match[str]) -> tuple[date, date]:
    if match["same"]:
        day = named.last
    else:
        day = named.last + _WEEK if match["after"] or match["next"] else named.first - _WEEK
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
