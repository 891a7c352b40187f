from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.store_action import Events, StoreAction
from actions.which_talk import ask_which

ASK_WHICH_CANCEL = "action_ask_which_cancel"


class AskWhichCancel(StoreAction):
    """Asks which of several talks is to be cancelled."""

    def name(self) -> str:
        return ASK_WHICH_CANCEL

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        ask_which(dispatcher, tracker, "utter_booking_which_cancel", "booking_cancel")
        return []
