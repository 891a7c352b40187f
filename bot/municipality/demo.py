"""The demo municipality, so that a fresh installation can be tried at once."""

import secrets
from dataclasses import dataclass

from argon2 import PasswordHasher

from bot.casework.rights import Role
from bot.municipality.joining import join
from bot.municipality.towns import Municipality
from bot.store.store import Store

DEMO_USER = "demo"
DEMO_ROLES = (Role.CASEWORKER, Role.BOLIGAGENT, Role.LEAD)


class DemoInProductionError(Exception):
    """The store has the desk user of the demo, whose password is printed at each start; the message says what to do."""


@dataclass(frozen=True)
class SignIn:
    """What somebody types at the desk."""

    user: str
    password: str


def seed_demo(store: Store, municipality: Municipality, password: str) -> SignIn:
    """Adds the municipality, its agents and a desk user; what is there already stays, the password and the
    user's roles are set anew.

    An empty password means: make one up.
    """
    sign_in = SignIn(DEMO_USER, password or secrets.token_urlsafe(9))
    hashed = PasswordHasher().hash(sign_in.password)
    with store.write() as work:
        join(work, municipality)
        demo = work.people.user(DEMO_USER)
        if demo is None:
            demo = work.people.add_user(municipality.slug, DEMO_USER, "Demo fra Ungehuset", hashed, "boligagent")
        else:
            work.people.set_password(DEMO_USER, hashed)
        own = min(work.agents.names(municipality.slug, working=True), default=None)
        work.people.set_roles(demo, DEMO_ROLES, own)
    return sign_in


def refuse_demo(store: Store) -> None:
    """Raises DemoInProductionError when somebody could sign in as the demo's caseworker; StoreUnreachableError."""
    with store.read() as work:
        if work.people.user(DEMO_USER) is not None:
            raise DemoInProductionError(
                f"the store has the desk user {DEMO_USER!r} of the invented municipality. "
                "Production needs a store of its own: give another HJEMAD_DATABASE_URL"
            )
