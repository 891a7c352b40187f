from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.buttons import plan_step
from actions.context import now_of, store
from actions.plan_action import PlanAction, plan_is_shared, plan_of
from actions.plan_slots import ANSWER, asks_for, form_events, leave_events, step_of
from actions.store_action import Events
from actions.tongue import in_their_language
from actions.validate_plan_form import begun
from bot.casework.consent import Shared
from bot.casework.plans import ASKED, TITLES, Part
from bot.conversation.sharing import unshare
from bot.store.whose import of_conversation

CARD, ASK_SHARE, SHARE, ABOUT = "action_plan_card", "action_ask_plan_share", "action_share_plan", "utter_support_plan"


class PlanStep(PlanAction):
    """Does what a button of the plan says: begin, show, change, send along, take back."""

    def name(self) -> str:
        return "action_plan_step"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        match step_of(tracker):
            case "start":
                return _begin(dispatcher, tracker)
            case "choose":
                return _choose(dispatcher, tracker)
            case "change":
                return _change(dispatcher, tracker)
            case "take_back":
                return _take_back(dispatcher, tracker)
            case step:
                return [*leave_events(), FollowupAction(_leads_to(step, tracker))]


def _leads_to(step: str | None, tracker: Tracker) -> str:
    plan = plan_of(tracker)
    if step == "show" and plan.texts:
        return CARD
    if not plan.said:
        return ABOUT
    if step == "send":
        return CARD if plan_is_shared(tracker) else ASK_SHARE
    return SHARE if step == "share" else CARD


def _begin(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    plan = plan_of(tracker)
    changes = begun(plan)
    if changes[ANSWER]:
        return [*leave_events(), FollowupAction(CARD)]
    if not plan.is_own:
        dispatcher.utter_message(response="utter_plan_begin")
    return form_events(changes)


def _choose(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    texts = plan_of(tracker).texts
    known = [part for part in TITLES if part in ASKED or texts.get(part)]
    parts = [plan_step(TITLES[part], "change", part=part.value) for part in known]
    buttons = in_their_language(tracker, [*parts, plan_step("Vis min plan", "show")])
    dispatcher.utter_message(response="utter_plan_choose", buttons=buttons)
    return leave_events()


def _change(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    named = next(tracker.get_latest_entity_values("part"), None)
    return form_events(asks_for(Part(named), alone=True)) if named in set(Part) else _choose(dispatcher, tracker)


def _take_back(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    with store().write(of_conversation(tracker.sender_id)) as work:
        unshare(work, work.conversations.lock(tracker.sender_id), Shared.PLAN, now_of(tracker))
    dispatcher.utter_message(response="utter_plan_taken_back")
    return leave_events()
