from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.booking_slots import FRESH, TIME, form_events
from actions.own_booking import own_booking, say_that_there_is_none
from actions.store_action import Events, StoreAction


class MoveBooking(StoreAction):
    """Begins the booking form anew for the talk booked in this conversation; that one stands until the new is had."""

    def name(self) -> str:
        return "action_move_booking"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        booking = own_booking(tracker)
        if booking is None and next(tracker.get_latest_entity_values("time_wish"), None):
            # Who names a time and has none to move wants one, whatever the words were taken for.
            return form_events(FRESH, asks=TIME)
        if booking is None:
            say_that_there_is_none(dispatcher, tracker)
            return []
        return form_events(FRESH | {"booking_way": booking.way.value, "booking_moved": booking.id}, asks=TIME)
