from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.store_action import Events

NOT_UNDERSTOOD = "utter_ask_rephrase"


class Answer(Action):
    """Gives the answer of the message's intent, for the one rule that answers any question in the middle of a form."""

    def name(self) -> str:
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: dict[str, object]) -> Events:
        intent = tracker.latest_message.get("intent", {}).get("name")
        dispatcher.utter_message(response=f"utter_{intent}" if intent else NOT_UNDERSTOOD)
        return []
