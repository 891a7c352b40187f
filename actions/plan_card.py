from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.buttons import Button, plan_step
from actions.plan_action import PlanAction, plan_is_shared, plan_of
from actions.store_action import Events
from actions.tongue import in_their_language
from bot.casework.plans import Plan

SEND = "Send til boligagenten"
WRITE = plan_step("Skriv i min plan", "start")


class PlanCard(PlanAction):
    """Shows the plan. The words themselves are added when the young person reads the message."""

    def name(self) -> str:
        return "action_plan_card"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        plan = plan_of(tracker)
        buttons = in_their_language(tracker, _buttons(plan, shared=plan_is_shared(tracker)) if plan.said else [WRITE])
        if plan.said:
            dispatcher.utter_message(response="utter_plan_card", buttons=buttons, json_message={"kind": "plan"})
        else:
            dispatcher.utter_message(response="utter_plan_empty", buttons=buttons)
        return []


def _buttons(plan: Plan, *, shared: bool) -> list[Button]:
    on = [plan_step("Skriv videre", "start")] if plan.next_part else []
    sharing = plan_step("Tag den tilbage", "take_back") if shared else plan_step(SEND, "send")
    return [*on, plan_step("Ret i min plan", "choose"), sharing]
