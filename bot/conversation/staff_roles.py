"""Roles at the desk, given and taken from outside it, with a line in the audit log for each."""

from collections.abc import Collection

from bot.casework.rights import Role
from bot.store.people import DeskUser
from bot.store.store import Work


def give_roles(work: Work, user: DeskUser, roles: frozenset[Role], agent: int | None) -> None:
    """These and no others from now on. Each that is given or taken is noted; to be another boligagent is to take and
    give.
    """
    work.people.set_roles(user, roles, agent)
    kept = roles & user.access.roles
    if agent != user.access.agent:
        kept -= {Role.BOLIGAGENT}
    for verb, those in (("give", roles - kept), ("take", user.access.roles - kept)):
        for role in sorted(those):
            work.people.note_by_operator(user.municipality, f"{verb}_{role}", user.name)


def title_of(roles: Collection[Role]) -> str:
    """What young people are told that somebody with these roles is, unless it was said otherwise."""
    return "boligagent" if Role.BOLIGAGENT in roles else "ungerådgiver"
