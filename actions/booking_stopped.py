from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.beside import beside_now
from actions.booking_slots import state_of
from actions.calendar import TownCalendar
from actions.store_action import Events, StoreAction
from actions.tongue import told_time


class BookingStopped(StoreAction):
    """Says that nothing new is booked; who has a talk that was to be moved, or was told of, hears when it still is."""

    def name(self) -> str:
        return "action_booking_stopped"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        calendar, state = TownCalendar(tracker), state_of(tracker)
        beside = beside_now(tracker, state) if state.beside else ()
        if calendar.moves_what_stands():
            dispatcher.utter_message(response="utter_booking_keeps", **told_time(calendar.moved_from()))
        elif len(beside) == 1:
            dispatcher.utter_message(response="utter_booking_keeps", **told_time(beside[0].starts_at))
        else:
            dispatcher.utter_message(response="utter_booking_stopped")
        return []

    def without_store(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:  # noqa: ARG002
        """It ends all the same."""
        dispatcher.utter_message(response="utter_booking_stopped")
        return []
