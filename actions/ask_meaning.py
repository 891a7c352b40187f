from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.buttons import HUMAN, SOMETHING_ELSE, Button, button
from actions.intent_titles import intent_titles
from actions.store_action import Events
from actions.tongue import in_their_language
from bot.casework.meanings import CRISIS

NAME = "action_ask_meaning"
OFFERED = 2
# What "nej" means differs: no bed, not safe here, or nothing to say.
CHECK_INS = {
    "crisis_no_shelter_tonight": "utter_check_in_tonight",
    "crisis_violence": "utter_check_in_safe",
    "crisis_threat": "utter_check_in_safe",
}


class AskMeaning(Action):
    """Asks which of the two likeliest meanings was meant; after two failures in a row offers a human.

    When the likeliest is a crisis it checks in instead: a wrong check-in costs less than a missed one.
    In the middle of a form it says that it did not understand, and the form puts its question again.
    """

    def name(self) -> str:
        return NAME

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: dict[str, object]) -> Events:
        likely = _likely(tracker.latest_message)
        if likely and likely[0].startswith(CRISIS):
            return [ActiveLoop(None), SlotSet("requested_slot", None), FollowupAction(_check_in(likely[0]))]
        if tracker.active_loop.get("name"):
            dispatcher.utter_message(response="utter_not_understood_in_booking")
        elif _asked_just_before(tracker.events):
            return [FollowupAction("utter_offer_human")]
        else:
            dispatcher.utter_message(response="utter_ask_meaning", buttons=in_their_language(tracker, _choices(likely)))
        return []


def _check_in(crisis: str) -> str:
    return CHECK_INS.get(crisis, "utter_check_in")


def _likely(message: dict[str, Any]) -> list[str]:
    """The real intents, the likeliest first."""
    ranking = message.get("intent_ranking") or ()
    return [intent["name"] for intent in ranking if intent["name"] in intent_titles()]


def _choices(likely: Sequence[str]) -> list[Button]:
    titles = intent_titles()
    meant = [button(title, intent) for intent in likely if (title := titles[intent])]
    always = [SOMETHING_ELSE, HUMAN]
    said = {one["payload"] for one in always}
    return [one for one in meant if one["payload"] not in said][:OFFERED] + always


def _asked_just_before(events: Sequence[dict[str, Any]]) -> bool:
    """Whether the turn before this message ended with the same question."""
    turns = 0
    for event in reversed(events):
        if event["event"] == "user":
            turns += 1
        elif turns == 1 and event["event"] == "action" and event["name"] == NAME:
            return True
        if turns > 1:
            return False
    return False
