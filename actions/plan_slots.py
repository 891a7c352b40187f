"""The slots of the plan form as values, and back. None of them holds a word of the plan."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet

from bot.casework.plans import Part, Plan

FORM = "plan_form"
ANSWER = "plan_answer"
PART = "plan_part"
ALONE = "plan_alone"
BEFORE = "plan_before"
SAID, SKIP, BACK, REMOVE = "said", "skip", "back", "remove"

Changes = dict[str, Any]


def asks_for(part: Part, *, alone: bool = False, before: str | None = None) -> Changes:
    """The slots with which the form asks for this part."""
    return {ANSWER: None, PART: part.value, ALONE: alone, BEFORE: before}


def goes_on(plan: Plan, before: str | None = None) -> Changes:
    """The slots with which the form asks for the next part, or ends when there is none."""
    part = plan.next_part
    return asks_for(part, before=before) if part else {ANSWER: True, BEFORE: None}


def part_of(tracker: Tracker) -> Part:
    """The part the form asks for; the first one before it has asked."""
    return Part(tracker.get_slot(PART) or Part.HOME)


def step_of(tracker: Tracker) -> str | None:
    """What the latest message does with the plan."""
    return next(tracker.get_latest_entity_values("step"), None)


def form_events(changes: Changes) -> list[dict[str, Any]]:
    """Events after which the form asks."""
    # Rasa asks the form about the same message once more: by its open question the form knows that it has begun.
    return [ActiveLoop(FORM), *(SlotSet(name, value) for name, value in {**changes, "requested_slot": ANSWER}.items())]


def leave_events() -> list[dict[str, Any]]:
    """Events after which no form asks."""
    return [ActiveLoop(None), SlotSet("requested_slot", None)]
