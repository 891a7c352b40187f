"""Holds the time that a step has chosen, so that nobody else gets it while the form goes on."""

from dataclasses import replace
from datetime import datetime

from rasa_sdk import Tracker

from actions.booking_slots import AGENT, ASKS_AGENT, CONFIRMED, TIME, BookingState, state_of
from actions.booking_steps import Step, asked_anew
from actions.booking_wish import wish_of
from actions.context import municipality_of, now_of, store
from bot.casework.arranging import hold, let_go
from bot.casework.bookings import TimeNotOfferedError, TimeTakenError
from bot.casework.free_times import Way
from bot.store.whose import of_conversation


def with_its_time_held(tracker: Tracker, done: Step) -> Step:
    """The same step; one that asks for another time where somebody was faster. Raises StoreUnreachableError.

    A time that was chosen before is held for longer, or given back when the step gives it up.
    """
    before = state_of(tracker)
    after = _after(before, done)
    if after.time is None:
        # While it is asked whom to talk with, the time that was chosen is kept: it may be that one's too.
        if before.time and not done.changes.get(ASKS_AGENT):
            _let_go(tracker)
        return done
    # A yes books at once: whether the time was still held is told there.
    return done if done.changes.get(CONFIRMED) else _held(tracker, after, after.time, done)


def _after(state: BookingState, done: Step) -> BookingState:
    time = done.changes.get(TIME, state.time)
    return replace(
        state,
        time=datetime.fromisoformat(time) if isinstance(time, str) else time,
        way=Way(done.changes.get("booking_way", state.way)),
        moved=done.changes.get("booking_moved", state.moved),
        agent=done.changes.get(AGENT, state.agent),
    )


def _held(tracker: Tracker, state: BookingState, time: datetime, done: Step) -> Step:
    town = municipality_of(tracker)
    try:
        with store().write(of_conversation(tracker.sender_id)) as work:
            # Before the bookings, as an erasure at the same moment does.
            work.conversations.lock(tracker.sender_id)
            moved = work.bookings.by_id(state.moved) if state.moved else None
            wish = wish_of(work, tracker.sender_id, state, time, town)
            hold(work, wish, town.rules, now_of(tracker), moved)
    except TimeTakenError:
        return asked_anew(done, time, says=("utter_booking_taken",))
    except TimeNotOfferedError:
        return asked_anew(done, time)
    return done


def _let_go(tracker: Tracker) -> None:
    with store().write(of_conversation(tracker.sender_id)) as work:
        work.conversations.lock(tracker.sender_id)
        let_go(work, municipality_of(tracker).slug, tracker.sender_id, now_of(tracker))
