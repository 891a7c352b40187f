"""A conversation as a maintainer sees it who makes a story of it: what was meant and done, and nobody's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.review.decisions import labels
from bot.stories.names import DEACTIVATE, Names
from bot.stories.turns import Step

YOUNG, ROBOT = "Den unge", "Robotten"


@dataclass(frozen=True)
class StepView:
    """Who did what; `name` is what it is called in the skeleton."""

    who: str
    words: str
    name: str = ""


def steps_view(steps: Sequence[Step], names: Names) -> list[StepView]:
    """The steps in words, in their order."""
    return [_step(step, names, labels()) for step in steps]


def _step(step: Step, names: Names, titles: Mapping[str, str]) -> StepView:
    if "intent" in step:
        return StepView(YOUNG, _meant(step["intent"], titles), step["intent"])
    if "action" in step:
        return StepView(ROBOT, _did(step["action"], names), step["action"])
    if loop := step.get("active_loop"):
        return StepView(ROBOT, "venter på svar i formularen", loop)
    return StepView(ROBOT, "er ude af formularen")


def _meant(intent: str, titles: Mapping[str, str]) -> str:
    """What is never on a button is called by its name alone."""
    title = titles.get(intent, intent)
    return "mente" if title == intent else f"mente »{title}«"


def _did(action: str, names: Names) -> str:
    if action in names.forms:
        return "går til formularen"
    if action == DEACTIVATE:
        return "lukker formularen"
    return "svarer" if action.startswith("utter_") else "gør"
