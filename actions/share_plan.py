from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.buttons import BOOK, plan_step
from actions.context import now_of, store
from actions.plan_action import PlanAction
from actions.plan_card import WRITE
from actions.store_action import Events
from actions.tongue import in_their_language
from bot.casework.consent import NothingToShareError, Shared
from bot.conversation.sharing import share
from bot.store.whose import of_conversation


class SharePlan(PlanAction):
    """Lets the boligagent read the plan, and offers a talk to whoever has none."""

    def name(self) -> str:
        return "action_share_plan"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        now = now_of(tracker)
        with store().write(of_conversation(tracker.sender_id)) as work:
            conversation = work.conversations.lock(tracker.sender_id)
            try:
                share(work, conversation, Shared.PLAN, now)
            except NothingToShareError:
                dispatcher.utter_message(response="utter_plan_empty", buttons=in_their_language(tracker, [WRITE]))
                return []
            has_talk = work.bookings.active_of(conversation.id, now) is not None
        shown = [plan_step("Vis min plan", "show"), plan_step("Tag den tilbage", "take_back")]
        buttons = in_their_language(tracker, shown if has_talk else [BOOK, *shown])
        dispatcher.utter_message(response="utter_plan_shared", buttons=buttons)
        return []
