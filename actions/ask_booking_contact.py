from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.booking_slots import BookingState, state_of
from actions.buttons import WAYS, inform, other_ways
from actions.context import municipality_of
from actions.form_fields import FIRST_NAME, MEETING_PLACE, OWN_FIRST_NAME, OWN_PHONE, PHONE, Field, form
from actions.store_action import Events
from actions.tongue import fields_in_their_language, in_their_language, told_time
from bot.casework.bookings import About
from bot.casework.free_times import Way


class AskBookingContact(Action):
    """Asks for a phone number, or for where to meet, by a field of the page: it goes to the store and never comes here.

    Who gives none is offered the ways that need none.
    """

    def name(self) -> str:
        return "action_ask_booking_contact"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: dict[str, object]) -> Events:
        state = state_of(tracker)
        ways = municipality_of(tracker).places
        if state.declined:
            dispatcher.utter_message(
                response="utter_booking_without_phone" if state.way is Way.PHONE else "utter_booking_without_place",
                buttons=in_their_language(tracker, other_ways(state.way, ways)),
            )
            return []
        dispatcher.utter_message(
            response="utter_booking_phone" if state.way is Way.PHONE else "utter_booking_place",
            **told_time(state.time),
            json_message=fields_in_their_language(tracker, form(*_fields(state))),
            buttons=in_their_language(
                tracker,
                [
                    inform("Gem og gå videre", contact_given=True),
                    inform(WAYS[Way.OFFICE], booking_way=Way.OFFICE.value),
                ],
            ),
        )
        return []


def _fields(state: BookingState) -> tuple[Field, ...]:
    if state.about is About.WORRY:
        return (OWN_PHONE, OWN_FIRST_NAME) if state.way is Way.PHONE else (MEETING_PLACE, OWN_FIRST_NAME)
    return (PHONE if state.way is Way.PHONE else MEETING_PLACE, FIRST_NAME)
