"""The parts of a day that a Danish message names: "om formiddagen", "efter skole", "morgen eller formiddag"."""

from dataclasses import dataclass
from datetime import time

from bot.language.folding import blotted, compiled
from bot.language.refusals import REFUSED, is_refused

_WHEN_FREE = r"når (?:jeg|vi|han|hun) (?:har (?:fået )?fri|får fri|er færdig (?:på|med|fra) (?:arbejde|job|praktik)\w*)"
_WORK = "arbejd[et]?t?|arb|job(?:bet)?|praktik(?:ken)?|fyraften"
PARTS_OF_DAY = (
    (r"(?:først|tidligt) på dagen", time(8), time(10)),
    (r"(?:sidst|sent) på (?:dagen|eftermiddagen)|sen eftermiddag", time(15), time(18)),
    (r"(?:sidst|sent) på formiddagen|sen formiddag", time(10), time(12)),
    (r"(?:først|tidligt) på eftermiddagen|tidlig eftermiddag", time(12), time(15)),
    (r"(?:efter|fri fra) (?:æ |min |vores )?skole(?:n|dag(?:en)?)?|efter (?:sidste time|timerne)", time(15), None),
    (r"i skoletiden", time(8), time(14)),
    (rf"efter (?:æ |mit |min )?(?:{_WORK})|{_WHEN_FREE}|når (?:jeg|vi) (?:har|får) fyraften", time(16), None),
    (r"fra (?:middag|frokost)(?:stid)?", time(12), None),
    (r"efter frokost|over middag", time(13), None),
    (r"(?:før|inden) (?:frokost|middag)", None, time(12)),
    (r"eftermiddag(?:en|e)?|efter middag(?:en)?|(?<=# )(?:em|e\.m)", time(12), time(17)),
    (r"formiddag(?:en|e)?|(?<=# )(?:fm|f\.m)", time(8), time(12)),
    (r"midt på dagen", time(11), time(14)),
    (r"middag(?:en)?|middagstid|frokost(?:en|tid)?", time(11), time(13)),
    (r"aften(?:en|er)?|aftentid", time(17), time(22)),
    (r"(?:tidlig )?(?:om )?(?<!\bi )morg(?:en|enen|ener)|(?<!ga )tidligt?(?! fri)", time(7), time(10)),
)


@dataclass(frozen=True, slots=True)
class PartOfDay:
    """When it begins and ends, None where it does not say; named by the characters `start` to `end`."""

    earliest: time | None
    latest: time | None
    start: int
    end: int


def part_of_day(folded: str) -> tuple[PartOfDay | None, str]:
    """The part of the day wished for, and the text with the refused ones blotted out.

    Of several joined ("morgen eller formiddag") it is the whole from the first to the last.
    """
    found: list[PartOfDay] = []
    rest = folded
    for pattern, earliest, latest in _PARTS:
        for match in pattern.finditer(rest):
            if is_refused(folded, *match.span()):
                folded = blotted(folded, *match.span(), REFUSED)
            else:
                found.append(PartOfDay(earliest, latest, *match.span()))
            rest = blotted(rest, *match.span())
    return _joined(found, folded) if found else None, folded


def _joined(found: list[PartOfDay], folded: str) -> PartOfDay:
    """The first by rank, with those that an "eller" joins to it."""
    whole, *others = found
    for other in sorted(others, key=lambda part: part.start):
        first, last = sorted((whole, other), key=lambda part: part.start)
        if _EITHER_PART.fullmatch(folded, first.end, last.start) and whole.latest and other.latest:
            earliest = min(whole.earliest, other.earliest) if whole.earliest and other.earliest else None
            whole = PartOfDay(earliest, max(whole.latest, other.latest), first.start, last.end)
    return whole


def names_several_parts(folded: str) -> bool:
    """Whether it wishes for one part of the day and, apart from it, for another."""
    whole, _ = part_of_day(folded)
    other, _ = part_of_day(blotted(folded, whole.start, whole.end)) if whole else (None, "")
    return whole is not None and other is not None


def names_a_part(folded: str) -> bool:
    """Whether it names a part of the day, be it refused."""
    return any(pattern.search(folded) for pattern, _, _ in _PARTS)


_EITHER_PART = compiled(r" ?(?:eller|og|men|/|til)(?: om| på| i| den| sen| tidlig)* ?")
_PARTS = tuple((compiled(rf"\b(?:{words})\b"), earliest, latest) for words, earliest, latest in PARTS_OF_DAY)
