"""When a young person would like to meet, read from their own words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.language.english_times import in_danish
from bot.language.folding import blotted, fold_in_place
from bot.language.last_word import CONCLUDES, Part, parts
from bot.language.neighbour_days import points_at_a_neighbour
from bot.language.one_wish import located
from bot.language.pointing import points_back
from bot.language.time_spelling import Spelled, spelled
from bot.language.time_wish import FoundWish, TimeWish
from bot.language.tongue import Tongue, tongue_of

DENMARK = ZoneInfo("Europe/Copenhagen")
LONGEST_TEXT = 1000


def find_time_wish(text: str, now: datetime) -> TimeWish | None:
    """The time a text wishes for, None when it names none.

    `now` must be aware; days are those of Denmark, from today on. A weekday is the next one after today;
    an hour from one to six without more is in the afternoon. Of several days named in one breath any will do.
    """
    found = locate_time_wish(text, now)
    return found.wish if found else None


def locate_time_wish(text: str, now: datetime) -> FoundWish | None:
    """As find_time_wish, with the place in the text. Raises ValueError when `now` is naive."""
    if now.tzinfo is None:
        raise ValueError("now: a time zone is missing")
    folded = fold_in_place(text[:LONGEST_TEXT])
    here, tongue = now.astimezone(DENMARK), tongue_of(text)
    english = in_danish(folded) if tongue is not Tongue.DANISH else None
    if english and tongue is Tongue.ENGLISH:
        return _wish_itself(english, here)
    found = [_wish_itself(said, here) for said in (english, spelled(folded)) if said]
    return max((one for one in found if one), key=lambda one: one.wish.says_exactly(), default=None)


def _wish_itself(said: Spelled, now: datetime) -> FoundWish | None:
    """The wish of the whole, or of the one part of it that says it is one, where the others tell what else happens."""
    divided = parts(said.text)
    if len(divided) == 1:
        return located(said, now)
    whole = _with_its_conditions(said, divided, now)
    told = _surest(said, divided, now) if whole else None
    if whole is None or told is None or told.wish.unclear:
        return whole
    if told.wish.day and (told.wish.names_hours() or (told.concludes and not whole.wish.says_when_on_a_day())):
        return told
    if not (told.wish.names_hours() and (whole.wish.unclear or whole.wish.contradicts_itself())):
        return whole
    lacks_its_day = told.wish.day is None and whole.wish.last_day is None
    return replace(told, wish=replace(told.wish, day=whole.wish.day)) if lacks_its_day else told


def _with_its_conditions(said: Spelled, divided: Sequence[Part], now: datetime) -> FoundWish | None:
    """The wish of the whole; without what begins with "hvis" or "fordi" where that makes it unclear or says no more.

    Not so where other days are named there: then it is asked about.
    """
    every, main = located(said, now), located(_only(said, [part for part in divided if not part.aside]), now)
    if every is None or main is None:
        return every
    if every.wish.unclear and every.wish.ends() != main.wish.ends():
        return every
    return main if every.wish.unclear or every.wish.says() < main.wish.says() else every


def _surest(said: Spelled, divided: Sequence[Part], now: datetime) -> FoundWish | None:
    """What the part says that is most surely a wish and names a time, the last of several, and what goes on from it."""
    for surety in sorted({part.surety for part in divided if part.surety > 0}, reverse=True):
        for number in reversed([number for number, part in enumerate(divided) if part.surety == surety]):
            own, after = divided[number], divided[number + 1 :]
            found = located(_only(said, [own]), now)
            if found is None or _points_at_others(said.text[own.start : own.end], found.wish):
                continue
            longer = located(_only(said, [own, *after]), now) if after else None
            goes_on = longer and not longer.wish.unclear and longer.wish.day == found.wish.day
            return replace(longer if longer and goes_on else found, concludes=surety >= CONCLUDES)
    return None


def _points_at_others(part: str, wish: TimeWish) -> bool:
    """Whether a part cannot be understood without the others."""
    return bool((wish.day and points_at_a_neighbour(part)) or (wish.names_hours() and points_back(part)))


def _only(said: Spelled, kept: Sequence[Part]) -> Spelled:
    """The text with all but these parts blotted out."""
    text, done = said.text, 0
    for part in kept:
        text, done = blotted(text, done, part.start), part.end
    return replace(said, text=blotted(text, done, len(text)))
