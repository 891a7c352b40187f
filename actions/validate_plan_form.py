from collections.abc import Callable

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.context import now_of, sequence_of, store
from actions.plan_action import PlanAction
from actions.plan_slots import (
    ALONE,
    ANSWER,
    BACK,
    REMOVE,
    SAID,
    SKIP,
    Changes,
    asks_for,
    goes_on,
    part_of,
    step_of,
)
from actions.store_action import Events
from bot.casework.consent import Shared
from bot.casework.plans import Part, Plan, TextTooLongError, part_before, pass_over, say, take_out
from bot.conversation.sharing import unshare
from bot.store.plans import PLAN_PART
from bot.store.store import Work
from bot.store.whose import of_conversation

YES, NO = "chat_affirm", "chat_deny"
# "Ja" and "ok" say nothing yet.
AGAIN = "again"
CHANGES = {SKIP: pass_over, REMOVE: take_out}


class ValidatePlanForm(PlanAction):
    """Takes each answer into the plan, word for word; no events for what is none, and Rasa takes it as a question."""

    def name(self) -> str:
        return "validate_plan_form"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        with store().write(of_conversation(tracker.sender_id)) as work:
            changes = _changes(work, tracker, dispatcher)
        return [SlotSet(name, value) for name, value in changes.items()]

    def without_store(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:  # noqa: ARG002 -- rasa-sdk's signature
        """Leaves all as it was. The question put next says what is wrong: it needs the store itself."""
        return [SlotSet(name, value) for name, value in _again(tracker).items()]


def _changes(work: Work, tracker: Tracker, dispatcher: CollectingDispatcher) -> Changes:
    if tracker.get_slot("requested_slot") != ANSWER:
        return begun(work.plans.of(tracker.sender_id))
    answer = _answer(tracker)
    if answer == SAID:
        return _said(work, tracker, dispatcher)
    if answer in CHANGES:
        return _changed(work, tracker, CHANGES[answer])
    if answer == BACK:
        return _back(tracker)
    return _again(tracker) if answer == AGAIN else {}


def begun(plan: Plan) -> Changes:
    """The slots with which the form takes a plan up; one without any words of their own begins anew."""
    return goes_on(plan if plan.is_own else Plan())


def _answer(tracker: Tracker) -> str | None:
    intent = tracker.latest_message.get("intent", {}).get("name")
    if intent in (YES, NO):
        return AGAIN if intent == YES else SKIP
    step = step_of(tracker)
    return step if step in (SAID, SKIP, BACK, REMOVE) else None


def _said(work: Work, tracker: Tracker, dispatcher: CollectingDispatcher) -> Changes:
    conversation = work.conversations.lock(tracker.sender_id)
    message = work.plans.answer(conversation.id, sequence_of(tracker))
    if message is None or PLAN_PART in message.data:
        # Taken before, in a turn whose end got lost.
        return _again(tracker)
    part = part_of(tracker)
    # Too long or not, it was written for the plan and is covered at the desk.
    work.plans.mark(message, part)
    try:
        plan = say(work.plans.of(conversation.id), part, message)
    except TextTooLongError:
        dispatcher.utter_message(response="utter_plan_too_long")
        return _again(tracker)
    work.plans.put(conversation, plan)
    return _next(tracker, plan, SAID)


def _changed(work: Work, tracker: Tracker, change: Callable[[Plan, Part], Plan]) -> Changes:
    conversation = work.conversations.lock(tracker.sender_id)
    plan = change(work.plans.of(conversation.id), part_of(tracker))
    work.plans.put(conversation, plan)
    if not plan.is_own:
        # A yes to these words is no yes to what may be written later.
        unshare(work, conversation, Shared.PLAN, now_of(tracker))
    return _next(tracker, plan, SKIP)


def _next(tracker: Tracker, plan: Plan, before: str) -> Changes:
    return {ANSWER: True} if tracker.get_slot(ALONE) else goes_on(plan, before)


def _back(tracker: Tracker) -> Changes:
    before = None if tracker.get_slot(ALONE) else part_before(part_of(tracker))
    return asks_for(before) if before else _again(tracker)


def _again(tracker: Tracker) -> Changes:
    return asks_for(part_of(tracker), alone=bool(tracker.get_slot(ALONE)))
