"""The demo municipality, so that a fresh installation can be tried at once."""

import secrets
from dataclasses import dataclass

from argon2 import PasswordHasher

from bot.casework.ready_answers import Wording
from bot.casework.rights import Role
from bot.municipality.joining import join
from bot.municipality.towns import Municipality
from bot.store.store import Store
from bot.store.whose import Across

DEMO_USER = "demo"
DEMO_ANSWERS = (
    Wording(
        "Hej, nu er det mig",
        "Hej. Nu er det et menneske, du skriver med. Jeg arbejder i kommunen. Hvad er vigtigst for dig lige nu?",
    ),
    Wording(
        "Et øjeblik",
        "Jeg skal lige finde ud af noget for dig. Det tager lidt tid, men jeg skriver her igen. "
        "Du må gerne skrive imens.",
    ),
    Wording(
        "Skal vi tales ved?",
        "Vi kan tale mere om det, hvis du vil. Vi kan mødes, ringe eller skrive her. Du bestemmer selv. "
        "Hvad passer dig bedst?",
    ),
    Wording(
        "Farvel for nu",
        "Tak, fordi du skrev. Nu svarer robotten dig igen. Vil du tale med en af os, så skriv »menneske«. "
        "Er du i fare, så ring 112.",
    ),
)
DEMO_ROLES = (Role.CASEWORKER, Role.BOLIGAGENT, Role.LEAD)


class DemoInProductionError(Exception):
    """The store has the desk user of the demo, whose password is printed at each start; the message says what to do."""


@dataclass(frozen=True)
class SignIn:
    """What somebody types at the desk."""

    user: str
    password: str


def seed_demo(store: Store, municipality: Municipality, password: str) -> SignIn:
    """Adds the municipality, its agents, a desk user and ready answers; what is there already stays, the password and
    the user's roles are set anew.

    An empty password means: make one up.
    """
    sign_in = SignIn(DEMO_USER, password or secrets.token_urlsafe(9))
    hashed = PasswordHasher().hash(sign_in.password)
    with store.write(Across("the demo's user is one in all municipalities")) as work:
        join(work, municipality)
        demo = work.people.user(DEMO_USER)
        if demo is None:
            for wording in DEMO_ANSWERS:
                work.ready_answers.add(municipality.slug, wording)
            demo = work.people.add_user(municipality.slug, DEMO_USER, "Demo fra Ungehuset", hashed, "boligagent")
        else:
            work.people.set_password(DEMO_USER, hashed)
        own = min(work.agents.names(municipality.slug, working=True), default=None)
        work.people.set_roles(demo, DEMO_ROLES, own)
    return sign_in


def refuse_demo(store: Store) -> None:
    """Raises DemoInProductionError when somebody could sign in as the demo's caseworker; StoreUnreachableError."""
    with store.read(Across("the demo's user may not be in production at all")) as work:
        if work.people.user(DEMO_USER) is not None:
            raise DemoInProductionError(
                f"the store has the desk user {DEMO_USER!r} of the invented municipality. "
                "Production needs a store of its own: give another HJEMAD_DATABASE_URL"
            )
