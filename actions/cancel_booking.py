from datetime import datetime

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.booking_slots import TO_CANCEL
from actions.context import municipality_of, now_of, store
from actions.own_booking import own_booking, say_that_it_has_begun, say_that_there_is_none, to_cancel
from actions.store_action import Events, StoreAction
from actions.tongue import told_time
from bot.casework.arranging import cancel
from bot.casework.bookings import OPEN, Booking
from bot.store.store import Work
from bot.store.whose import of_conversation


class CancelBooking(StoreAction):
    """Cancels the talk booked in this conversation."""

    def name(self) -> str:
        return "action_cancel_booking"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        if cancelled := _cancelled(tracker):
            dispatcher.utter_message(
                response="utter_booking_cancelled",
                **told_time(cancelled.starts_at),
                json_message={"kind": "booking", "booking": cancelled.id, "event": "cancelled"},
            )
        elif (begun := own_booking(tracker)) and begun.has_begun(now_of(tracker)):
            # It began between the question and the yes.
            say_that_it_has_begun(dispatcher, tracker, begun)
        else:
            say_that_there_is_none(dispatcher, tracker)
        return [SlotSet(TO_CANCEL, None)]


def _cancelled(tracker: Tracker) -> Booking | None:
    now = now_of(tracker)
    with store().write(of_conversation(tracker.sender_id)) as work:
        # As everybody does who changes a talk: the desk may be handing this one over.
        work.conversations.lock(tracker.sender_id)
        work.agents.lock(municipality_of(tracker).slug)
        booking = _asked_about(work, tracker, now)
        return cancel(work, booking, now) if booking else None


def _asked_about(work: Work, tracker: Tracker, now: datetime) -> Booking | None:
    """The talk of the question, if it can be cancelled still: never another, which nobody asked about."""
    if (number := tracker.get_slot(TO_CANCEL)) is None:
        return to_cancel(work, tracker.sender_id, now)
    booking = work.bookings.by_id(number)
    if booking is None or booking.conversation != tracker.sender_id:
        return None
    return booking if booking.status in OPEN and not booking.has_begun(now) else None
