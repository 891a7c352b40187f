"""The clock times a Danish message names: "kl halv tre", "efter 14", "mellem 10 og 12", "om formiddagen"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time

from bot.language.folding import blotted, danish_pattern
from bot.language.numbers import CARDINALS
from bot.language.refusals import NOT, REFUSED, is_refused, is_refused_after, too_late_or_early

_MINUTES = {"fem": 5, "ti": 10, "kvart": 15, "tyve": 20}
_HOURS = {word: number for word, number in CARDINALS.items() if number < 24}  # noqa: PLR2004 -- hours of a day
_HOUR = r"\d{1,2}|" + "|".join(_HOURS)
_UNITS = r"(?! ?(?:år|års|årig|dage?|uger?|måneder|mdr|timer?|min|minutter|gange?|kr|kroner|%|mand|personer|stk)\b)"

_NUMBERED = r"(?:modul|time|lektion|klasse|sal|semester|etage|g)\b"
_CLOCK_WORDS = [word for word, number in _HOURS.items() if 1 <= number <= 12 and word not in ("en", "et")]  # noqa: PLR2004

_EARLIEST_MORNING = 5
_LAST_OFFICE_HOUR_WRITTEN_SHORT = 6
""" "kl. 3" is in the afternoon: nobody talks with a housing agent at night."""

PARTS_OF_DAY = (
    (r"(?:først|tidligt) på dagen", time(8), time(10)),
    (r"sidst på (?:dagen|eftermiddagen)|sent på (?:dagen|eftermiddagen)|sen eftermiddag", time(15), time(18)),
    (r"efter skole(?:n)?|efter (?:sidste time|timerne)", time(15), None),
    (r"efter (?:arbejde|job|praktik(?:ken)?|fyraften)|når jeg har (?:fået )?fri|når jeg får fri", time(16), None),
    (r"efter frokost|over middag", time(13), None),
    (r"før frokost|inden frokost", None, time(12)),
    (r"eftermiddag(?:en)?|efter middag(?:en)?", time(12), time(17)),
    (r"formiddag(?:en)?", time(8), time(12)),
    (r"middag(?:en)?|middagstid|frokost(?:en|tid)?", time(11), time(13)),
    (r"aften(?:en)?|aftentid", time(17), time(22)),
    (r"(?:tidlig )?(?:om )?morgen(?:en)?|(?<!ga )tidligt?(?! fri)", time(7), time(10)),
)


@dataclass(frozen=True, slots=True)
class ClockWish:
    """An exact time, or a window of which one side may be open; named by the characters `start` to `end`.

    `unclear` says that the text names another beside it that does not go with it.
    """

    earliest: time | None
    latest: time | None
    exact: time | None
    start: int
    end: int
    unclear: bool = False


@dataclass(frozen=True, slots=True)
class _Mention:
    moment: time
    certain: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Part:
    earliest: time | None
    latest: time | None
    start: int
    end: int


def find_clock(folded: str, after_day: frozenset[int] = frozenset()) -> ClockWish | None:
    """The clock time or window named in a folded text (see `fold_in_place`); none that is refused.

    A bare number is a time only where something says so: "efter 14", or right after a day, whose ends are `after_day`.
    """
    part, folded = _part_of_day(folded)
    groups = _groups(_mentions(folded, part), folded, after_day)
    wishes = [wish for group in groups if (wish := _from_group(group, folded, part))]
    if wishes:
        return _together(wishes)
    return ClockWish(part.earliest, part.latest, None, part.start, part.end) if part else None


def names_an_hour(folded: str) -> bool:
    """Whether the text names a clock time or a part of the day, be it refused."""
    return any(mention.certain for mention in _mentions(folded, None)) or any(
        pattern.search(folded) for pattern, _, _ in _PARTS
    )


def _part_of_day(folded: str) -> tuple[_Part | None, str]:
    """The part of the day wished for, and the text with the refused ones blotted out."""
    for pattern, earliest, latest in _PARTS:
        for match in pattern.finditer(folded):
            if not is_refused(folded, *match.span()):
                return _Part(earliest, latest, *match.span()), folded
            folded = blotted(folded, *match.span(), REFUSED)
    return None, folded


def _mentions(folded: str, part: _Part | None) -> list[_Mention]:
    found = []
    rest = folded
    for pattern in _CLOCKS:
        for match in pattern.finditer(rest):
            moment = _moment(match, part)
            if moment is None:
                continue
            found.append(_Mention(moment, pattern not in _BARE, *match.span()))
            rest = blotted(rest, *match.span())
    return sorted(found, key=lambda mention: mention.start)


def _moment(match: re.Match[str], part: _Part | None) -> time | None:
    groups = match.groupdict()
    hour = _number(groups["hour"], _HOURS)
    minutes = hour * 60 + _number(groups.get("minute") or "0", _MINUTES)
    if groups.get("half"):
        minutes -= 30
    offset = _number(groups.get("offset") or "0", _MINUTES)
    minutes += offset if groups.get("side") == "over" else -offset
    minutes += 12 * 60 * _is_afternoon(hour, part)
    return time(*divmod(minutes, 60)) if 0 <= minutes < 24 * 60 else None


def _number(text: str, words: dict[str, int]) -> int:
    return int(text) if text.isdigit() else words[text]


def _is_afternoon(hour: int, part: _Part | None) -> bool:
    if not 1 <= hour < 12:  # noqa: PLR2004 -- the hours of a clock face
        return False
    if part is None or hour < _EARLIEST_MORNING:
        return hour <= _LAST_OFFICE_HOUR_WRITTEN_SHORT
    return part.earliest is not None and part.earliest >= time(12)


def _groups(mentions: list[_Mention], folded: str, after_day: frozenset[int]) -> list[list[_Mention]]:
    """The mentions that are times; those that one word or dash joins ("10-12", "kl 10 eller 11") lie together."""
    groups: list[list[_Mention]] = []
    starts = {mention.start: mention.certain for mention in mentions}
    for mention in mentions:
        if groups and _JOINT.fullmatch(folded, groups[-1][-1].end, mention.start):
            groups[-1].append(mention)
        elif _counts(mention, folded, after_day, starts):
            groups.append([mention])
    return groups


def _counts(mention: _Mention, folded: str, after_day: frozenset[int], starts: Mapping[int, bool]) -> bool:
    before = folded[: mention.start]
    if mention.certain or _BOUND.search(before) or too_late_or_early(folded, mention.end):
        return True
    joint = _JOINT_AHEAD.match(folded, mention.end)
    if joint and joint.end() in starts and (_RANGE_START.search(before) or _is_all_there_is(joint, before)):
        return True
    if joint and joint.group("dash") and starts.get(joint.end()):
        return True
    day_end = len(_FILLER.sub("", before))
    return day_end in after_day or len(before.rstrip()) in after_day


def _is_all_there_is(joint: re.Match[str], before: str) -> bool:
    """Whether a message begins with "10-12": there it is no number of people, rooms or months."""
    return joint.group("dash") is not None and _LEAD_IN.fullmatch(before) is not None


def _from_group(group: list[_Mention], folded: str, part: _Part | None) -> ClockWish | None:
    first, last = group[0], group[-1]
    start = min(first.start, part.start) if part else first.start
    end = max(last.end, part.end) if part else last.end
    bound = _BOUND.search(folded[: first.start])
    is_window = first.moment < last.moment and not _EITHER.search(folded, first.end, last.start)
    if bound and not is_window:
        return _bounded(first, bound, folded, part, min(start, bound.start()), end)
    if too := too_late_or_early(folded, last.end):
        return _beyond(last.moment if too == "tidlig" else first.moment, too, start, end)
    if is_refused(folded, first.start, last.end):
        return None
    if is_window:
        return ClockWish(first.moment, last.moment, None, start, end)
    return ClockWish(None, None, first.moment, start, end)


def _bounded(
    mention: _Mention, bound: re.Match[str], folded: str, part: _Part | None, start: int, end: int
) -> ClockWish:
    """A window open at one side. Each "ikke" turns it round: "ikke før 12", "før 12 kan jeg ikke"."""
    turned = bool(bound.group("not")) != is_refused_after(folded, mention.end)
    if bool(bound.group("until")) != turned:
        since = part.earliest if part and part.earliest and part.earliest < mention.moment else None
        return ClockWish(since, mention.moment, None, start, end)
    return ClockWish(mention.moment, part.latest if part else None, None, start, end)


def _beyond(moment: time, too: str, start: int, end: int) -> ClockWish:
    """Before an hour that "er for sent", after one that "er for tidligt"."""
    minutes = moment.hour * 60 + moment.minute + (1 if too == "tidlig" else -1)
    limit = time(*divmod(max(0, min(minutes, 24 * 60 - 1)), 60))
    return ClockWish(limit, None, None, start, end) if too == "tidlig" else ClockWish(None, limit, None, start, end)


def _together(wishes: list[ClockWish]) -> ClockWish:
    """The first wish, with the other side of its window where a later one names it: "efter 10, men ikke efter 14"."""
    whole = wishes[0]
    for other in wishes[1:]:
        earliest, latest = whole.earliest or other.earliest, whole.latest or other.latest
        if whole.exact or other.exact or (earliest and latest and earliest >= latest):
            whole = replace(whole, unclear=whole.unclear or _says_other(whole, other))
            continue
        whole = ClockWish(earliest, latest, None, whole.start, other.end, whole.unclear)
    return whole


def _says_other(one: ClockWish, other: ClockWish) -> bool:
    return (one.exact, one.earliest, one.latest) != (other.exact, other.earliest, other.latest)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(danish_pattern(pattern))


_PARTS = tuple((_compiled(rf"\b(?:{words})\b"), earliest, latest) for words, earliest, latest in PARTS_OF_DAY)
_KL = r"(?:(?:klokken|kl(?:okk?en)?\b\.?) ?)"
_OFFSET = r"(?P<offset>fem|ti|tyve|5|10|20) (?:min\w*\.? )?(?P<side>over|i)"
# Bare numbers and words; `_counts` decides whether they are times.
_BARE = (
    _compiled(rf"(?<![\d.,/])\b(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5][05])\b(?![.,:/]?\d){_UNITS}"),
    _compiled(
        rf"(?<![\d.,/])\b(?P<hour>1?\d|2[0-3]|{'|'.join(_CLOCK_WORDS)})\b(?![.,:/]\d)(?!\. ?{_NUMBERED}){_UNITS}"
    ),
)
_CLOCKS = (
    _compiled(rf"\b{_KL}?(?:{_OFFSET} )?(?P<half>halv) ?(?P<hour>{_HOUR})\b"),
    _compiled(rf"\b{_KL}?(?P<offset>kvart) (?P<side>over|i) (?P<hour>{_HOUR})\b"),
    _compiled(rf"\b{_KL}{_OFFSET} (?P<hour>{_HOUR})\b"),
    _compiled(rf"\b(?P<offset>fem|ti|tyve|5|10|20) min\w*\.? (?P<side>over|i) (?P<hour>{_HOUR})\b"),
    _compiled(rf"\b(?:omkring|cirka|ca\.?|ved) (?P<hour>{'|'.join(_CLOCK_WORDS)})\b(?= *(?:$|[,.!?#]|på|i|er|passer))"),
    _compiled(rf"\b{_KL}(?P<hour>[01]?\d|2[0-3])[.:]? ?(?P<minute>[0-5]\d)\b"),
    _compiled(rf"\b{_KL}(?P<hour>{_HOUR})\b"),
    _compiled(r"(?<![\d.,/])\b(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5][05])\b(?![.,/]?\d| ?(?:kr|%|mio))"),
    _compiled(rf"\b(?P<hour>{_HOUR})(?:-| )?(?:tiden|ish|agtig)\b"),
    _compiled(rf"\b(?P<hour>{'|'.join(_CLOCK_WORDS)})(?= i ?stedet)"),
    _compiled(r"(?<=\bfra )(?P<hour>et)(?= til\b)"),
    *_BARE,
)
_FILLER = _compiled(r"[ ,]*(?:omkring|cirka|ca\.?|ved|kl\.?|\bog)? *$")
_BOUND = _compiled(
    rf"(?P<not>{NOT} (?:om |på |#+ )?)?"
    r"\b(?:(?P<until>(?<!stedet )før|inden|senest|indtil|tidligere end)|efter|tidligst|(?<!bortset )fra|senere end)"
    r"(?: omkring| ca\.?| ved)?(?: kl\.?| klokken)? ?$"
)
_RANGE_START = _compiled(r"\b(?:mellem|mlm\.?|ml\.?|fra)(?: kl\.?| klokken)? ?$")
_LEAD_IN = _compiled(r"\W*(?:(?:ja|nej|men|så|ok|okay|helst|hellere|gerne|bare|kun|fx|måske|ca\.?|omkring)[ ,]*)*")
_JOINT = _compiled(r" ?(?:-|–|til|og|eller)(?: kl\.?| klokken)? ?")
_JOINT_AHEAD = _compiled(r" ?(?:(?P<dash>-|–|til)|og)(?: kl\.?| klokken)? ?(?=\d|halv|kvart|ti |fem )")
_EITHER = _compiled(r"\beller\b")
