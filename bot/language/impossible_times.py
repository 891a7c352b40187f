"""Why nobody can meet at a time that is wished for, whatever is free: it is over, or at night."""

import re
from datetime import datetime, time

from bot.language.clock import ClockWish
from bot.language.time_phrases import ASKS_FOR_THE_NIGHT, ASKS_FOR_THE_PAST, AT_NIGHT, IN_THE_PAST
from bot.language.time_wish import Refused, TimeWish

# So few words say nothing but the time: "i går?"
_FEW_WORDS = 6
_EARLY, _LATE = time(6), time(22)
# Characters between an hour and what is said of it.
_BESIDE = 20
_NIGHT_ALONE = re.compile(r"\W*(?:helst|kun|bare|gerne)? ?(?:i nat|om natten)\W*")


def why_refused(
    folded: str, heard: str, wish: TimeWish, clock: ClockWish | None, now: datetime, *, names_a_past_date: bool
) -> Refused | None:
    """None where the wish is possible. `heard` is the text without its asides, `clock` what hours it names."""
    if _is_at_night(folded, heard, wish, clock):
        return Refused.NIGHT
    if wish.day or wish.soonest:
        return Refused.PAST if _is_over_today(wish, now) else None
    if not (names_a_past_date or IN_THE_PAST.search(heard)):
        return None
    few = len(re.findall(r"\w+", folded)) <= _FEW_WORDS
    meant = _is_beside(clock, IN_THE_PAST, folded) or ASKS_FOR_THE_PAST.search(folded) or (names_a_past_date and clock)
    return Refused.PAST if few or meant else None


def _is_at_night(folded: str, heard: str, wish: TimeWish, clock: ClockWish | None) -> bool:
    if wish.exact is not None:
        return not _EARLY <= wish.exact < _LATE or _is_beside(clock, AT_NIGHT, folded)
    return wish == TimeWish() and bool(_NIGHT_ALONE.fullmatch(folded) or ASKS_FOR_THE_NIGHT.search(heard))


def _is_over_today(wish: TimeWish, now: datetime) -> bool:
    end = wish.exact or wish.latest
    return wish.day == now.date() and wish.last_day is None and end is not None and end < now.time()


def _is_beside(clock: ClockWish | None, phrase: re.Pattern[str], folded: str) -> bool:
    """Whether the phrase is said of that hour: "kl 3 i nat", "natten til torsdag kl 3"."""
    return clock is not None and bool(phrase.search(folded, max(0, clock.start - _BESIDE), clock.end + _BESIDE))
