"""The choice of whom to talk with, as a form shows and sends it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.casework.bookings import AgentNotOfferedError
from bot.casework.choosing import Choice
from bot.casework.free_times import Agent
from bot.web.problems import PROBLEMS

NONE_NOW = "{name} har ingen tider lige nu. Her er de andres."
GONE = PROBLEMS[AgentNotOfferedError].title
NOBODY = 0
"""The number of no agent: what a form sends that names none."""
NUMBER = re.compile(r"[0-9]{1,9}")
"""An agent's, as an address or a form has it."""


@dataclass(frozen=True)
class WhomView:
    """`options` are the names by number, empty where there is no choice; `chosen` whose times are shown, None for all.

    `note` tells why those of somebody else than was chosen are shown.
    """

    options: Sequence[tuple[int, str]]
    chosen: int | None
    note: str


def whom_view(choice: Choice, *, may_choose: bool, whole_names: bool = False) -> WhomView:
    """What a form shows of it; nothing, and nobody's name, to those who may not choose."""
    if not may_choose:
        return WhomView((), choice.chosen, "")

    def name(agent: Agent) -> str:
        return agent.name if whole_names else choice.names[agent.id]

    gone = GONE if choice.gone else ""
    note = NONE_NOW.format(name=name(choice.without)) if choice.without else gone
    return WhomView([(agent.id, name(agent)) for agent in choice.agents], choice.chosen, note)


def read_agent(given: str) -> int | None:
    """The number that a form sent; None for anybody, and nobody's for what is no number."""
    if not given:
        return None
    return int(given) if NUMBER.fullmatch(given) else NOBODY
