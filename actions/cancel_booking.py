from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.context import municipality_of, now_of, store
from actions.own_booking import say_that_there_is_none
from actions.store_action import Events, StoreAction
from actions.tongue import told_time
from bot.casework.arranging import cancel


class CancelBooking(StoreAction):
    """Cancels the talk booked in this conversation."""

    def name(self) -> str:
        return "action_cancel_booking"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        now = now_of(tracker)
        with store().write() as work:
            # As everybody does who changes a talk: the desk may be handing this one over.
            work.conversations.lock(tracker.sender_id)
            work.agents.lock(municipality_of(tracker).slug)
            booking = work.bookings.active_of(tracker.sender_id, now)
            cancelled = cancel(work, booking, now) if booking and booking.starts_at > now else None
        if cancelled is None:
            say_that_there_is_none(dispatcher, tracker)
            return []
        dispatcher.utter_message(
            response="utter_booking_cancelled",
            **told_time(cancelled.starts_at),
            json_message={"kind": "booking", "booking": cancelled.id, "event": "cancelled"},
        )
        return []
