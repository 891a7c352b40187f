"""Which roles somebody has at the desk: given by whoever runs the installation, and noted in the audit log."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.casework.rights import Access, Right, Role
from bot.conversation.absence import Absences
from bot.conversation.elsewhere import telling_others
from bot.conversation.staff_roles import give_roles, title_of
from bot.municipality.demo import DEMO_USER
from bot.municipality.towns import Municipality
from bot.store.people import DeskUser
from bot.store.store import Store, Work
from bot.store.whose import Across, of_user_named
from bot.web.words import ROLES as TITLES

# Nobody new is somebody from before there were roles.
GIVEN = [role for role in Role if role is not Role.BEFORE]


class RolesError(Exception):
    """Nobody's roles were changed; the message says why and what to do."""


@dataclass(frozen=True)
class Wanted:
    """Roles by their names; `agent` is the boligagent that somebody is, by name or number, `title` what young people
    are told that they are. An empty one is left as it is, or follows from the roles of somebody new.
    """

    roles: Collection[str]
    agent: str = ""
    title: str = ""


@dataclass(frozen=True)
class Checked:
    """What was wanted, as the store takes it."""

    roles: frozenset[Role]
    agent: int | None
    title: str


def check_roles(work: Work, municipality: str, wanted: Wanted, now: DeskUser | None = None) -> Checked:
    """Raises RolesError for roles that cannot be given; `now` is whoever has others so far."""
    unknown = sorted(set(wanted.roles) - set(GIVEN))
    if unknown or not wanted.roles:
        said = f"no role {unknown[0]!r}" if unknown else "no role was named"
        raise RolesError(f"{said}; known: {', '.join(GIVEN)}. `hjemad remove-user` takes all access")
    if wanted.title and wanted.title not in TITLES:
        raise RolesError(f"no title {wanted.title!r}; known: {', '.join(TITLES)}")
    roles = frozenset(map(Role, wanted.roles))
    title = wanted.title or (now.title if now else title_of(roles))
    return Checked(roles, _agent(work, municipality, roles, wanted.agent, now), title)


def set_roles(store: Store, towns: Mapping[str, Municipality], name: str, wanted: Wanted) -> frozenset[Role]:
    """These roles and no others from the next thing that somebody does at the desk. Raises RolesError.

    Whoever may not answer any more holds no conversation: those go back into the queue.
    """
    if name == DEMO_USER:
        raise RolesError(f"{DEMO_USER!r} is the user of the demo and keeps its roles; add another user to try some")
    with store.write(of_user_named(name)) as work:
        user = work.people.user(name)
        if user is None or user.removed_at:
            raise RolesError(f"nobody at the desk is called {name!r}; `hjemad users` lists who is")
        checked = check_roles(work, user.municipality, wanted, user)
        give_roles(work, user, checked.roles, checked.agent)
        work.people.set_title(user, checked.title)
    if not Access(checked.roles).may(Right.ANSWER):
        # As the web process does for whoever has left, who may be away itself just now.
        Absences(store, telling_others(store), towns).requeue()
    return checked.roles


def users(store: Store, municipality: str | None = None) -> list[str]:
    """A line for each who works at a desk, of one municipality or of all. Raises RolesError for an unknown one."""
    with store.read(Across("which municipalities there are, and who works there")) as work:
        known = work.people.municipalities()
        if municipality is not None and municipality not in known:
            raise RolesError(
                f"no municipality {municipality!r} in the store; known: {', '.join(sorted(known)) or 'none'}"
            )
        return [
            _line(user, work.agents.names(slug))
            for slug in sorted(known if municipality is None else [municipality])
            for user in work.people.users(slug)
            if not user.removed_at
        ]


def _line(user: DeskUser, agents: Mapping[int, str]) -> str:
    own = {Role.BOLIGAGENT: f" ({agents.get(user.access.agent, 'nobody')})" if user.access.agent else ""}
    roles = ", ".join(f"{role}{own.get(role, '')}" for role in Role if role in user.access.roles)
    team = f", team {user.team}" if user.team else ""
    return f"{user.municipality}: {user.name} ({user.shown_name}): {roles or 'no role'}{team}"


def _agent(work: Work, municipality: str, roles: Collection[Role], named: str, now: DeskUser | None) -> int | None:
    if Role.BOLIGAGENT not in roles:
        if named:
            raise RolesError(f"only a boligagent has talks and hours of their own: add the role {Role.BOLIGAGENT}")
        return None
    if not named and now and now.access.agent:
        return now.access.agent
    working = work.agents.names(municipality, working=True)
    found = [number for number, name in working.items() if named in (name, str(number))]
    if len(found) != 1:
        those = ", ".join(f"{name} ({number})" for number, name in working.items()) or "none; add one at the desk first"
        raise RolesError(f"say with --agent, by name or number, which boligagent they are: {those}")
    return found[0]
