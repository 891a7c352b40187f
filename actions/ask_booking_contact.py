from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.booking_slots import state_of
from actions.buttons import WAYS, inform, other_ways
from actions.form_fields import FIRST_NAME, OWN_FIRST_NAME, OWN_PHONE, PHONE, form
from actions.store_action import Events
from actions.tongue import fields_in_their_language, in_their_language, told_time
from bot.casework.bookings import About
from bot.casework.free_times import Way


class AskBookingContact(Action):
    """Asks for a phone number by a field of the page: the number goes to the store and never comes here.

    Who gives none is offered the ways that need none.
    """

    def name(self) -> str:
        return "action_ask_booking_contact"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: dict[str, object]) -> Events:
        state = state_of(tracker)
        if state.declined:
            dispatcher.utter_message(
                response="utter_booking_without_phone", buttons=in_their_language(tracker, other_ways(Way.PHONE))
            )
            return []
        fields = form(OWN_PHONE, OWN_FIRST_NAME) if state.about is About.WORRY else form(PHONE, FIRST_NAME)
        dispatcher.utter_message(
            response="utter_booking_phone",
            **told_time(state.time),
            json_message=fields_in_their_language(tracker, fields),
            buttons=in_their_language(
                tracker,
                [
                    inform("Gem og gå videre", contact_given=True),
                    inform(WAYS[Way.OFFICE], booking_way=Way.OFFICE.value),
                ],
            ),
        )
        return []
