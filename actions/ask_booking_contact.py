from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.booking_slots import state_of
from actions.buttons import WAYS, inform, other_ways
from actions.form_fields import FIRST_NAME, OWN_FIRST_NAME, OWN_PHONE, PHONE, form
from actions.store_action import Events
from bot.casework.bookings import About
from bot.casework.free_times import Way
from bot.language.danish import spoken_time


class AskBookingContact(Action):
    """Asks for a phone number by a field of the page: the number goes to the store and never comes here.

    Who gives none is offered the ways that need none.
    """

    def name(self) -> str:
        return "action_ask_booking_contact"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: dict[str, object]) -> Events:
        state = state_of(tracker)
        if state.declined:
            dispatcher.utter_message(response="utter_booking_without_phone", buttons=other_ways(Way.PHONE))
            return []
        worry = state.about is About.WORRY
        dispatcher.utter_message(
            response="utter_booking_phone",
            when=spoken_time(state.time) if state.time else "",
            json_message=form(OWN_PHONE, OWN_FIRST_NAME) if worry else form(PHONE, FIRST_NAME),
            buttons=[
                inform("Gem og gå videre", contact_given=True),
                inform(WAYS[Way.OFFICE], booking_way=Way.OFFICE.value),
            ],
        )
        return []
