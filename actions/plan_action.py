from abc import ABC

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.context import store
from actions.store_action import Events, StoreAction
from bot.casework.consent import Shared
from bot.casework.plans import Plan
from bot.store.whose import of_conversation


class PlanAction(StoreAction, ABC):
    """The frame of every action about the plan: without the store it says so, and the plan is where it was."""

    def without_store(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:  # noqa: ARG002 -- rasa-sdk's signature
        """Kind words, and no form that would ask again at once."""
        dispatcher.utter_message(response="utter_plan_unreachable")
        return []


def plan_of(tracker: Tracker) -> Plan:
    """The plan of this conversation. Raises StoreUnreachableError."""
    with store().read(of_conversation(tracker.sender_id)) as work:
        return work.plans.of(tracker.sender_id)


def plan_is_shared(tracker: Tracker) -> bool:
    """Whether the boligagent may read the plan of this conversation. Raises StoreUnreachableError."""
    with store().read(of_conversation(tracker.sender_id)) as work:
        return Shared.PLAN in work.consents.of(tracker.sender_id)
