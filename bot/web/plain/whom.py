"""The choice of whom to talk with, as a form shows and sends it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.casework.choosing import Choice, called, first_name

NONE_NOW = "{name} har ingen tider lige nu. Her er de andres."
GONE = "Hos den boligagent kan man ikke få en tid nu. Vælg en anden, eller lad det være lige meget."
NOBODY = 0
"""The number of no agent: what a form sends that names none."""
LONGEST_NUMBER = 9


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
    names = {agent.id: agent.name for agent in choice.agents} if whole_names else called(choice.agents)
    return WhomView(tuple(names.items()), choice.chosen, _note(choice))


def read_agent(given: str) -> int | None:
    """The number that a form sent; None for anybody, and nobody's for what is no number."""
    if not given:
        return None
    is_number = given.isascii() and given.isdecimal() and len(given) <= LONGEST_NUMBER
    return int(given) if is_number else NOBODY


def _note(choice: Choice) -> str:
    if choice.without:
        return NONE_NOW.format(name=first_name(choice.without.name))
    return GONE if choice.gone else ""
