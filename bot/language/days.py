"""The days a Danish message names: "på torsdag", "i overmorgen", "d. 3. december", "i næste uge"."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from bot.language.day_rules import NAMED_WEEKDAY, OPEN_END, RULES, weekday_of
from bot.language.folding import blotted, danish_pattern
from bot.language.refusals import NOT, is_refused, is_refused_after


@dataclass(frozen=True, slots=True)
class DaySpan:
    """One or more days in a row (`first` to `last`, both included), named by the characters `start` to `end`."""

    first: date
    last: date
    start: int
    end: int
    refused: bool = False
    past: bool = False
    unclear: bool = False

    def days(self) -> list[date]:
        """All of them."""
        return days_from(self.first, self.last)


def days_from(first: date, last: date) -> list[date]:
    """All days from the first to the last."""
    return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]


def find_days(folded: str, today: date) -> list[DaySpan]:
    """The days named in a folded text (see `fold_in_place`), in order; none of the past, the refused ones marked."""
    found: list[DaySpan] = []
    rest = folded
    for pattern, resolve in RULES:
        for match in pattern.finditer(rest):
            days = resolve(match, today)
            if days and days[1] >= today:
                found.append(DaySpan(*days, *match.span()))
            rest = blotted(rest, *match.span())
    found.sort(key=lambda span: span.start)
    found = _with_the_day_after(found, folded)
    found = _inside_named_week(_marked(_from_to(found, folded), folded), folded)
    spans = [span if span.refused else _bounded(span, folded, today) for span in found]
    return [replace(span, unclear=_is_unclear(span, folded, today)) for span in spans if span.first <= span.last]


def _is_unclear(span: DaySpan, folded: str, today: date) -> bool:
    """Whether people mean different days: "næste torsdag" on a Tuesday, a weekday with the date of another."""
    words = _words(span, folded)
    if _NEXT.search(words) and not _WEEK.search(words):
        return span.first.weekday() > today.weekday() and span.last - span.first < OPEN_END
    weekday = NAMED_WEEKDAY.search(words)
    one_day = span.first == span.last and not _WEEK.search(words)
    return one_day and weekday is not None and weekday_of(weekday) != span.first.weekday()


def _with_the_day_after(found: list[DaySpan], folded: str) -> list[DaySpan]:
    """And the day after one that was named: "i morgen kan jeg ikke, men dagen efter"."""
    after = _DAY_AFTER.search(folded)
    before = [span for span in found if after and span.end <= after.start()]
    if not (after and before):
        return found
    day = before[-1].last + timedelta(days=1)
    return [*before[:-1], DaySpan(day, day, *after.span()), *(span for span in found if span.start > after.start())]


def _inside_named_week(found: list[DaySpan], folded: str) -> list[DaySpan]:
    """A weekday together with a week lies in that week: "torsdag i næste uge", "torsdag om to uger" are one day."""
    weeks = [span for span in found if _WEEK.search(_words(span, folded))]
    named = [span for span in found if NAMED_WEEKDAY.match(_words(span, folded))]
    weekdays = [span for span in named if not span.refused]
    if len(weeks) != 1 or not named:
        return found
    monday = weeks[0].last - timedelta(days=weeks[0].last.weekday())
    if not weekdays:
        return [_on_weekday_of(monday, span) if span in named and not weeks[0].refused else span for span in found]
    start, end = min(weeks[0].start, weekdays[0].start), max(weeks[0].end, weekdays[-1].end)
    placed = [monday + timedelta(days=span.first.weekday()) for span in weekdays]
    refused = [span for span in found if span.refused]
    return [*(DaySpan(day, day, start, end, weeks[0].refused) for day in placed), *refused]


def _on_weekday_of(monday: date, span: DaySpan) -> DaySpan:
    day = monday + timedelta(days=span.first.weekday())
    return replace(span, first=day, last=day)


def _from_to(found: list[DaySpan], folded: str) -> list[DaySpan]:
    """The days with those between them where one span is said: "mandag-fredag", "fra mandag til onsdag"."""
    whole: list[DaySpan] = []
    for span in found:
        opening = _FROM.search(folded[: whole[-1].start]) if whole else None
        joint = _TO.fullmatch(folded, whole[-1].end, span.start) if whole else None
        if not joint or (joint.group("and") and not (opening and opening.group("between"))):
            whole.append(span)
            continue
        first, last = whole[-1].first, span.last
        if last < first and NAMED_WEEKDAY.match(_words(span, folded)):
            last += timedelta(days=7)
        whole[-1] = DaySpan(first, max(first, last), opening.start() if opening else whole[-1].start, span.end)
    return whole


def _words(span: DaySpan, folded: str) -> str:
    return folded[span.start : span.end]


def _marked(found: list[DaySpan], folded: str) -> list[DaySpan]:
    """The same; what is refused is marked, along with what hangs on it: "hverken mandag eller tirsdag"."""
    refused = [_is_refused(span, folded) for span in found]
    gaps = [folded[one.end : other.start] for one, other in pairwise(found)]
    for number, gap in enumerate(gaps):
        after = number + 1
        is_list = after < len(gaps) and gap.strip() == "," and _AND.fullmatch(gaps[after])
        if refused[number] and (is_list or _AND.fullmatch(gap)) and not _FITS.match(folded, found[after].end):
            refused[after] = True
    for number in reversed(range(len(gaps))):
        if refused[number + 1] and (_AND.fullmatch(gaps[number]) or gaps[number].strip() == ","):
            refused[number] = refused[number] or is_refused_after(folded, found[number + 1].end)
    return [
        replace(span, refused=no, past=bool(_PAST.search(folded[: span.start])))
        for span, no in zip(found, refused, strict=True)
    ]


def _is_refused(span: DaySpan, folded: str) -> bool:
    before = folded[: span.start]
    if _PAST.search(before) or _BOUND.search(before):
        return bool(_PAST.search(before))
    # "Ikke torsdag før kl 12" refuses the hours alone.
    return is_refused(folded, span.start, span.end) and not _HOURS_AHEAD.match(folded, span.end)


def _bounded(span: DaySpan, folded: str, today: date) -> DaySpan:
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


_PAST = re.compile(
    danish_pattern(
        r"\b(?:(?:siden|sidste)(?: om| på| i| den| d\.?)*"
        r"|(?:fylder|fyldte|bliver|blev) (?:\d\d|sytten|atten)(?: år)?) ?$"
    )
)
_BOUND = re.compile(
    danish_pattern(
        rf"(?:(?P<not>{NOT}) )?"
        r"\b(?P<word>(?P<until>senest|inden|(?<!stedet )før|tidligere end)|(?<!bortset )fra|tidligst|efter|senere end)"
        r"(?: på| den| d\.?)* ?$"
    )
)
_THAT_DAY_TOO = ("senest", "fra", "tidligst")
_HOURS_AHEAD = re.compile(danish_pattern(r" (?:før|inden|efter|senere end|tidligere end)(?: kl\.?| klokken)? ?\d"))
_NEXT = re.compile(danish_pattern(r"\bnæste\b"))
_DAY_AFTER = re.compile(danish_pattern(r"\bdagen efter\b"))
_FROM = re.compile(danish_pattern(r"\b(?:fra|(?P<between>mellem))(?: på| den| d\.?)* ?$"))
_TO = re.compile(danish_pattern(r" ?(?:-|–|til(?: og med)?|(?P<and>og))(?: på| den| d\.?)* ?"))
_AND = re.compile(r" ?(?:og|eller|samt|/|heller ikke|,? ?ik?ke?)(?: heller)?(?: om| pa| i| den| d\.?)* ?")
_FITS = re.compile(danish_pattern(r" ?(?:passer|går|kan jeg|er|duer|dur)\b(?!(?: mig| det| desværre)* (?:ik|for))"))
_WEEK = re.compile(r"\buge|\b(?:14|fjorten) dage\b")
