"""The form by which a conversation is given away: to whom it can go, and what was filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.casework.presence import Colleague

TEAM = "team:"
"""Before the name of a team, where else the number of a colleague stands."""


@dataclass(frozen=True)
class Giving:
    """`colleagues` and `teams` as (value, words), `chosen` and `note` as they were filled in, `error` what is wrong."""

    colleagues: Sequence[tuple[str, str]]
    teams: Sequence[tuple[str, str]]
    chosen: str = ""
    note: str = ""
    error: str = ""


@dataclass(frozen=True)
class Given:
    """What was filled in, and what is wrong with it."""

    to: str = ""
    note: str = ""
    error: str = ""


def giving_view(colleagues: Sequence[Colleague], teams: Mapping[str, str], given: Given) -> Giving:
    """Colleagues who are there come first, and those who are not are said not to be."""
    return Giving(
        [
            (str(one.id), one.shown_name if one.present else f"{one.shown_name} (ikke ved siden nu)")
            for one in colleagues
        ],
        [(f"{TEAM}{team}", name) for team, name in teams.items()],
        given.to,
        given.note,
        given.error,
    )
