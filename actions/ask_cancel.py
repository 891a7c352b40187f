from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.buttons import button
from actions.own_booking import own_booking, say_that_there_is_none
from actions.store_action import Events, StoreAction
from actions.tongue import in_their_language, told_time

# What Rasa does just before, when this is said in the middle of a booking.
STOPPED = "action_deactivate_loop"


class AskCancel(StoreAction):
    """Asks once before a talk is cancelled; whoever was only about to book one has nothing to cancel."""

    def name(self) -> str:
        return "action_ask_cancel"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        booking = own_booking(tracker)
        if booking:
            dispatcher.utter_message(
                response="utter_booking_ask_cancel",
                **told_time(booking.starts_at),
                buttons=in_their_language(
                    tracker, [button("Ja, aflys tiden", "chat_affirm"), button("Nej, behold den", "chat_deny")]
                ),
            )
        elif tracker.latest_action_name == STOPPED:
            dispatcher.utter_message(response="utter_booking_stopped")
        else:
            say_that_there_is_none(dispatcher, tracker)
        return []
