from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.booking_slots import state_of
from actions.buttons import FORGET, button, inform
from actions.context import municipality_of
from actions.form_fields import FIRST_NAME, OWN_FIRST_NAME, form
from actions.sentences import as_sentence
from actions.store_action import Events
from bot.casework.bookings import About
from bot.casework.free_times import Way
from bot.language.danish import spoken_time


class AskBookingConfirmed(Action):
    """Says the time and the place once more and asks whether they are right."""

    def name(self) -> str:
        return "action_ask_booking_confirmed"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: dict[str, object]) -> Events:
        state = state_of(tracker)
        when = spoken_time(state.time) if state.time else ""
        name = OWN_FIRST_NAME if state.about is About.WORRY else FIRST_NAME
        dispatcher.utter_message(
            response="utter_booking_confirm_move" if state.moved else "utter_booking_confirm",
            when=when if state.moved else as_sentence(when),
            place=municipality_of(tracker).places[state.way],
            # By phone the name was asked together with the number.
            json_message=None if state.moved or state.way is Way.PHONE else form(name),
            buttons=[
                button("Ja, flyt tiden" if state.moved else "Ja, book tiden", "chat_affirm"),
                inform("En anden tid", booking_page=0),
                FORGET,
            ],
        )
        return []
