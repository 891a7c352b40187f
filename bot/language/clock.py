"""The clock times a Danish message names: "kl halv tre", "efter 14", "mellem 10 og 12", "om formiddagen"."""

import re
from dataclasses import dataclass
from datetime import time

from bot.language.folding import danish_pattern
from bot.language.numbers import CARDINALS

_MINUTES = {"fem": 5, "ti": 10, "kvart": 15, "tyve": 20}
_HOURS = {word: number for word, number in CARDINALS.items() if number < 24}  # noqa: PLR2004 -- hours of a day
_HOUR = r"\d{1,2}|" + "|".join(_HOURS)
_UNITS = r"(?! ?(?:år|års|årig|dage?|uger?|måneder|mdr|timer?|min|minutter|gange?|kr|kroner|%|mand|personer|stk)\b)"

_LAST_OFFICE_HOUR_WRITTEN_SHORT = 6
""" "kl. 3" is in the afternoon: nobody talks with a housing agent at night."""

PARTS_OF_DAY = (
    (r"(?:først|tidligt) på dagen", time(8), time(10)),
    (r"sidst på dagen|sent på (?:dagen|eftermiddagen)", time(15), time(17)),
    (r"efter skole(?:n)?", time(15), None),
    (r"efter arbejde", time(16), None),
    (r"efter frokost|over middag", time(13), None),
    (r"før frokost|inden frokost", None, time(12)),
    (r"eftermiddag(?:en)?|efter middag(?:en)?", time(12), time(17)),
    (r"formiddag(?:en)?", time(8), time(12)),
    (r"middag(?:en)?|middagstid|frokost(?:en|tid)?", time(11), time(13)),
    (r"aften(?:en)?|aftentid", time(17), time(22)),
    (r"(?:tidlig )?(?:om )?morgen(?:en)?|tidlig(?:t)?", time(7), time(10)),
)


@dataclass(frozen=True, slots=True)
class ClockWish:
    """An exact time, or a window of which one side may be open; named by the characters `start` to `end`."""

    earliest: time | None
    latest: time | None
    exact: time | None
    start: int
    end: int


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
    """The clock time or window named in a folded text (see `fold_in_place`).

    A bare number is a time only where something says so: "efter 14", or right after a day, whose ends are `after_day`.
    """
    part = _part_of_day(folded)
    mentions = [mention for mention in _mentions(folded, part) if _counts(mention, folded, after_day)]
    if mentions:
        return _from_mentions(mentions, folded, part)
    return ClockWish(part.earliest, part.latest, None, part.start, part.end) if part else None


def _part_of_day(folded: str) -> _Part | None:
    for pattern, earliest, latest in _PARTS:
        for match in pattern.finditer(folded):
            if not _NOT.search(folded[: match.start()]):
                return _Part(earliest, latest, *match.span())
    return None


def _mentions(folded: str, part: _Part | None) -> list[_Mention]:
    found = []
    rest = folded
    for pattern in _CLOCKS:
        for match in pattern.finditer(rest):
            moment = _moment(match, part)
            if moment is None:
                continue
            certain = pattern is not _BARE
            found.append(_Mention(moment, certain, *match.span()))
            rest = rest[: match.start()] + "#" * len(match.group()) + rest[match.end() :]
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
    if part is None:
        return hour <= _LAST_OFFICE_HOUR_WRITTEN_SHORT
    return part.earliest is not None and part.earliest >= time(12)


def _counts(mention: _Mention, folded: str, after_day: frozenset[int]) -> bool:
    before = folded[: mention.start]
    if mention.certain or _BOUND.search(before) or _JOIN.search(before):
        return True
    if _JOIN_AHEAD.match(folded[mention.end :]) and _RANGE_START.search(before):
        return True
    day_end = len(_FILLER.sub("", before))
    return day_end in after_day or len(before.rstrip()) in after_day


def _from_mentions(mentions: list[_Mention], folded: str, part: _Part | None) -> ClockWish:
    first, last = mentions[0], mentions[-1]
    start = min(first.start, part.start) if part else first.start
    end = max(last.end, part.end) if part else last.end
    if len(mentions) > 1 and first.moment < last.moment and _JOIN.search(folded[: last.start]):
        return ClockWish(first.moment, last.moment, None, start, end)
    bound = _BOUND.search(folded[: first.start])
    if not bound:
        return ClockWish(None, None, first.moment, start, end)
    start = min(start, bound.start())
    if bound.group("until"):
        return ClockWish(None, first.moment, None, start, end)
    return ClockWish(first.moment, part.latest if part else None, None, start, end)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(danish_pattern(pattern))


_PARTS = tuple((_compiled(rf"\b(?:{words})\b"), earliest, latest) for words, earliest, latest in PARTS_OF_DAY)
_KL = r"(?:(?:klokken|kl(?:okk?en)?\b\.?) ?)"
_OFFSET = r"(?P<offset>fem|ti|tyve|5|10|20) (?:min\w*\.? )?(?P<side>over|i)"
_CLOCKS = (
    _compiled(rf"\b{_KL}?(?:{_OFFSET} )?(?P<half>halv) ?(?P<hour>{_HOUR})\b"),
    _compiled(rf"\b{_KL}?(?P<offset>kvart) (?P<side>over|i) (?P<hour>{_HOUR})\b"),
    _compiled(rf"\b{_KL}{_OFFSET} (?P<hour>{_HOUR})\b"),
    _compiled(rf"\b{_KL}(?P<hour>[01]?\d|2[0-3])[.:]? ?(?P<minute>[0-5]\d)\b"),
    _compiled(rf"\b{_KL}(?P<hour>{_HOUR})\b"),
    _compiled(r"(?<![\d.,/])\b(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5][05])\b(?![.,/]?\d| ?(?:kr|%|mio))"),
    _compiled(rf"\b(?P<hour>{_HOUR})(?:-| )?tiden\b"),
    # A bare number; `_counts` decides whether it is a time.
    _BARE := _compiled(rf"(?<![\d.,/])\b(?P<hour>1?\d|2[0-3])\b(?![.,:/]\d){_UNITS}"),
)
_FILLER = _compiled(r"[ ,]*(?:omkring|cirka|ca\.?|ved|kl\.?|\bog)? *$")
_NOT = _compiled(r"\b(?:ikk?e?|undtagen)(?: om| på| i| den| så)* ?$")
_BOUND = _compiled(
    r"\b(?:(?P<until>før|inden|senest|indtil)|efter|tidligst|fra)(?: omkring| ca\.?| ved)?(?: kl\.?| klokken)? ?$"
)
_RANGE_START = _compiled(r"\b(?:mellem|fra)(?: kl\.?| klokken)? ?$")
_JOIN = _compiled(r"\d ?(?:-|–|til|og)(?: kl\.?| klokken)? ?$")
_JOIN_AHEAD = _compiled(r" ?(?:-|–|til|og)(?: kl\.?| klokken)? ?\d")
