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
    """Of the colleagues those who are there."""
    return Giving(
        [(str(one.id), one.shown_name) for one in colleagues if one.present],
        [(f"{TEAM}{team}", name) for team, name in teams.items()],
        given.to,
        given.note,
        given.error,
    )
