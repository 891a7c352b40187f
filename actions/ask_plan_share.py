from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.buttons import button, plan_step
from actions.plan_action import PlanAction
from actions.store_action import Events
from actions.tongue import in_their_language


class AskPlanShare(PlanAction):
    """Asks for the yes without which nobody else is shown the plan."""

    def name(self) -> str:
        return "action_ask_plan_share"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        buttons = [plan_step("Ja, send min plan", "share"), button("Nej, ikke nu", "chat_deny")]
        dispatcher.utter_message(response="utter_plan_ask_share", buttons=in_their_language(tracker, buttons))
        return []
