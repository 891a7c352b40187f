from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.ask_cancel import ask_about
from actions.context import now_of
from actions.own_booking import own_booking
from actions.store_action import Events, StoreAction
from bot.casework.bookings import BookingStatus


class KeepBooking(StoreAction):
    """Says to a "nej, behold den" that they keep their talk, if they do: it may have been called off meanwhile."""

    def name(self) -> str:
        return "action_keep_booking"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        booking, now = own_booking(tracker, to_answer=True), now_of(tracker)
        if booking is None or booking.has_begun(now):
            dispatcher.utter_message(response="utter_chat_deny")
        elif booking.status is BookingStatus.CALLED_OFF:
            return ask_about(dispatcher, tracker, booking, now)
        else:
            dispatcher.utter_message(response="utter_booking_kept")
        return []
