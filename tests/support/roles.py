"""People at the desk with each of the roles."""

from collections.abc import Collection

from starlette.applications import Starlette
from starlette.routing import Match
from starlette.testclient import TestClient

from bot.casework.rights import Access, Role
from bot.store.store import Store
from bot.web.desk.routes import GuardedRoute, guarded_routes
from tests.support.desk import add_caseworker, signed_in
from tests.support.the_tests import THE_TESTS


def person(app: Starlette, roles: Collection[Role], agent: int | None = None, name: str = "pia") -> TestClient:
    """Somebody new with these roles, signed in."""
    add_caseworker(app.state.store, "eksempel", name, roles, agent)
    return signed_in(app, name)


def access_of(store: Store, name: str = "pia") -> Access:
    with store.read(THE_TESTS) as work:
        user = work.people.user(name)
    assert user
    return user.access


def gives(store: Store, roles: Collection[Role], agent: int | None = None, name: str = "pia") -> None:
    """These roles and no others from now on, as the command does it."""
    with store.write(THE_TESTS) as work:
        user = work.people.user(name)
        assert user
        work.people.set_roles(user, roles, agent)


def route_of(method: str, path: str) -> GuardedRoute:
    """The route that serves this address below /desk."""
    scope = {"type": "http", "method": method, "path": path, "root_path": "", "headers": []}
    return next(route for route in guarded_routes if route.matches(scope)[0] is Match.FULL)
