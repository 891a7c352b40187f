"""Days that are named first and called off later in the message: "vi har travlt lørdag, så glem lørdag"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.language.day_span import DaySpan
from bot.language.folding import compiled

# "Torsdag eftermiddag, ikke torsdag formiddag" calls off a part of the day alone.
_A_PART_OF_IT = compiled(r" ?(?:om )?(?:morgen|formiddag|middag|eftermiddag|aften|kl|\d)")
_THOSE_DAYS = compiled(
    r"\b(?:undgå|undtagen|ikk?e?)(?: \w+){0,2} (?:(?P<all>de|disse)|den)(?: to| tre| her)? dage?\b"
    r"|\b(?:(?P<all_too>de|disse)|den)(?: to| tre)? dage? "
    r"(?:(?:der |som )?(?:kan(?: jeg| vi)?|går|passer|dur|duer)(?: \w+)? ikk?e?\b|der ikk?e? (?:går|dur|duer|passer)\b"
    r"|kan (?:i|du|vi) (?:\w+ )?glemme\b)"
    r"|\b(?P<all_others>(?:andre dage|resten af (?:dagene|ugen))\b(?: i \w+ uge)? "
    r"(?:kan jeg|er (?:\w+ )?(?:ok|fin|god|fri)))"
)

_WHY = re.compile(r"(?:[,.] ?| )(?:for|fordi|da)? ?")


def told_again(found: Sequence[DaySpan], folded: str) -> list[DaySpan]:
    """With a day refused that is named anew to say why: "ikke torsdag, torsdag er jeg i skole"."""
    told: list[DaySpan] = []
    for span in found:
        before = told[-1] if told else None
        anew = before and before.refused and before.is_same_as(span) and _WHY.fullmatch(folded, before.end, span.start)
        told.append(replace(span, refused=True) if anew else span)
    return told


def with_those_called_off(found: Sequence[DaySpan], folded: str) -> list[DaySpan]:
    """The same, with every span refused that is refused again behind it, or pointed at as not possible."""
    found = _pointed_at(found, folded)
    off = [span for span in found if span.refused and not _A_PART_OF_IT.match(folded, span.end)]
    return [replace(span, refused=True) if _is_among(span, off) else span for span in found]


def _is_among(span: DaySpan, off: Sequence[DaySpan]) -> bool:
    return any(other.start > span.start and other.is_same_as(span) for other in off)


def _pointed_at(found: Sequence[DaySpan], folded: str) -> list[DaySpan]:
    """With those refused that "de dage" points back at: all before it, or the last one for "den dag"."""
    match = _THOSE_DAYS.search(folded)
    before = [span for span in found if match and span.end <= match.start()]
    meant = before if match and (match["all"] or match["all_too"] or match["all_others"]) else before[-1:]
    return [replace(span, refused=True) if span in meant else span for span in found]
