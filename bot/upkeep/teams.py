"""Which team somebody at the desk is in: said by whoever runs the installation, and noted in the audit log."""

from collections.abc import Mapping

from bot.municipality.towns import Municipality
from bot.store.store import Store
from bot.store.whose import of_user_named


class TeamsError(Exception):
    """Nobody's team was changed; the message says why and what to do."""


def set_team(store: Store, towns: Mapping[str, Municipality], name: str, team: str) -> None:
    """Puts them in this team from now on, or in none for an empty one. Raises TeamsError."""
    with store.write(of_user_named(name)) as work:
        user = work.people.user(name)
        if user is None or user.removed_at:
            raise TeamsError(f"nobody at the desk is called {name!r}; `hjemad users` lists who is")
        town = towns.get(user.municipality)
        known = town.teams if town else {}
        if team and team not in known:
            named = ", ".join(known) or "none; they are named in its file, under `teams`"
            raise TeamsError(f"{user.municipality} has no team {team!r}; known: {named}")
        work.people.set_team(user, team or None)
        work.people.note_by_operator(user.municipality, "set_team", user.name)
