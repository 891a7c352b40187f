"""The days a Danish message names: "på torsdag", "i overmorgen", "d. 3. december", "i næste uge"."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from bot.language.called_off import told_again
from bot.language.day_bounds import bounded, is_bounded
from bot.language.day_rules import NAMED_WEEKDAY, RULES
from bot.language.day_span import DaySpan
from bot.language.days_in_weeks import WEEK, in_their_weeks
from bot.language.folding import blotted, compiled
from bot.language.neighbour_days import with_neighbours
from bot.language.refusals import is_refused, is_refused_after
from bot.language.rest_of_week import with_rest_of_week
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
    found = told_again(_marked(found, folded), folded)
    found = with_rest_of_week(found, folded, today) or in_their_weeks(found, folded)
    spans = [span if span.refused else _on_workdays(bounded(span, folded, today), folded) for span in found]
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
    if _NEXT.search(words) and not WEEK.search(words) and not words.endswith("dage"):
        return span.first.weekday() > today.weekday() and span.last - span.first < OPEN_END
    weekday = NAMED_WEEKDAY.match(words)
    one_day = span.first == span.last and not WEEK.search(words)
    return one_day and weekday is not None and weekday_of(weekday) != span.first.weekday()


def _from_to(found: list[DaySpan], folded: str) -> list[DaySpan]:
    """The days with those between them where one span is said: "mandag-fredag", "fra mandag til onsdag"."""
    whole: list[DaySpan] = []
    for span in found:
        opening = _FROM.search(folded[: whole[-1].start]) if whole else None
        joint = _TO.fullmatch(folded, whole[-1].end, span.start) if whole else None
        needs_opening = joint and (joint.group("and") or joint.group("latest"))
        if not joint or (needs_opening and not (opening and (joint.group("latest") or opening.group("between")))):
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
    if _PAST.search(before) or is_bounded(span, folded):
        return bool(_PAST.search(before))
    # "Ikke torsdag før kl 12" refuses the hours alone.
    return is_refused(folded, span.start, span.end) and not _HOURS_AHEAD.match(folded, span.end)


_LATELY = timedelta(days=65)
_PAST = compiled(
    r"\b(?:(?:siden|sidste)(?: om| på| i| den| d\.?)*"
    r"|(?:fylder|fyldte|bliver|blev) (?:\d\d|sytten|atten)(?: år)?) ?$"
)
_HOURS_AHEAD = compiled(r" (?:før|inden|efter|senere end|tidligere end)(?: kl\.?| klokken)? ?\d")
_SUNDAY = 6
_WORKDAY = re.compile(r"\bhverdage?(?:n|ne|r)?\b")
_NEXT = compiled(r"\bnæste\b")
_FROM = compiled(r"\b(?:fra|tidligst|(?P<between>mellem))(?: på| den| d\.?)* ?$")
_TO = compiled(
    r" ?(?:-|–|(?:og )?(?:frem )?til(?: og med)?|,? ?(?:(?:og|men|dog) )?(?P<latest>senest)|(?P<and>og))"
    r"(?: på| den| d\.?)* ?"
)
_AND = re.compile(r" ?(?:og|a|eller|or|samt|/|heller ikke|,? ?ik?ke?)(?: heller)?(?: om| pa| i| en| den| d\.?)* ?")
_FITS = compiled(r" ?(?:passer|går|kan jeg|er|duer|dur)\b(?!(?: mig| det| desværre)* (?:ik|for))")
