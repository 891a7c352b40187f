"""How an answer changes a booking under way: corrections and changes of mind included. Pure but for the calendar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from actions.booking_answer import AGAIN, INFORM, MOVE, NO, YES, BookingAnswer
from actions.booking_slots import ABOUT, ASKED, CONFIRMED, CONTACT, FRESH, TIME, BookingState, Changes, as_slot
from actions.offers import exactly, fits, offer, page_near, settled
from bot.casework.bookings import About
from bot.casework.free_times import DANISH_TIME, Way
from bot.language.day_span import days_from
from bot.language.time_wish import TimeWish

NOT_UNDERSTOOD = "utter_not_understood_in_booking"
TOLD: Mapping[About, tuple[str, ...]] = {
    About.YOUNG: (),
    About.WITH_HELPER: ("utter_booking_together",),
    About.WORRY: ("utter_booking_worry",),
}
CHANGED = {Way.PHONE: "utter_booking_phone_changed", Way.OUT: "utter_booking_place_changed"}
MISSING = {Way.PHONE: "utter_booking_phone_missing", Way.OUT: "utter_booking_place_missing"}


class Calendar(Protocol):
    """What a step may ask the store. Raises StoreUnreachableError."""

    def free(self, way: Way) -> Sequence[datetime]:
        """The free times of this way, soonest first."""

    def has_what_it_needs(self, way: Way) -> bool:
        """Whether the young person has left what a talk of this way needs: a phone number, or where to meet."""

    def moved_from(self) -> datetime | None:
        """When the talk is that is being moved, if one is."""


@dataclass(frozen=True)
class Step:
    """The slots that change, and what is said before the next question."""

    changes: Changes = field(default_factory=dict)
    says: tuple[str, ...] = ()


def step(state: BookingState, answer: BookingAnswer, calendar: Calendar) -> Step | None:
    """What the answer does; None when it is none, so that it can be answered as a question."""
    if state.asks is None:
        return _of_young(state, _begin(answer, calendar))
    for attempt in (_about, _other_page, _contact, _other_way, _other_time, _yes, _no, _again):
        if done := attempt(state, answer, calendar):
            return _of_young(state, done)
    return None


def asked_anew(done: Step, time: datetime, says: tuple[str, ...] = ()) -> Step:
    """The step, but with the time it chose gone, and those near it offered."""
    return Step(done.changes | _open_time(exactly(time)), says=says)


def _of_young(state: BookingState, done: Step) -> Step:
    """The same; whose talk it is, a young person is never asked."""
    if state.helper or done.changes.get(ABOUT, state.about):
        return done
    return replace(done, changes=done.changes | {ABOUT: About.YOUNG.value})


def _begin(answer: BookingAnswer, calendar: Calendar) -> Step:
    way = answer.way or Way(FRESH["booking_way"])
    begun = FRESH | {"booking_way": way.value}
    if answer.time:
        return Step(begun | _chosen(calendar, way, answer.time))
    nothing = BookingState(None, way, None, None, 0, (), None)
    return Step(begun | _wished(calendar, nothing, answer.wish) if answer.wish else begun)


def _about(_state: BookingState, answer: BookingAnswer, _calendar: Calendar) -> Step | None:
    return Step({ABOUT: answer.about.value}, says=TOLD[answer.about]) if answer.about else None


def _other_page(state: BookingState, answer: BookingAnswer, calendar: Calendar) -> Step | None:
    if answer.page is None:
        return None
    wish, page = _without_hour(state.wish) if state.time else state.wish, int(answer.page)
    if wish and offer(calendar.free(state.way), wish, page).page != page:
        # All that fits has been shown: more means other days.
        return Step(_open_time(None))
    return Step(_open_time(wish, page))


def _other_way(state: BookingState, answer: BookingAnswer, calendar: Calendar) -> Step | None:
    if answer.way is None or answer.way is state.way:
        return None
    way = {"booking_way": answer.way.value}
    if answer.wish or answer.time or state.time is None:
        moved_on = replace(state, way=answer.way)
        later = _other_time(moved_on, answer, calendar)
        return Step(way | (later.changes if later else _open_in_way(calendar, answer.way, state.wish)))
    return Step(way | _offered_anew(calendar, answer.way, state, state.time))


def _other_time(state: BookingState, answer: BookingAnswer, calendar: Calendar) -> Step | None:
    if answer.time:
        return Step(_chosen(calendar, state.way, answer.time))
    if answer.wish:
        return Step(_wished(calendar, state, answer.wish))
    picked = _picked(state, answer)
    return Step(_chosen(calendar, state.way, picked)) if picked else None


def _contact(state: BookingState, answer: BookingAnswer, calendar: Calendar) -> Step | None:
    if not answer.contact_given and not answer.meeting_place:
        return None
    if state.asks == CONFIRMED and state.way in CHANGED:
        return replace(asked_again(state), says=(CHANGED[state.way],))
    if state.asks != CONTACT:
        return None
    if answer.meeting_place or calendar.has_what_it_needs(state.way):
        return Step({CONTACT: True})
    return Step({CONTACT: None}, says=(MISSING[state.way],))


def _yes(state: BookingState, answer: BookingAnswer, calendar: Calendar) -> Step | None:
    if answer.intent != YES:
        return None
    if state.asks == CONFIRMED:
        return Step({CONFIRMED: True})
    # Beside the question whether they want one more at all, a yes says nothing of the time.
    if state.asks == TIME and len(state.offered) == 1 and not state.declined and state.beside != ASKED:
        return Step(_chosen(calendar, state.way, state.offered[0]))
    return asked_again(state)


def _no(state: BookingState, answer: BookingAnswer, _calendar: Calendar) -> Step | None:
    if answer.intent != NO:
        return None
    if state.asks == CONFIRMED:
        return Step(_open_time(None))
    if state.declined or (state.asks == TIME and not state.offered):
        return None
    return Step({"booking_declined": True})


def _again(state: BookingState, answer: BookingAnswer, _calendar: Calendar) -> Step | None:
    if answer.intent in AGAIN:
        # Whoever asks to move it once more is done with what was wished for before.
        goes_on = state.asks == TIME and answer.intent != MOVE
        return asked_again(state) if goes_on else Step(_open_time(None))
    if answer.intent == INFORM:
        return replace(asked_again(state), says=(NOT_UNDERSTOOD,))
    return None


def asked_again(state: BookingState) -> Step:
    """A step that leaves all as it was, so that the question is put again."""
    # Rasa takes a step without any slot for no answer at all.
    return Step({"booking_way": state.way.value, "booking_declined": False})


def _picked(state: BookingState, answer: BookingAnswer) -> datetime | None:
    """The time that "den anden" or "den sidste" means, when times were just shown."""
    if state.asks != TIME or answer.place_in_list is None or answer.place_in_list >= len(state.offered):
        return None
    return state.offered[answer.place_in_list] if state.offered else None


def _without_hour(wish: TimeWish | None) -> TimeWish | None:
    """The days wished for, once the hour has been thought better of."""
    return TimeWish(day=wish.day, last_day=wish.last_day, not_days=wish.not_days) if wish and wish.day else None


def _wished(calendar: Calendar, state: BookingState, wish: TimeWish) -> Changes:
    if wish.refused:
        return _open_time(TimeWish(refused=wish.refused))
    if wish.weeks_later is not None:
        wish = _later_by_weeks(state.time or calendar.moved_from(), wish.weeks_later)
    free, whole = calendar.free(state.way), _with_what_was_said(state, wish)
    time = settled(free, whole, state.offered, state.time)
    if time is None and not any(fits(moment, whole) for moment in free):
        # Those shown may lie on other days than the one wished for: "kl 10" is one of them.
        time = settled([moment for moment in state.offered if moment in free], wish, state.offered, None)
    return _with_time(calendar, state.way, time) if time else _open_time(whole)


def _later_by_weeks(moment: datetime | None, weeks: int) -> TimeWish:
    """The same hour so many weeks later; unclear where no time is known that it could be later than."""
    if moment is None:
        return TimeWish(unclear=True)
    # In Danish time, so that the hour stays when the clocks change.
    return exactly(moment.astimezone(DANISH_TIME) + timedelta(weeks=weeks))


def _with_what_was_said(state: BookingState, wish: TimeWish) -> TimeWish:
    """The wish, with the day or the hours it leaves out as they were said before: "torsdag", then "efter kl 13"."""
    before = state.wish or TimeWish()
    if state.time and wish.day is None:
        # An hour corrects the hour of the time chosen; "så snart som muligt" gives that time up.
        chosen = exactly(state.time).day
        return wish if wish.soonest or chosen in wish.not_days else replace(wish, day=chosen)
    if wish.day is None:
        both, not_days = _with_the_other_bound(wish, before), tuple(sorted({*before.not_days, *wish.not_days}))
        if before.day and not set(days_from(before.day, before.last_day or before.day)).difference(not_days):
            # "Ikke torsdag" gives up the Thursday that was wished for.
            return replace(both, not_days=not_days)
        return replace(both, day=before.day, last_day=before.last_day, not_days=not_days)
    if wish.soonest or wish.exact or wish.earliest or wish.latest:
        return wish
    return replace(wish, earliest=before.earliest, latest=before.latest, exact=before.exact)


def _with_the_other_bound(wish: TimeWish, before: TimeWish) -> TimeWish:
    """The window that both leave: "efter kl 13", then "senest kl 15". What contradicts was thought better of."""
    earliest, latest = wish.earliest or before.earliest, wish.latest or before.latest
    if wish.exact or before.exact or not (wish.earliest or wish.latest) or not (earliest and latest):
        return wish
    return replace(wish, earliest=earliest, latest=latest) if earliest < latest else wish


def _open_in_way(calendar: Calendar, way: Way, wish: TimeWish | None) -> Changes:
    """The times of another way; whoever moves a talk, and wishes for no other time, finds those near its own."""
    moved = calendar.moved_from()
    return _open_time(wish, page_near(calendar.free(way), None, moved) if moved and wish is None else 0)


def _offered_anew(calendar: Calendar, way: Way, state: BookingState, time: datetime) -> Changes:
    """The times of another way, from those near the one chosen."""
    wish = _without_hour(state.wish) if state.wish and state.wish.exact else state.wish
    if wish and not fits(time, wish):
        wish = None
    return _open_time(wish, page_near(calendar.free(way), wish, time))


def _chosen(calendar: Calendar, way: Way, time: datetime) -> Changes:
    if time not in calendar.free(way):
        return _open_time(exactly(time))
    return _with_time(calendar, way, time)


def _with_time(calendar: Calendar, way: Way, time: datetime) -> Changes:
    return {
        TIME: as_slot(time),
        CONTACT: True if calendar.has_what_it_needs(way) else None,
        CONFIRMED: None,
        "booking_declined": False,
    }


def _open_time(wish: TimeWish | None, page: int = 0) -> Changes:
    return {
        TIME: None,
        CONTACT: None,
        CONFIRMED: None,
        "time_wish": wish.as_dict() if wish else None,
        "booking_page": page,
        "booking_declined": False,
    }
