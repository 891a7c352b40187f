"""The teams of a municipality's caseworkers, as its file names them."""

import re
from collections.abc import Mapping
from typing import Any

_TEAM = re.compile(r"[a-zæøå0-9-]{1,40}")
LONGEST_NAME = 60


def teams_from(named: Any) -> Mapping[str, str]:
    """What each team is called, by the word that the command knows it by. Raises ValueError."""
    if not isinstance(named, dict):
        raise ValueError("teams: a line for each, as in `bolig: Boligholdet`")  # noqa: TRY004 -- as for any wrong value
    for team, shown in named.items():
        if not isinstance(team, str) or not _TEAM.fullmatch(team):
            raise ValueError(f"teams: {team!r} is not up to 40 small letters, digits and hyphens")
        if not isinstance(shown, str) or not 0 < len(shown) <= LONGEST_NAME:
            raise ValueError(f"teams: what {team!r} is called is 1 to {LONGEST_NAME} characters")
    return dict(named)
