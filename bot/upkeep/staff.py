"""Who is served and who works at the desk: changed by whoever runs the installation, and noted in the audit log."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from argon2 import PasswordHasher

from bot.casework.free_times import danish_day
from bot.conversation.absence import Absences
from bot.conversation.elsewhere import telling_others
from bot.conversation.staff_roles import give_roles
from bot.municipality.demo import DEMO_USER
from bot.municipality.joining import join
from bot.municipality.towns import Municipality
from bot.store.store import Store
from bot.store.whose import Across, Town, of_user_named
from bot.upkeep.roles import Wanted, check_roles
from bot.web.desk.passwords import LONGEST_PASSWORD

SHORTEST_PASSWORD = 12
# A password of one letter again and again is long and easy to guess.
FEWEST_LETTERS = 6
LONGEST_SHOWN_NAME = 120
# Typed at every sign-in and told apart letter by letter, so never in two cases. An e-mail address is one.
_NAME = re.compile(r"(?=[^A-ZÆØÅ]{2,64}\Z)[\w.+@-]+")


class NotAddedError(Exception):
    """Nothing was added; the message says why and what to do."""


class NotResetError(Exception):
    """Nobody's second factor was taken away; the message says why."""


class NotRemovedError(Exception):
    """Nobody was removed; the message says why."""


@dataclass(frozen=True)
class NewUser:
    """Somebody who is to work at the desk. `shown_name` is what young people read beside their messages."""

    municipality: str
    name: str
    shown_name: str
    wanted: Wanted


def add_municipality(store: Store, towns: Mapping[str, Municipality], slug: str, *, production: bool) -> int:
    """Adds a municipality by its file, and tells how many boligagenter came with it. Raises NotAddedError."""
    town = towns.get(slug)
    if town is None:
        known = ", ".join(sorted(towns)) or "none"
        raise NotAddedError(f"no municipality {slug!r}: there is no {slug}.yml in HJEMAD_TOWNS. Known: {known}")
    if town.invented and production:
        raise NotAddedError(f"{slug!r} is invented, and the demo is not for production")
    with store.write(Town(slug)) as work:
        if slug in work.people.municipalities():
            raise NotAddedError(f"{slug!r} is there already; its boligagenter are changed at the desk")
        join(work, town)
        work.people.note_by_operator(slug, "add_municipality", slug)
    return len(town.agents)


def check_user(store: Store, new: NewUser) -> None:
    """Raises NotAddedError or RolesError for one who could not be added, before anybody is asked for a password."""
    if not _NAME.fullmatch(new.name):
        raise NotAddedError(f"the name {new.name!r} is not 2 to 64 small letters, digits and . _ - + @")
    if new.name == DEMO_USER:
        raise NotAddedError(f"{DEMO_USER!r} is the user of the demo; choose another name")
    if not 0 < len(new.shown_name.strip()) <= LONGEST_SHOWN_NAME:
        raise NotAddedError(f"the shown name is 1 to {LONGEST_SHOWN_NAME} characters")
    with store.read(Across("the name of a user is nobody else's in any municipality")) as work:
        if new.municipality not in work.people.municipalities():
            slug = new.municipality
            raise NotAddedError(f"no municipality {slug!r} in the store; `hjemad add-municipality {slug}` adds it")
        check_roles(work, new.municipality, new.wanted)
        taken = work.people.user(new.name)
    if taken is not None:
        by = "by somebody who was removed, and the logs point at them" if taken.removed_at else "already"
        raise NotAddedError(f"the name {new.name!r} is taken {by}; everybody has a name of their own")


def add_user(store: Store, new: NewUser, password: str) -> None:
    """Adds a user of the desk. Raises RolesError, and NotAddedError, also for a password that is easy to guess."""
    check_user(store, new)
    _check_password(password, new.name)
    hashed = PasswordHasher().hash(password)
    with store.write(Town(new.municipality)) as work:
        checked = check_roles(work, new.municipality, new.wanted)
        user = work.people.add_user(new.municipality, new.name, new.shown_name.strip(), hashed, checked.title)
        work.people.note_by_operator(new.municipality, "add_user", new.name)
        give_roles(work, user, checked.roles, checked.agent)


def remove_user(store: Store, towns: Mapping[str, Municipality], name: str) -> None:
    """Takes somebody's access to the desk at once, and puts the conversations they held back into the queue.

    What they wrote and did stays, and so does their name, which nobody else gets. Raises NotRemovedError.
    """
    if name == DEMO_USER:
        raise NotRemovedError(f"{DEMO_USER!r} is the user of the demo and comes with its store")
    with store.write(of_user_named(name)) as work:
        user = work.people.user(name)
        if user is None:
            raise NotRemovedError(f"nobody at the desk is called {name!r}; the name is what is typed at the sign-in")
        if user.removed_at:
            raise NotRemovedError(f"{name!r} was removed already, on {danish_day(user.removed_at)}")
        work.people.remove_user(user, datetime.now(UTC))
        work.people.note_by_operator(user.municipality, "remove_user", name)
    # As the web process does for whoever has left, who may be away itself just now.
    Absences(store, telling_others(store), towns).requeue()


def reset_second_factor(store: Store, name: str) -> None:
    """Takes somebody's second factor away, so that they set up another one. Raises NotResetError."""
    with store.write(of_user_named(name)) as work:
        user = work.people.user(name)
        if user is None or not work.second_factors.reset(user):
            raise NotResetError(f"nobody called {name!r} has a second factor; the name is what is typed at the sign-in")
        work.people.note_by_operator(user.municipality, "reset_second_factor", name)


def _check_password(password: str, name: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise NotAddedError(f"the password is not {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")
    if len(set(password)) < FEWEST_LETTERS:
        raise NotAddedError(f"the password has fewer than {FEWEST_LETTERS} different characters")
    if name.partition("@")[0] in password.lower():
        raise NotAddedError("the password holds the name")
