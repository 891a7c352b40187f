from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.calendar import TownCalendar
from actions.store_action import Events, StoreAction
from actions.tongue import told_time


class BookingStopped(StoreAction):
    """Says that nothing new is booked; who was moving a talk that stands keeps it, and is told when it is."""

    def name(self) -> str:
        return "action_booking_stopped"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        calendar = TownCalendar(tracker)
        if calendar.moves_what_stands():
            dispatcher.utter_message(response="utter_booking_keeps", **told_time(calendar.moved_from()))
        else:
            dispatcher.utter_message(response="utter_booking_stopped")
        return []

    def without_store(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:  # noqa: ARG002
        """It ends all the same."""
        dispatcher.utter_message(response="utter_booking_stopped")
        return []
