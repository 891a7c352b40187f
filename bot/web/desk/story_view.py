"""A conversation as a maintainer sees it who makes a story of it: what was meant and done, and nobody's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.casework.orders import Order, OrderKind, OrderState
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


@dataclass(frozen=True)
class OutcomeView:
    """What came of an order. `mark` is another one as soon as there is something new to tell.

    `lines` say what is in the way, or what else is to be known; `diffs` are what changes in the data. `may_add`: the
    text is good, and not in the data yet.
    """

    order: int
    title: str
    is_open: bool
    mark: str
    lines: Sequence[str]
    diffs: Sequence[str]
    may_add: bool
    is_added: bool


def outcome_view(order: Order) -> OutcomeView:
    """The order in words."""
    diffs, adds = order.shown.get("diffs", ()), order.kind is OrderKind.STORY_ADD
    done = order.state is OrderState.DONE
    return OutcomeView(
        order=order.id,
        title=_title(order, is_new=bool(diffs)),
        is_open=order.is_open,
        mark=f"{order.state}{len(order.told)}",
        lines=order.told,
        diffs=diffs,
        may_add=done and not adds and bool(diffs),
        is_added=done and adds and bool(diffs),
    )


def _title(order: Order, *, is_new: bool) -> str:
    adds = order.kind is OrderKind.STORY_ADD
    match order.state:
        case OrderState.WAITING:
            return "Teksten venter på at blive lagt i data" if adds else "Teksten venter på at blive tjekket"
        case OrderState.RUNNING:
            return "Teksten bliver lagt i data" if adds else "Teksten bliver tjekket"
        case OrderState.REFUSED:
            return "Det her er i vejen"
        case OrderState.FAILED:
            return "Det gik ikke"
    if not is_new:
        return "Den står i data allerede"
    return "Den står i data nu" if adds else "Der er ikke noget galt med teksten"


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
