from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.booking_slots import (
    ABOUT,
    AGENT,
    ALONG,
    ASKS_AGENT,
    DEFAULT_WAY,
    FRESH,
    TIME,
    Changes,
    form_events,
    state_of,
)
from actions.context import municipality_of, now_of
from actions.own_booking import (
    has_cancelled,
    names_a_talk,
    own_booking,
    say_that_it_has_begun,
    say_that_there_is_none,
)
from actions.store_action import Events, StoreAction
from actions.whom import choice_in
from bot.casework.bookings import About, Booking
from bot.casework.free_times import Way


class MoveBooking(StoreAction):
    """Begins the booking form anew for the talk booked in this conversation; that one stands until the new is had."""

    def name(self) -> str:
        return "action_move_booking"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        booking = own_booking(tracker, to_answer=True)
        if booking and booking.has_begun(now_of(tracker)):
            say_that_it_has_begun(dispatcher, tracker, booking)
            return []
        begun = _moved(tracker, booking) if booking else FRESH
        way, before = Way(begun["booking_way"]), begun[AGENT]
        whom = choice_in(tracker, replace(state_of(tracker), way=way, agent=before, asks_agent=False))
        names_agent = whom is not None and whom.agent is not None
        if booking is None and not (names_agent or names_a_talk(tracker) or has_cancelled(tracker)):
            say_that_there_is_none(dispatcher, tracker)
            return []
        if whom:
            begun = begun | {AGENT: whom.agent, ASKS_AGENT: whom.asks}
            for response in whom.says:
                dispatcher.utter_message(response=response, agent=whom.name)
        if booking is None:
            # Who has none to move and names a time or an agent, or has cancelled theirs, wants a new one.
            helper = state_of(tracker).helper
            return form_events(begun | ({} if helper else {ABOUT: About.YOUNG.value}), asks=ABOUT if helper else TIME)
        return form_events(begun, asks=TIME)


def _moved(tracker: Tracker, booking: Booking) -> Changes:
    # A town may have given up a way since.
    way = booking.way if booking.way in municipality_of(tracker).places else DEFAULT_WAY
    return FRESH | {
        AGENT: booking.chosen,
        "booking_way": way.value,
        "booking_moved": booking.id,
        ABOUT: booking.about.value,
        ALONG: booking.along.as_dict(),
    }
