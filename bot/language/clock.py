"""The clock times a Danish message names: "kl halv tre", "efter 14", "mellem 10 og 12", "om formiddagen"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time

from bot.language.folding import blotted, compiled
from bot.language.numbers import CARDINALS, COUNTED, NO_UNIT, number_said
from bot.language.parts_of_day import PartOfDay, names_a_part, part_of_day
from bot.language.refusals import NOT, REFUSED, is_refused, is_refused_after, too_late_or_early

_MINUTES = {"fem": 5, "ti": 10, "kvart": 15, "tyve": 20, "lidt": 0}
_MINUTES_AFTER = {"nul nul": 0, "femten": 15, "tyve": 20, "tredive": 30, "fyrre": 40, "femogfyrre": 45}
_HOURS = {"midnat": 0} | {word: number for word, number in CARDINALS.items() if number < 24}  # noqa: PLR2004 -- hours of a day
_HOUR = r"\d{1,2}|" + "|".join(_HOURS)

_NUMBERED = rf"(?:{COUNTED})\b"
_CLOCK_WORDS = [word for word, number in _HOURS.items() if 1 <= number <= 12 and word not in ("en", "et")]  # noqa: PLR2004

_EARLIEST_MORNING, _FORENOON = 5, time(8)
_LAST_OFFICE_HOUR_WRITTEN_SHORT = 6
""" "kl. 3" is in the afternoon: nobody talks with a housing agent at night."""


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

    def says_as_much_as(self, other: "ClockWish") -> bool:
        """Whether both name the same hours."""
        return (self.exact, self.earliest, self.latest) == (other.exact, other.earliest, other.latest)


@dataclass(frozen=True, slots=True)
class _Mention:
    moment: time
    certain: bool
    start: int
    end: int


def find_clock(folded: str, after_day: frozenset[int] = frozenset()) -> ClockWish | None:
    """The clock time or window named in a folded text (see `fold_in_place`); none that is refused.

    A bare number is a time only where something says so: "efter 14", or right after a day, whose ends are `after_day`.
    """
    part, folded = part_of_day(folded)
    groups = _groups(_mentions(folded, part), folded, after_day)
    wishes = [wish for group in groups if (wish := _from_group(group, folded, part))]
    if wishes:
        return _together(wishes)
    return ClockWish(part.earliest, part.latest, None, part.start, part.end) if part else None


def hours_named(folded: str, after_day: frozenset[int] = frozenset()) -> list[ClockWish]:
    """Each clock time or range named, whatever is said of it, in order."""
    part, folded = part_of_day(folded)
    groups = _groups(_mentions(folded, part), folded, after_day)
    return [ClockWish(one[0].moment, one[-1].moment, None, one[0].start, one[-1].end) for one in groups]


def names_an_hour(folded: str) -> bool:
    """Whether the text names a clock time or a part of the day, be it refused."""
    return any(mention.certain for mention in _mentions(folded, None)) or names_a_part(folded)


def _mentions(folded: str, part: PartOfDay | None) -> list[_Mention]:
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


def _moment(match: re.Match[str], part: PartOfDay | None) -> time | None:
    groups = match.groupdict()
    hour = number_said(groups["hour"], _HOURS)
    minutes = hour * 60 + number_said(groups.get("minute") or "0", _MINUTES_AFTER)
    if groups.get("half"):
        minutes -= 30
    offset = number_said(groups.get("offset") or "0", _MINUTES)
    minutes += offset if groups.get("side") == "over" else -offset
    if not (hour < _EARLIEST_MORNING and _BEFORE_DAWN.match(match.string, match.end())):
        minutes += 60 * _hours_more(groups, hour, part)
    return time(*divmod(minutes, 60)) if 0 <= minutes < 24 * 60 else None


def _hours_more(groups: Mapping[str, str | None], hour: int, part: PartOfDay | None) -> int:
    """From what a clock face shows to the hour of the day: "2 pm" is 14, "12 am" is 0."""
    if half_day := groups.get("half_day"):
        return 12 * (half_day == "p") - 12 * (hour == 12) if hour <= 12 else 0  # noqa: PLR2004 -- the hours of a clock face
    on_the_whole_day = (groups["hour"] or "").startswith("0")
    return 12 if not on_the_whole_day and _is_afternoon(hour, part) else 0


def _is_afternoon(hour: int, part: PartOfDay | None) -> bool:
    if not 1 <= hour < 12:  # noqa: PLR2004 -- the hours of a clock face
        return False
    if part is None or hour < _EARLIEST_MORNING or part.earliest == _FORENOON:
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
    if (
        mention.certain
        or any(said.search(before) for said in (_BOUND, _SAID))
        or too_late_or_early(folded, mention.end)
    ):
        return True
    if _FITS.match(folded, mention.end) or (_BEFORE_A_DAY.match(folded, mention.end) and _OPENS.search(before)):
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


def _from_group(group: list[_Mention], folded: str, part: PartOfDay | None) -> ClockWish | None:
    first, last = group[0], group[-1]
    start = min(first.start, part.start) if part else first.start
    end = max(last.end, part.end) if part else last.end
    if on := _AND_ON.match(folded, last.end):
        return _open(first.moment, part, start, on.end(), until=bool(on["until"]))
    bound = _BOUND.search(folded[: first.start])
    is_window = first.moment < last.moment and not _EITHER.search(folded, first.end, last.start)
    if bound and not is_window:
        return _bounded(first, bound, folded, part, min(start, bound.start()), end)
    if too := too_late_or_early(folded, last.end):
        return _beyond(last.moment if too == "tidlig" else first.moment, too, start, end)
    if is_refused(folded, first.start, last.end) or _OF_A_REFUSED_PART.match(folded, last.end):
        return None
    if is_window:
        return ClockWish(first.moment, last.moment, None, start, end)
    return ClockWish(None, None, first.moment, start, end, unclear=first.moment != last.moment)


def _bounded(
    mention: _Mention, bound: re.Match[str], folded: str, part: PartOfDay | None, start: int, end: int
) -> ClockWish:
    """A window open at one side. Each "ikke" turns it round: "ikke før 12", "før 12 kan jeg ikke"."""
    turned = bool(bound.group("not")) != is_refused_after(folded, mention.end)
    return _open(mention.moment, part, start, end, until=bool(bound.group("until")) != turned)


def _open(moment: time, part: PartOfDay | None, start: int, end: int, *, until: bool) -> ClockWish:
    """A window that ends or begins then; the part of the day gives its other side."""
    if until:
        since = part.earliest if part and part.earliest and part.earliest < moment else None
        return ClockWish(since, moment, None, start, end)
    return ClockWish(moment, part.latest if part else None, None, start, end)


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
        both = (whole.earliest and other.earliest) or (whole.latest and other.latest)
        if whole.exact or other.exact or both or (earliest and latest and earliest >= latest):
            whole = replace(whole, unclear=whole.unclear or not whole.says_as_much_as(other))
            continue
        whole = ClockWish(earliest, latest, None, whole.start, other.end, whole.unclear)
    return whole


_KL = r"(?:(?:når klokken er|klokken|kl(?:okk?en)?\b\.?) ?|kl(?=\d))"
_OFFSET = r"(?P<offset>fem|ti|tyve|5|10|20) (?:min\w*\.? )?(?P<side>over|i)"
_AND_MINUTES = f"(?P<minute>{'|'.join(_MINUTES_AFTER)})"
# Bare numbers and words; `_counts` decides whether they are times.
_BARE = (
    compiled(rf"\b{_OFFSET} (?P<hour>1?\d|{'|'.join(_CLOCK_WORDS)})\b{NO_UNIT}"),
    compiled(rf"(?<![\d.,/])\b(?P<hour>[01]\d|2[0-3]) ?(?P<minute>[0-5][05])\b(?![.,:/]?\d){NO_UNIT}"),
    compiled(
        rf"(?<![\d.,/])\b(?P<hour>1?\d|2[0-3]|{'|'.join(_CLOCK_WORDS)})\b(?![.,:/]\d)(?!\. ?{_NUMBERED}){NO_UNIT}"
    ),
)
_CLOCKS = (
    compiled(rf"\b{_KL}?(?P<hour>1?\d)(?:[.:](?P<minute>[0-5]\d))? ?(?P<half_day>[ap])\.?m\b\.?"),
    compiled(rf"\b{_KL}?(?:{_OFFSET} )?(?P<half>halv) ?(?P<hour>{_HOUR})\b"),
    compiled(rf"\b{_KL}?(?P<offset>kvart) (?P<side>over|i) (?P<hour>{_HOUR})\b"),
    compiled(rf"\b{_KL}?(?P<offset>lidt) (?P<side>over|i) (?P<hour>{_HOUR})\b{NO_UNIT}"),
    compiled(rf"\b{_KL}{_OFFSET} (?P<hour>{_HOUR})\b"),
    compiled(rf"\b{_KL}?(?P<hour>{'|'.join(_CLOCK_WORDS)}) (?:og )?{_AND_MINUTES}\b"),
    compiled(rf"\b{_KL}(?P<hour>{_HOUR}) {_AND_MINUTES}\b"),
    compiled(rf"\b(?P<offset>fem|ti|tyve|5|10|20) min\w*\.? (?P<side>over|i) (?P<hour>{_HOUR})\b"),
    compiled(rf"\b(?:omkring|cirka|ca\.?|ved) (?P<hour>{'|'.join(_CLOCK_WORDS)})\b(?= *(?:$|[,.!?#]|på|i|er|passer))"),
    compiled(rf"\b{_KL}(?P<hour>[01]?\d|2[0-3])(?:[.:]? ?|,)(?P<minute>[0-5]\d)\b"),
    compiled(rf"\b{_KL}(?P<hour>{_HOUR})\b"),
    compiled(r"\b(?P<hour>midnat)\b"),
    compiled(r"(?<=# )(?P<hour>[01]?\d|2[0-3]),(?P<minute>[0-5][05])\b"),
    compiled(r"(?<![\d.,/])\b(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5][05])\b(?![.,/]?\d| ?(?:kr|%|mio))"),
    compiled(r"(?<![\d.,/:])(?<!rer )(?<!gar )(?<!mer )\b(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)\b(?![:\d])"),
    compiled(rf"\b(?P<hour>{_HOUR})(?:-| )?(?:tiden|ish|agtig)\b"),
    compiled(rf"\b(?P<hour>{'|'.join(_CLOCK_WORDS)})(?= i ?stedet)"),
    compiled(r"(?<=\bfra )(?P<hour>et)(?= til\b)"),
    compiled(r"(?<=\bmellem )(?P<hour>et)(?= og\b)"),
    *_BARE,
)
_FILLER = compiled(r"[ ,]*(?:omkring|cirka|ca\.?|ved|kl\.?|\bog)? *$")
_BOUND = compiled(
    rf"(?P<not>{NOT} (?:#+ |(?!men|så|og\b|eller)\w+ ){{0,2}})?"
    r"\b(?:(?P<until>(?<!stedet )før|inden|senest|indtil|(?:kun|højst|længst) til|tidligere end)"
    r"|efter|tidligst|først(?= (?:kl|halv|kvart|\d))|(?<!bortset )fra|senere end)"
    r"(?: (?:være|komme|nå|møde|mødes|begynde|starte|slutte|der|hos|jer|klar|færdig))*"
    r"(?: omkring| ca\.?| ved| (?!at\b)[^\W\d_]+(?= kl))?(?: kl\.?| klokken)? ?$"
)
_AND_ON = compiled(
    r" ?(?:og|eller) (?:lidt )?(?:senere|frem|fremad|opefter|derefter"
    r"|(?P<until>før|tidligere|inden))\b(?! (?:til|kl|\d))"
)
_RANGE_START = compiled(
    r"\b(?:mellem|mlm\.?|ml\.?|fra"
    r"|(?:vagt|arbejder?|skole|praktik|job|undervisning|åbent?)(?: (?:jeg|vi|(?:i|på|hos) \w+))?)"
    r"(?: ca\.?| cirka)?(?: kl\.?| klokken)? ?$"
)
_LEAD_IN = compiled(r"\W*(?:(?:ja|nej|men|så|ok|okay|helst|hellere|gerne|bare|kun|fx|måske|ca\.?|omkring)[ ,]*)*")
_NEARLY = r"(?: ca\.?| cirka| omkring| ved)?(?: kl\.?| klokken)? ?"
_JOINT = compiled(rf" ?(?:-|–|(?:og )?(?:frem )?til(?: \w\w\w+)?|og|å|eller){_NEARLY}")
_JOINT_AHEAD = compiled(rf" ?(?:(?P<dash>-|–|(?:frem )?til)|og|å){_NEARLY}(?=\d|halv|kvart|{'|'.join(_CLOCK_WORDS)})")
# "Sig 9" and "jeg sover til 14" tell hours.
_SAID = compiled(
    r"\b(?:(?:sig|sige|siger vi)(?: bare| ca\.?)?"
    r"|(?:sover?|arbejder?|skole|praktik|vagt|job|undervisning|åbent?|lukker|slutter|udløber|fri|færdig)"
    r"(?: (?:jeg|vi|så|først|mig|kl\.?))* (?:til|fra|ved))(?: ca\.?| omkring)? ?$"
)
_FITS = compiled(r" (?:er|passer|går|ville være) (?:(?:mig|nok|helt) )?(?:fin|god|ok|okay|bedst|bedre|perfekt)t?\b")
# "14 på torsdag", where no "er" or "bliver" makes it somebody's age.
_BEFORE_A_DAY = compiled(r" (?:(?:her|nu) )?#")
_OPENS = compiled(
    r"(?:^|[.,!?#]|\b(?:ved|omkring|ca\.?|kan|sige|gerne|helst|hellere|bare|evt\.?|måske|eller|passer|nej|men|så|klar|mødes|ses))\W*$"
)
_OF_A_REFUSED_PART = compiled(rf" om {REFUSED}")
# "Kl 4 om morgenen" is no afternoon.
_BEFORE_DAWN = compiled(r" (?:om (?:morgenen|natten)|i nat)\b")
_EITHER = compiled(r"\beller\b")
