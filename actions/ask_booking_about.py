from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.buttons import inform
from actions.store_action import Events
from bot.casework.bookings import About


class AskBookingAbout(Action):
    """Asks a helper whether the young person is with them and has said yes; never asked of a young person."""

    def name(self) -> str:
        return "action_ask_booking_about"

    def run(self, dispatcher: CollectingDispatcher, _tracker: Tracker, _domain: dict[str, object]) -> Events:
        dispatcher.utter_message(
            response="utter_booking_about",
            buttons=[
                inform("Ja, vi er sammen om det", booking_about=About.WITH_HELPER.value),
                inform("Nej, det er min bekymring", booking_about=About.WORRY.value),
                inform("Tiden er til mig selv", booking_about=About.YOUNG.value, role="young"),
            ],
        )
        return []
