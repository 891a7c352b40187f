"""The talks somebody has already while they book one more: told of, moved instead, and not without end."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rasa_sdk import Tracker

from actions.booking_answer import MOVE
from actions.booking_slots import AGENT, TIME, BookingState, as_slot
from actions.booking_steps import Step, asked_anew
from actions.buttons import FORGET, HUMAN, Button, button
from actions.context import now_of, store
from actions.tongue import in_their_language, told_time, told_times
from bot.casework.bookings import About, Booking
from bot.casework.several import is_full
from bot.store.whose import of_conversation


def talks_beside(tracker: Tracker, moved: str | None, *, helper: bool) -> Sequence[Booking]:
    """Those that one more would stand beside, soonest first: none where a talk is moved, or waits to be answered by it.

    Nor for a helper, who books for several. Raises StoreUnreachableError.
    """
    if moved or helper:
        return []
    with store().read(of_conversation(tracker.sender_id)) as work:
        if work.bookings.called_off_of(tracker.sender_id):
            return []
        ahead = work.bookings.ahead_of(tracker.sender_id, now_of(tracker))
    return [talk for talk in ahead if talk.about is About.YOUNG]


def beside_now(tracker: Tracker, state: BookingState) -> Sequence[Booking]:
    """The same, of the booking under way."""
    return talks_beside(tracker, state.moved, helper=state.helper)


def told_of(tracker: Tracker, talks: Sequence[Booking]) -> dict[str, Any]:
    """The message that tells of them, and asks whether one is to be moved or one more is wanted."""
    alone = len(talks) == 1
    buttons = [button("Flyt den" if alone else "Flyt en af dem", MOVE), button("En tid til", "booking_request")]
    response = "utter_booking_beside" if alone else "utter_booking_beside_several"
    return {"response": response, "buttons": in_their_language(tracker, buttons)} | _when(talks)


def refused(tracker: Tracker, talks: Sequence[Booking]) -> dict[str, Any]:
    """The message that there can be no more of them, and what can be done instead."""
    buttons = [button("Flyt en tid", MOVE), button("Aflys en tid", "booking_cancel"), HUMAN, FORGET]
    return {"response": "utter_booking_full", "buttons": in_their_language(tracker, buttons)} | _when(talks)


def line_of(talks: Sequence[Booking]) -> dict[str, str]:
    """That they are kept, as a line behind the time to be booked: for `also` and `also_in_english`."""
    if not talks:
        return {"also": "", "also_in_english": ""}
    told = _when(talks)
    return {
        "also": f"\nDet bliver en tid til. Du beholder også din tid {told['times']}.",
        "also_in_english": f"\nThis will be one more. You also keep your talk on {told['times_in_english']}.",
    }


def moves_hither(state: BookingState) -> Button:
    """The button that moves the one talk they have to the time they have chosen."""
    said = {"booking_time": as_slot(state.time) if state.time else None, "booking_way": state.way.value}
    return button("Flyt min tid hertil", MOVE, **said, **({AGENT: state.agent} if state.agent else {}))


def unless_full(tracker: Tracker, state: BookingState, done: Step) -> Step:
    """The same step; it takes no time where there may be no more talks, which is said at the next question."""
    time, moved = done.changes.get(TIME), done.changes.get("booking_moved", state.moved)
    if not time or not is_full(talks_beside(tracker, moved, helper=state.helper)):
        return done
    return asked_anew(done, datetime.fromisoformat(time))


def _when(talks: Sequence[Booking]) -> dict[str, str]:
    return told_time(talks[0].starts_at) | told_times([talk.starts_at for talk in talks])
