"""The days a Danish message names: "på torsdag", "i overmorgen", "d. 3. december", "i næste uge"."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from bot.language.day_rules import NAMED_WEEKDAY, RULES
from bot.language.day_span import DaySpan
from bot.language.folding import blotted, compiled
from bot.language.neighbour_days import with_neighbours
from bot.language.refusals import NOT, is_refused, is_refused_after
from bot.language.which_days import OPEN_END, a_year_before, weekday_of


def find_days(folded: str, today: date) -> list[DaySpan]:
    """The days named in a folded text (see `fold_in_place`), in order, the refused ones marked.

    Of the past there are only dates that were lately ("den 20. november" on the 24th), marked as refused and past.
    """
    found: list[DaySpan] = []
    rest = folded
    for pattern, resolve in RULES:
        for match in pattern.finditer(rest):
            days = resolve(match, today)
            if days and days[1] >= today:
                over = _over(days[0], match, today)
                found.append(over or DaySpan(*days, *match.span()))
            rest = blotted(rest, *match.span())
    found.sort(key=lambda span: span.start)
    found = with_neighbours(_from_to(found, folded), folded, today)
    found = _inside_named_week(_marked(found, folded), folded)
    spans = [span if span.refused else _on_workdays(_bounded(span, folded, today), folded) for span in found]
    return [replace(span, unclear=_is_unclear(span, folded, today)) for span in spans if span.first <= span.last]


def _on_workdays(span: DaySpan, folded: str) -> DaySpan:
    """Without the weekend at its end where workdays are asked for: "en hverdag i uge 50"."""
    sunday = span.last.weekday() == _SUNDAY and span.last - span.first > timedelta(days=1)
    return replace(span, last=span.last - timedelta(days=2)) if sunday and _WORKDAY.search(folded) else span


def _over(day: date, match: re.Match[str], today: date) -> DaySpan | None:
    """The one before it, where it is a date without a year that was lately: then that is meant."""
    said = match.groupdict()
    if not (said.get("day") and said.get("month")) or said.get("year"):
        return None
    before = a_year_before(day)
    return DaySpan(before, before, *match.span(), refused=True, past=True) if before > today - _LATELY else None


def _is_unclear(span: DaySpan, folded: str, today: date) -> bool:
    """Whether people mean different days: "næste torsdag" on a Tuesday, a weekday with the date of another."""
    words = _words(span, folded)
    if _NEXT.search(words) and not _WEEK.search(words):
        return span.first.weekday() > today.weekday() and span.last - span.first < OPEN_END
    weekday = NAMED_WEEKDAY.match(words)
    one_day = span.first == span.last and not _WEEK.search(words)
    return one_day and weekday is not None and weekday_of(weekday) != span.first.weekday()


def _inside_named_week(found: list[DaySpan], folded: str) -> list[DaySpan]:
    """A weekday together with a week lies in that week: "torsdag i næste uge", "torsdag om to uger" are one day."""
    weeks = [span for span in found if _WEEK.search(_words(span, folded))]
    named = [span for span in found if NAMED_WEEKDAY.match(_words(span, folded))]
    weekdays = [span for span in named if not span.refused]
    if len(weeks) != 1 or not named:
        return _each_in_its_week(found, folded)
    monday = _monday_of(weeks[0])
    between = _between(weekdays[-1], weeks[0], folded) if weekdays else ""
    if _OTHERWISE.search(between) or (weeks[0].refused and between.strip()):
        return found
    if not weekdays:
        return [_on_weekday_of(monday, span) if span in named and not weeks[0].refused else span for span in found]
    start, end = min(weeks[0].start, weekdays[0].start), max(weeks[0].end, weekdays[-1].end)
    placed = [monday + timedelta(days=span.first.weekday()) for span in weekdays]
    refused = [span for span in found if span.refused]
    return [*(DaySpan(day, day, start, end, weeks[0].refused) for day in placed), *refused]


def _between(one: DaySpan, other: DaySpan, folded: str) -> str:
    first, last = sorted((one, other), key=lambda span: span.start)
    return folded[first.end : last.start]


def _each_in_its_week(found: list[DaySpan], folded: str) -> list[DaySpan]:
    """Each weekday in the week beside it, where there are several: "tirsdag i næste uge, nej onsdag i uge 50"."""
    placed: list[DaySpan] = []
    for span in found:
        before = placed[-1] if placed else None
        if before is None or folded[before.end : span.start].strip():
            placed.append(span)
        elif NAMED_WEEKDAY.match(_words(before, folded)) and _WEEK.search(_words(span, folded)):
            placed[-1] = replace(_on_weekday_of(_monday_of(span), before), end=span.end)
        elif _WEEK.search(_words(before, folded)) and NAMED_WEEKDAY.match(_words(span, folded)):
            placed[-1] = replace(_on_weekday_of(_monday_of(before), span), start=before.start)
        else:
            placed.append(span)
    return placed


def _monday_of(span: DaySpan) -> date:
    return span.last - timedelta(days=span.last.weekday())


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
        span if span.past else replace(span, refused=no, past=bool(_PAST.search(folded[: span.start])))
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


_LATELY = timedelta(days=65)
_PAST = compiled(
    r"\b(?:(?:siden|sidste)(?: om| på| i| den| d\.?)*"
    r"|(?:fylder|fyldte|bliver|blev) (?:\d\d|sytten|atten)(?: år)?) ?$"
)
_BOUND = compiled(
    rf"(?:(?P<not>{NOT}) (?:(?!men|så|og\b|eller)\w+ ){{0,2}})?"
    r"\b(?P<word>(?P<until>senest|inden|(?<!stedet )før|tidligere end|til og med)"
    r"|(?<!bortset )fra(?: og med)?|tidligst|efter|senere end)"
    r"(?: på| den| d\.?)* ?$"
)
_THAT_DAY_TOO = ("senest", "fra", "fra og med", "til og med", "tidligst")
_HOURS_AHEAD = compiled(r" (?:før|inden|efter|senere end|tidligere end)(?: kl\.?| klokken)? ?\d")
_OTHERWISE = re.compile(r"\bellers?\b")
_SUNDAY = 6
_WORKDAY = re.compile(r"\bhverdage?(?:n|ne|r)?\b")
_NEXT = compiled(r"\bnæste\b")
_FROM = compiled(r"\b(?:fra|(?P<between>mellem))(?: på| den| d\.?)* ?$")
_TO = compiled(r" ?(?:-|–|til(?: og med)?|(?P<and>og))(?: på| den| d\.?)* ?")
_AND = re.compile(r" ?(?:og|eller|samt|/|heller ikke|,? ?ik?ke?)(?: heller)?(?: om| pa| i| den| d\.?)* ?")
_FITS = compiled(r" ?(?:passer|går|kan jeg|er|duer|dur)\b(?!(?: mig| det| desværre)* (?:ik|for))")
_WEEK = re.compile(r"\buge|\b(?:14|fjorten) dage\b")
