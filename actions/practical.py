from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.along import noted, said_in, told_along
from actions.booking_slots import ALONG, slot_events, state_of
from actions.context import now_of, store
from actions.own_booking import own_booking
from actions.store_action import Events, StoreAction
from bot.casework.along import Along
from bot.casework.arranging import ask_along, find
from bot.casework.bookings import Booking, BookingNotFoundError


class Practical(StoreAction):
    """Answers what is practical about a talk; what is asked for along with it is kept for the talk."""

    def name(self) -> str:
        return "action_booking_practical"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        booking = own_booking(tracker)
        before = booking.along if booking else state_of(tracker).along
        said = said_in(tracker).after(before)
        if not said:
            dispatcher.utter_message(response="utter_booking_practical")
            return []
        along = before.changed_by(said.along, said.dropped)
        if booking and _keep(tracker, booking, along):
            dispatcher.utter_message(response=noted(along), **told_along(along))
            return []
        dispatcher.utter_message(response="utter_booking_along_first", **told_along(along))
        return slot_events({ALONG: along.as_dict()})


def _keep(tracker: Tracker, booking: Booking, along: Along) -> bool:
    """Whether the talk still stands before it."""
    with store().write() as work:
        # Before the bookings, as an erasure at the same moment does.
        work.conversations.lock(tracker.sender_id)
        work.agents.lock(booking.municipality)
        try:
            ask_along(work, find(work, booking.code), along, now_of(tracker))
        except BookingNotFoundError:
            return False
        return True
