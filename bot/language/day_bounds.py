"""Days told by the one they begin or end with: "fra mandag", "senest torsdag", "ikke før den 3."."""

from dataclasses import replace
from datetime import date, timedelta

from bot.language.day_span import DaySpan
from bot.language.folding import compiled
from bot.language.refusals import NOT, is_refused_after
from bot.language.which_days import OPEN_END


def is_bounded(span: DaySpan, folded: str) -> bool:
    """Whether a word before the span makes it a bound."""
    return _BOUND.search(folded[: span.start]) is not None


def bounded(span: DaySpan, folded: str, today: date) -> DaySpan:
    """The days on that side of a span, which begins with the word that bounds it; the span itself without one."""
    bound = _BOUND.search(folded[: span.start])
    if not bound:
        return span
    # Each "ikke" turns it round: "ikke før torsdag", "efter torsdag kan jeg ikke".
    turned = bool(bound.group("not")) != is_refused_after(folded, span.end)
    that_day_too = (bound.group("word") in _THAT_DAY_TOO) != turned
    if bool(bound.group("until")) != turned:
        last = span.last if that_day_too else span.first - timedelta(days=1)
        return replace(span, first=today, last=last, start=bound.start())
    first = span.first if that_day_too else span.last + timedelta(days=1)
    return replace(span, first=first, last=first + OPEN_END, start=bound.start())


_BOUND = compiled(
    rf"(?:(?P<not>{NOT}) (?:(?!men|så|og\b|eller)\w+ ){{0,2}})?"
    r"\b(?P<word>(?P<until>senest|indtil|"
    r"inden(?: det (?:bliver|er))?|(?<!stedet )(?<!time )(?<!timer )før|tidligere end|(?:ind|frem )?til og med)"
    r"|(?<!bortset )fra(?: og med)?|tidligst|efter|senere end)"
    r"(?: på| den| d\.?)* ?$"
)
_THAT_DAY_TOO = ("senest", "fra", "fra og med", "til og med", "indtil og med", "frem til og med", "tidligst")
