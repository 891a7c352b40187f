"""Giving a conversation to a colleague or to a team, with a note that only caseworkers read."""

from dataclasses import dataclass

LONGEST_NOTE = 1000


class ColleagueAwayError(Exception):
    """Nobody else of that number is signed in there now and may answer."""


class UnknownTeamError(Exception):
    """The municipality has no team of that name."""


@dataclass(frozen=True)
class Handover:
    """That somebody gave a conversation away and nobody has taken note of it yet; `note` may be empty."""

    id: int
    conversation: str
    by: str
    note: str
