"""What makes a wish for a time unclear, so that it is asked about: it may mean several times, or nobody knows yet."""

import re
from itertools import pairwise

from bot.language.clock import ClockWish
from bot.language.day_span import DaySpan
from bot.language.folding import BLOT, compiled
from bot.language.numbers import NO_UNIT
from bot.language.pointing import shifts_nothing
from bot.language.refusals import is_refused
from bot.language.time_phrases import IN_ONE_BREATH, NO_SUCH_DATE, NOT_YET, UNSURE

# Not of a date or a week, nor of the clock, nor so many of something.
_BARE_NUMBER = compiled(
    rf"(?<!den )(?<!\bd )(?<!\bd. )(?<!uge )(?<!\bkl )(?<!\bkl. )"
    rf"(?<![\d./-])\b\d{{1,2}}\b(?![./-]|\d| ?\w{{3,}}| i feber){NO_UNIT}"
)
# An age, how many they are, a house number.
_OF_ANOTHER = compiled(
    r"(?:\b(?:er|var|bliver|blev|blevet|fylder|fyldte|nr\.?|nummer)(?: (?:jeg|vi|kun|nu|lige|snart|ca\.?))*"
    r"|gade|vej|allé|alle|vænge|plads|stræde) ?$"
)
# Not "der har jeg fri kl 14".
_NO_REASON = "fri|ledig|tid|hjemme|klar|færdig|hos jer|først|pause"
_REASON = compiled(
    r"\b(?:(?:hvor|fordi|da|because)(?: (?:jeg|vi|a|der|i))?|for (?:der|jeg|vi|a|min|mit)|der|hverdage\w*)"
    rf" (?:har|skal|er|arbejder|spiller|træner|have|work)\b(?![^.,!?;]{{0,15}}\b(?:{_NO_REASON})\b)"
    r"[^.,!?;]{0,40}$"
)
# "Torsdag, hvor jeg skal til tandlæge kl 9" tells of Thursday alone.
_THERE = compiled(r"\bhvor (?:jeg|vi|a|der) (?:har|skal|er)\b[^.,!?;]{0,40}$")
_OF_AN_HOUR = re.compile(r"\b(?:klar|ved|cirka|ca\.?) ?$")


def is_unclear(folded: str, rest: str, days: list[DaySpan], clock: ClockWish | None) -> bool:
    """Whether several times may be meant. `rest` is the text without its days, `clock` what hours it names."""
    return (
        any(span.unclear for span in days)
        or not _in_one_breath(folded, days)
        or UNSURE.search(folded) is not None
        or (bool(days or clock) and (in_doubt(folded) or NO_SUCH_DATE.search(folded) is not None))
        or (clock is not None and clock.unclear)
        or shifts_nothing(rest, frozenset(span.end for span in days))
    )


def in_doubt(folded: str) -> bool:
    """Whether it says of a time that it names that it is not sure."""
    return UNSURE.search(folded) is not None or NOT_YET.search(folded) is not None


def leaves_a_number(rest: str, days: list[DaySpan], heard: str) -> bool:
    """Whether a bare number beside a day that is said without an hour may be one: "torsdag, der er jeg klar 10"."""
    numbers = [number.span() for number in _BARE_NUMBER.finditer(rest) if _may_be_an_hour(rest, number.start(), days)]
    return any(BLOT not in heard[slice(*number)] and not is_refused(rest, *number) for number in numbers)


def _may_be_an_hour(rest: str, at: int, days: list[DaySpan]) -> bool:
    """Whether a number may be the hour of a day said before it: "jeg er 17 og kan torsdag" tells an age."""
    before = rest[:at]
    behind_a_day = any(span.end <= at for span in days) and not _OF_ANOTHER.search(before)
    return behind_a_day or (bool(days) and _OF_AN_HOUR.search(before) is not None)


def _in_one_breath(folded: str, days: list[DaySpan]) -> bool:
    """Whether all of them are wished for: "mandag eller torsdag", "torsdag. ja torsdag"."""
    ordered = sorted(days, key=lambda span: span.start)
    others = [(one, other) for one, other in pairwise(ordered) if one.end <= other.start and not one.is_same_as(other)]
    return all(IN_ONE_BREATH.fullmatch(folded, one.end, other.start) for one, other in others)


def tells_why(folded: str, heard: str, clock: ClockWish, days: list[DaySpan]) -> bool:
    """Whether the hours stand in an aside that gives a reason, and a day does not: "fredag, for jeg har vagt 8-16".

    Nobody asks for those.
    """
    if heard[clock.start : clock.end].strip(BLOT):
        return False
    if not (_THERE.search(folded, 0, clock.start) or any(heard[span.start : span.end].strip(BLOT) for span in days)):
        return False
    if not (clock.exact or (clock.earliest and clock.latest)):
        # "Fredag, for jeg skal på arbejde kl 16" ends there.
        return False
    reason = _REASON.search(folded, 0, clock.start)
    return reason is not None and (clock.exact is None or " er " not in reason.group())


def is_of_an_aside(clock: ClockWish | None, days: list[DaySpan], heard: str) -> bool:
    """Whether the hour only tells when something else happens: "fredag, de andre dage har jeg praktik til kl 16".

    `heard` is the text without its asides. "Torsdag kl 8 inden jeg åbner" says both in one.
    """
    if clock is None or clock.exact is None or heard[clock.start : clock.end].strip(BLOT):
        return False
    return not days or any(heard[span.start : span.end].strip(BLOT) for span in days)
