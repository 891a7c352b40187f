from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.buttons import button, plan_step
from actions.plan_action import PlanAction
from actions.store_action import Events


class AskPlanShare(PlanAction):
    """Asks for the yes without which nobody else is shown the plan."""

    def name(self) -> str:
        return "action_ask_plan_share"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:  # noqa: ARG002 -- rasa-sdk's signature
        dispatcher.utter_message(
            response="utter_plan_ask_share",
            buttons=[plan_step("Ja, send min plan", "share"), button("Nej, ikke nu", "chat_deny")],
        )
        return []
