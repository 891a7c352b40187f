"""When a young person would like to meet, read from their own words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.language.asides import without_asides
from bot.language.clock import hours_named
from bot.language.doubts import in_doubt
from bot.language.english_times import in_danish
from bot.language.folding import blotted, fold_in_place
from bot.language.last_word import CONCLUDES, Part, parts
from bot.language.neighbour_days import points_at_a_neighbour
from bot.language.one_wish import located
from bot.language.pointing import points_back
from bot.language.politeness import without_politeness
from bot.language.rest_of_week import points_at_the_rest
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
    folded = without_politeness(fold_in_place(text[:LONGEST_TEXT]))
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
    if whole is None:
        return None
    told = _surest(said, divided, now)
    if told is None or told.wish.unclear or (whole.wish.unclear and not told.wish.day):
        told = _last_of_all(said, divided, now) or told
    return whole if told is None or told.wish.unclear else _of_both(told, whole, said, divided, now)


def _of_both(told: FoundWish, whole: FoundWish, said: Spelled, divided: Sequence[Part], now: datetime) -> FoundWish:
    """What one part asks for and what the whole says, where they do not say the same."""
    told = _with_those_ruled_out(_with_the_other_bound(told, said, divided, now), whole)
    if told.wish.day and (told.wish.names_hours() or (told.concludes and not whole.wish.says_when_on_a_day())):
        return told
    if not told.wish.names_hours():
        return whole
    if not (whole.wish.day or told.wish.day):
        return replace(told, wish=replace(told.wish, not_days=told.wish.not_days or whole.wish.not_days))
    if not (whole.wish.unclear or whole.wish.contradicts_itself()):
        return whole
    return told if told.wish.day else _on_its_day(told, whole, said, divided, now)


def _with_its_conditions(said: Spelled, divided: Sequence[Part], now: datetime) -> FoundWish | None:
    """The wish of the whole; without what begins with "hvis" or "fordi" where that makes it unclear or says no more.

    Not so where other days are named there: then it is asked about.
    """
    every = located(said, now)
    if every is None or not any(part.aside for part in divided):
        return every
    main = located(_only(said, [part for part in divided if not part.aside]), now)
    if main is None:
        return every
    if every.wish.unclear and every.wish.ends() != main.wish.ends():
        return every
    return main if every.wish.unclear or main.wish.says_more_than(every.wish) else every


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


def _last_of_all(said: Spelled, divided: Sequence[Part], now: datetime) -> FoundWish | None:
    """What the last part says, where it names a day and an hour: "... nej vent, der har jeg vagt. tirsdag kl 15"."""
    if in_doubt(said.text):
        return None
    for part in reversed(divided):
        if (found := located(_only(said, [part]), now)) is None:
            continue
        text = said.text[part.start : part.end]
        is_aside = part.aside or without_asides(text) != text
        is_full = found.wish.day and found.wish.names_hours() and not found.wish.unclear
        later = said.text[part.end :]
        goes_on = points_back(later) or any(map(str.isdigit, later))
        return found if is_full and not (is_aside or goes_on or _points_at_others(text, found.wish)) else None
    return None


def _on_its_day(told: FoundWish, whole: FoundWish, said: Spelled, divided: Sequence[Part], now: datetime) -> FoundWish:
    """Hours with the day that another part says; unclear where the message names days and none goes with them."""
    if whole.wish.last_day is None:
        return replace(told, wish=replace(told.wish, day=whole.wish.day))
    alone = [part for part in divided if not (part.aside or points_at_a_neighbour(said.text[part.start : part.end]))]
    others = [one for part in alone if (one := _told_in(said, part, now))]
    days = {one.wish.ends() for one in others if one.wish.day and not one.wish.unclear}
    if len(days) != 1:
        return replace(told, wish=replace(told.wish, unclear=True))
    day, last_day = days.pop()
    return replace(told, wish=replace(told.wish, day=day, last_day=last_day))


def _told_in(said: Spelled, part: Part, now: datetime) -> FoundWish | None:
    """The wish of a part, without its asides."""
    alone = _only(said, [part])
    return located(replace(alone, text=without_asides(alone.text)), now)


def _with_the_other_bound(told: FoundWish, said: Spelled, divided: Sequence[Part], now: datetime) -> FoundWish:
    """With the side of its window that another part tells: "fredag eftermiddag, mit tog går, så senest kl 15"."""
    wish = told.wish
    if wish.exact or bool(wish.earliest) == bool(wish.latest):
        return told
    for part in divided:
        text = without_asides(said.text[part.start : part.end])
        other = None if part.aside else _told_in(said, part, now)
        if (
            other is None
            or other.wish.unclear
            or _is_a_duty(text, other.wish)
            or (other.wish.day and wish.day and other.wish.day != wish.day)
        ):
            continue
        both = replace(wish, earliest=wish.earliest or other.wish.earliest, latest=wish.latest or other.wish.latest)
        if both.earliest and both.latest and both.earliest < both.latest:
            return replace(told, wish=both)
    return told


def _with_those_ruled_out(told: FoundWish, whole: FoundWish) -> FoundWish:
    """With the days of its span that another part rules out: "ikke onsdag. ellers alle dage i den her uge"."""
    wish = told.wish
    if not (wish.day and wish.last_day):
        return told
    inside = {day for day in whole.wish.not_days if wish.day <= day <= wish.last_day}
    return replace(told, wish=replace(wish, not_days=tuple(sorted({*wish.not_days, *inside}))))


def _is_a_duty(text: str, wish: TimeWish) -> bool:
    """Whether hours from and to are told, not a part of the day: "har skole 8-15"."""
    return bool(wish.earliest and wish.latest and hours_named(text))


def _points_at_others(part: str, wish: TimeWish) -> bool:
    """Whether a part cannot be understood without the others."""
    others = points_at_a_neighbour(part) or points_at_the_rest(part)
    return bool((wish.day and others) or (wish.names_hours() and points_back(part)))


def _only(said: Spelled, kept: Sequence[Part]) -> Spelled:
    """The text with all but these parts blotted out."""
    text, done = said.text, 0
    for part in kept:
        text, done = blotted(text, done, part.start), part.end
    return replace(said, text=blotted(text, done, len(text)))
