"""Who comes by the municipality's own sign-in becomes a user here, with the roles that it says and no others."""

import secrets
from collections.abc import Mapping
from typing import Any

from bot.casework.rights import Role
from bot.conversation.staff_roles import give_roles, title_of
from bot.store.people import DeskUser
from bot.store.store import Store, Work
from bot.store.whose import Across
from bot.web.desk.oidc.mapping import ClaimMap

LONGEST_SHOWN_NAME = 120
UNNAMED = "Medarbejder"


def arrive(store: Store, claim_map: ClaimMap, issuer: str, claims: Mapping[str, Any]) -> DeskUser | None:
    """The user, found again or added; None for whoever has no role here, or was removed in any municipality.

    Roles that somebody had before and has no more are taken, in whichever municipality.
    """
    slug, roles, subject = claim_map.municipality_of(claims), claim_map.roles_of(claims), claims["sub"]
    with store.write(Across("whoever has moved loses their roles in the municipality they left")) as work:
        if slug not in work.people.municipalities():
            slug = None
        if slug:
            # Two tabs would add the same user twice.
            work.people.lock(slug)
        here, known = None, _users(work, issuer, subject)
        removed = any(user.removed_at for user in known)
        for user in known:
            if user.access.agent:
                work.identities.keep_agent(user, user.access.agent)
            if user.municipality == slug and roles and not removed:
                here = user
            elif user.access.roles:
                give_roles(work, user, frozenset(), None)
        if not slug or not roles or removed:
            return None
        here = here or _added(work, slug, issuer, claims, roles)
        give_roles(work, here, roles, _agent(work, here, roles))
        return work.people.user(here.name)


def _users(work: Work, issuer: str, subject: str) -> list[DeskUser]:
    found = (work.people.user(name) for name in work.identities.names(issuer, subject))
    return [user for user in found if user]


def _added(work: Work, slug: str, issuer: str, claims: Mapping[str, Any], roles: frozenset[Role]) -> DeskUser:
    """With a name that nobody types, and no password."""
    user = work.people.add_user(slug, f"oidc-{secrets.token_hex(6)}", _shown_name(claims), "", title_of(roles))
    work.identities.add(user, issuer, claims["sub"])
    work.people.note_by_operator(slug, "add_user", user.name)
    return user


def _shown_name(claims: Mapping[str, Any]) -> str:
    """A first name where there is one: young people read it beside the messages."""
    said = (claims.get(name) for name in ("given_name", "name"))
    words = (_of_one_line(one) for one in said if isinstance(one, str))
    return next((one for one in words if one), UNNAMED)[:LONGEST_SHOWN_NAME]


def _of_one_line(name: str) -> str:
    """Without what no store takes and no page can show: control characters, and halves of letters."""
    return " ".join("".join(letter for letter in name if letter.isprintable() or letter.isspace()).split())


def _agent(work: Work, user: DeskUser, roles: frozenset[Role]) -> int | None:
    """Whom a boligagent is, as `hjemad set-roles --agent` said, and nobody else does: a name is no proof of it."""
    if Role.BOLIGAGENT not in roles:
        return None
    said = user.access.agent or work.identities.agent(user)
    return said if said in work.agents.names(user.municipality, working=True) else None
