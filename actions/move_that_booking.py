from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.ask_which_move import ASK_WHICH_MOVE
from actions.booking_slots import MEANT, TIME, Changes, form_events
from actions.context import municipality_of
from actions.move_booking import moved
from actions.own_booking import own_booking, own_talks, say_that_there_is_none
from actions.store_action import Events, StoreAction
from actions.which_talk import meant


class MoveThatBooking(StoreAction):
    """Begins the form for the talk that was named when asked which one; what was wished for before still holds."""

    def name(self) -> str:
        return "action_move_that_booking"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        talks = meant(tracker, own_talks(tracker), by_words=True)
        if len(talks) > 1:
            return [FollowupAction(ASK_WHICH_MOVE)]
        booking = talks[0] if talks else own_booking(tracker, to_answer=True)
        if booking is None:
            say_that_there_is_none(dispatcher, tracker)
            return []
        # The form reads this message, too, and must not take what names the talk for a wish.
        begun = moved(tracker, booking) | {MEANT: booking.id}
        return form_events(begun | _wished_before(dispatcher, tracker), asks=TIME)


def _wished_before(dispatcher: CollectingDispatcher, tracker: Tracker) -> Changes:
    way, wish = tracker.get_slot("booking_way"), {"time_wish": tracker.get_slot("time_wish")}
    if way and way not in municipality_of(tracker).places:
        dispatcher.utter_message(response="utter_booking_way_not_here")
        return wish
    return wish | ({"booking_way": way} if way else {})
