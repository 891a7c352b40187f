from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.booking_slots import ABOUT, AGENT, ALONG, ASKS_AGENT, DEFAULT_WAY, FRESH, TIME, form_events, state_of
from actions.context import municipality_of
from actions.own_booking import has_cancelled, names_a_talk, own_booking, say_that_there_is_none
from actions.store_action import Events, StoreAction
from actions.whom import choice_in
from bot.casework.bookings import About


class MoveBooking(StoreAction):
    """Begins the booking form anew for the talk booked in this conversation; that one stands until the new is had."""

    def name(self) -> str:
        return "action_move_booking"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        booking = own_booking(tracker, to_answer=True)
        if booking is None and (names_a_talk(tracker) or has_cancelled(tracker)):
            # Who has none to move and names a time, or has cancelled theirs, wants a new one.
            helper = state_of(tracker).helper
            return form_events(FRESH | ({} if helper else {ABOUT: About.YOUNG.value}), asks=ABOUT if helper else TIME)
        if booking is None:
            say_that_there_is_none(dispatcher, tracker)
            return []
        # A town may have given up a way since.
        way = booking.way if booking.way in municipality_of(tracker).places else DEFAULT_WAY
        moved = {
            AGENT: booking.chosen,
            "booking_way": way.value,
            "booking_moved": booking.id,
            ABOUT: booking.about.value,
            ALONG: booking.along.as_dict(),
        }
        whom = choice_in(tracker, replace(state_of(tracker), way=way, agent=booking.chosen, asks_agent=False))
        if whom is None:
            return form_events(FRESH | moved, asks=TIME)
        for response in whom.says:
            dispatcher.utter_message(response=response, agent=whom.name)
        return form_events(FRESH | moved | {AGENT: whom.agent, ASKS_AGENT: whom.asks}, asks=TIME)
