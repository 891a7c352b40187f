"""Who may do what: each role at each door, both ways, over a table of its own that the product's must agree with."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from httpx import Response
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.responses import Response as Answer
from starlette.routing import BaseRoute, Route
from starlette.testclient import TestClient

from bot.casework.ready_answers import Wording
from bot.casework.rights import BEYOND_OWN, RIGHTS, Right, Role
from bot.municipality.towns import Municipality
from bot.store.store import Store
from bot.store.tables import metadata
from bot.web.desk.routes import GuardedRoute, guarded_routes, only_guarded, open_routes
from bot.web.desk.sessions import COOKIE, find_session
from tests.support.agents import agents_of
from tests.support.desk import CONTACT, PAGE, YoungPerson
from tests.support.orders import trained
from tests.support.review import group_of
from tests.support.roles import person
from tests.support.second_factors import user_of
from tests.support.stories import WORDS, told_by
from tests.support.the_tests import THE_TESTS
from tests.support.walk import Door, doors

CASEWORKER, BOLIGAGENT, LEAD, BEFORE = Role.CASEWORKER, Role.BOLIGAGENT, Role.LEAD, Role.BEFORE
EVERYBODY = set(Role)
WHO_ANSWER = {CASEWORKER, BOLIGAGENT, BEFORE}
WHO_PLAN = {BOLIGAGENT, LEAD, BEFORE}
AT_WORK = {CASEWORKER, BOLIGAGENT, LEAD, BEFORE}
MAY: Mapping[str, set[Role]] = {
    "GET /desk/": EVERYBODY,
    "POST /desk/sign-out": EVERYBODY,
    "GET /desk/sign-ins": EVERYBODY,
    "POST /desk/sign-ins/end": EVERYBODY,
    "POST /desk/sign-ins/{id}/end": EVERYBODY,
    "GET /desk/people": {LEAD, Role.ADMINISTRATOR},
    "POST /desk/people/{id}/second-factor/reset": {LEAD, Role.ADMINISTRATOR},
    "GET /desk/{path:path}": EVERYBODY,
    "GET /desk/queue": AT_WORK,
    "GET /desk/queue.json": AT_WORK,
    "GET /desk/needing": AT_WORK,
    "GET /desk/events": AT_WORK,
    "GET /desk/conversations/{id}": WHO_ANSWER,
    "GET /desk/conversations/{id}/events": WHO_ANSWER,
    "GET /desk/conversations/{id}/news": WHO_ANSWER,
    "GET /desk/conversations/{id}/reasons": WHO_ANSWER,
    "GET /desk/conversations/{id}/suggestion": WHO_ANSWER,
    "POST /desk/conversations/{id}/claim": WHO_ANSWER,
    "POST /desk/conversations/{id}/messages": WHO_ANSWER,
    "POST /desk/conversations/{id}/typing": WHO_ANSWER,
    "POST /desk/conversations/{id}/looked": WHO_ANSWER,
    "POST /desk/conversations/{id}/release": WHO_ANSWER,
    "POST /desk/conversations/{id}/take-over": WHO_ANSWER,
    "POST /desk/conversations/{id}/calm": WHO_ANSWER,
    "POST /desk/conversations/{id}/give": WHO_ANSWER,
    "POST /desk/conversations/{id}/note": WHO_ANSWER,
    "POST /desk/conversations/{id}/close": WHO_ANSWER,
    "POST /desk/conversations/{id}/notes": WHO_ANSWER,
    "GET /desk/conversations/{id}/journal": WHO_ANSWER,
    "POST /desk/conversations/{id}/journal": WHO_ANSWER,
    "GET /desk/conversations/{id}/report": WHO_ANSWER,
    "POST /desk/conversations/{id}/report": WHO_ANSWER,
    "POST /desk/notes/{id}": WHO_ANSWER,
    "POST /desk/notes/{id}/strike": WHO_ANSWER,
    "GET /desk/bookings": AT_WORK,
    "GET /desk/bookings.json": AT_WORK,
    "GET /desk/week": AT_WORK,
    "GET /desk/bookings/new": WHO_ANSWER,
    "POST /desk/bookings/new": WHO_ANSWER,
    "GET /desk/bookings/{id}/move": WHO_ANSWER,
    "POST /desk/bookings/{id}/move": WHO_ANSWER,
    "POST /desk/bookings/{id}/cancel": WHO_ANSWER,
    "POST /desk/bookings/{id}/outcome": WHO_ANSWER,
    "GET /desk/figures": {LEAD, Role.MAINTAINER, Role.ADMINISTRATOR},
    "GET /desk/figures.csv": {LEAD, Role.MAINTAINER, Role.ADMINISTRATOR},
    "GET /desk/retraining": {Role.MAINTAINER},
    "GET /desk/retraining/{id}": {Role.MAINTAINER},
    "POST /desk/retraining/{id}": {Role.MAINTAINER},
    "POST /desk/retraining/{id}/split": {Role.MAINTAINER},
    "GET /desk/models": {Role.MAINTAINER},
    "GET /desk/models/news": {Role.MAINTAINER},
    "GET /desk/models/reports/{id}": {Role.MAINTAINER},
    "POST /desk/models/look": {Role.MAINTAINER},
    "POST /desk/models/teach": {Role.MAINTAINER},
    "POST /desk/models/train": {Role.MAINTAINER},
    "POST /desk/models/promote": {Role.MAINTAINER},
    "POST /desk/models/rollback": {Role.MAINTAINER},
    "GET /desk/stories/{id}": {Role.MAINTAINER},
    "GET /desk/stories/{id}/news": {Role.MAINTAINER},
    "POST /desk/stories/{id}/check": {Role.MAINTAINER},
    "POST /desk/stories/{id}/add": {Role.MAINTAINER},
    "POST /desk/retraining/{id}/undo": {Role.MAINTAINER},
    "POST /desk/retraining/{id}/stand": {Role.MAINTAINER},
    "GET /desk/audit": {LEAD},
    "GET /desk/audit.csv": {LEAD},
    "GET /desk/ready-answers": {LEAD},
    "POST /desk/ready-answers": {LEAD},
    "GET /desk/ready-answers/{id}": {LEAD},
    "POST /desk/ready-answers/{id}": {LEAD},
    "POST /desk/ready-answers/{id}/remove": {LEAD},
    "GET /desk/agents": AT_WORK,
    "GET /desk/agents/{id}": AT_WORK,
    "POST /desk/agents/{id}/day": AT_WORK,
    "POST /desk/agents/{id}/week": WHO_PLAN,
    "POST /desk/agents/{id}/feed": WHO_PLAN,
    "POST /desk/agents/{id}/feed/close": WHO_PLAN,
    "POST /desk/agents": {LEAD, BEFORE},
    "POST /desk/agents/{id}/hand-over": {LEAD, BEFORE},
    "POST /desk/agents/{id}/remove": {LEAD, BEFORE},
}
"""Written out by hand: what the people who decide on it have said."""

GUARDED = doors(Starlette(routes=guarded_routes))
ALLOWED = [(role, door) for door in GUARDED for role in Role if role in MAY[f"{door.method} /desk{door.path}"]]
DENIED = [(role, door) for door in GUARDED for role in Role if role not in MAY[f"{door.method} /desk{door.path}"]]


@dataclass(frozen=True)
class About:
    """What the doors with an id are tried on. An empty sign-in is that of whoever tries."""

    young: str
    talk: str
    agent: int
    note: str
    answer: str
    found: str
    told: str
    sign_in: str = ""
    colleague: int = 0
    report: str = "x"


@pytest.fixture
def ours(young: YoungPerson, municipality: Municipality, store: Store) -> About:
    talk = young.books(municipality, CONTACT)
    return About(
        young.id,
        talk.id,
        talk.agent,
        young.is_noted("anna"),
        _answer_of(young),
        *_found_of(young),
        colleague=user_of(store, "bo").id,
        report=str(trained(store, user_of(store, "bo"))),
    )


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream that is opened ends at once."""
    for module in ("queue", "conversation"):
        monkeypatch.setattr(f"bot.web.desk.{module}.stream", lambda _events: Answer())


@pytest.fixture
def theirs(store: Store, municipality: Municipality, carl: TestClient) -> About:
    """Of another town: somebody who waits, their talk, their boligagent and somebody who is signed in."""
    with store.write(THE_TESTS) as work:
        agent = work.agents.add("nabo", "Nora Nabo", agents_of(store)[0].openings)
    young = YoungPerson(store, "nabo").writes("hej").waits()
    talk = young.books(municipality, CONTACT).id
    note, answer = young.is_noted("carl"), _answer_of(young)
    found = _found_of(young)
    return About(young.id, talk, agent, note, answer, *found, _sign_in_of(carl), user_of(store, "carl").id)


def test_every_door_stands_in_the_table_of_this_test(app: Starlette) -> None:
    at_desk = {str(door) for door in doors(app) if door.path.startswith("/desk/")}
    forms, ways = {"/sign-in", "/sign-in/code", "/sign-in/set-up"}, {"/sign-in/oidc", "/sign-in/oidc/back"}
    open_doors = {f"GET /desk{path}" for path in forms | ways} | {f"POST /desk{path}" for path in forms}
    assert at_desk - open_doors == set(MAY)
    assert {route.path for route in open_routes} == forms | ways  # type: ignore[attr-defined]


@pytest.mark.parametrize(("role", "door"), DENIED, ids=str)
def test_who_may_not_is_refused_and_it_is_noted(
    app: Starlette, store: Store, ours: About, role: Role, door: Door
) -> None:
    pia = person(app, [role], ours.agent)
    before = _rows(store)
    answers = [_asked(pia, door, ours, headers) for headers in ({}, PAGE, {"HX-Request": "true"})]
    assert [answer.status_code for answer in answers] == [403] * 3
    program, page, htmx = answers
    assert program.headers["Content-Type"] == htmx.headers["Content-Type"] == "application/problem+json"
    assert program.json()["code"] == "not_allowed"
    assert "Det har du ikke adgang til." in page.text
    for secret in (ours.young, CONTACT.phone, "jeg sover hos en ven"):
        assert str(secret) not in page.text + program.text
    assert _rows(store) == before
    assert _refusals(store) == [_route(door).right] * 3


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize(("role", "door"), ALLOWED, ids=str)
def test_who_may_is_let_through(app: Starlette, store: Store, ours: About, role: Role, door: Door) -> None:
    pia = person(app, [role], ours.agent)
    answer = _asked(pia, door, ours)
    fine = {404} if door.path == "/{path:path}" else {200, 204, 303, 409, 422}
    assert answer.status_code in fine, answer.text
    assert _refusals(store) == []


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize(("role", "door"), [(role, door) for role, door in ALLOWED if "{id}" in door.path], ids=str)
def test_what_is_another_towns_does_not_exist_for_any_role(
    app: Starlette, store: Store, theirs: About, carl: TestClient, role: Role, door: Door
) -> None:
    pia = person(app, [role], 1)
    before = _rows(store)
    answer, nobodys = (
        _asked(pia, door, about) for about in (theirs, About("x", "x", 99999, "x", "x", "x", "99999", "x"))
    )
    assert (answer.status_code, answer.json()) == (404, nobodys.json())
    assert _rows(store) == before
    assert _refusals(store) == []
    assert carl.get("/desk/queue.json").status_code == 200


def test_whoever_has_no_role_can_sign_out_and_nothing_else(app: Starlette, ours: About) -> None:
    pia = person(app, [])
    for door in GUARDED:
        if MAY[f"{door.method} /desk{door.path}"] is not EVERYBODY:
            assert _asked(pia, door, ours).status_code == 403, door
    start = pia.get("/desk/", headers=PAGE)
    assert (start.status_code, "sig det til din leder" in start.text) == (200, True)
    assert pia.post("/desk/sign-out").status_code == 204


def test_several_roles_are_all_that_each_of_them_is(app: Starlette, store: Store, ours: About) -> None:
    pia = person(app, [Role.LEAD, Role.MAINTAINER, Role.BOLIGAGENT], ours.agent)
    for door in GUARDED:
        if not door.path.endswith("/events") and _route(door).right is not Right.COME_IN:
            assert _asked(pia, door, ours).status_code != 403, door
    assert _refusals(store) == []


def test_a_forged_form_is_refused_as_one_and_not_as_its_victims_try(app: Starlette, store: Store) -> None:
    pia = person(app, [Role.MAINTAINER])
    del pia.headers["X-CSRF-Token"]
    assert pia.post("/desk/agents", data={"name": "Ond"}).json()["code"] == "csrf"
    assert _refusals(store) == []


def test_a_route_without_a_right_cannot_be_served() -> None:
    bare: list[BaseRoute] = [*guarded_routes, Route("/bare", lambda _request: Answer())]
    with pytest.raises(TypeError, match="no right is named for Route"):
        only_guarded(bare)


def test_every_right_opens_something(app: Starlette) -> None:
    doors_of = {route.right for route in guarded_routes}
    reaching = {beyond for right, beyond in BEYOND_OWN.items() if right in doors_of}
    assert doors_of | reaching == set(Right)


def test_every_role_has_its_line_and_reaches_all_only_with_ones_own() -> None:
    assert set(RIGHTS) == set(Role)
    for rights in RIGHTS.values():
        assert {own for own, beyond in BEYOND_OWN.items() if beyond in rights} <= rights


def test_those_from_before_may_do_what_could_be_done_then_and_nothing_that_came_since() -> None:
    since = {Right.AUDIT, Right.READY_ANSWERS, Right.FIGURES, Right.PEOPLE, Right.RETRAINING}
    assert RIGHTS[Role.BEFORE] | {Right.COME_IN} == set(Right) - since


def _route(door: Door) -> GuardedRoute:
    return next(one for one in guarded_routes if one.path == door.path and door.method in (one.methods or ()))


def _asked(client: TestClient, door: Door, about: About, headers: Mapping[str, str] | None = None) -> Response:
    """Tries a door with the id of what it is about."""
    kind = door.path.split("/")[1]
    ids = {
        "bookings": about.talk,
        "conversations": about.young,
        "agents": str(about.agent),
        "people": str(about.colleague),
        "notes": about.note,
        "ready-answers": about.answer,
        "retraining": about.found,
        "models": about.report,
        "stories": about.told,
    }
    id_ = about.sign_in or _sign_in_of(client) if kind == "sign-ins" else ids.get(kind, "x")
    body = {
        "text": "hej",
        "day": "2030-01-07",
        "kind": "away",
        "name": "Ida",
        "outcome": "met",
        "to": "1",
        "until": "1",
    }
    return client.request(door.method, "/desk" + door.at(id_), headers=headers, json=body if door.changes else None)


def _answer_of(young: YoungPerson) -> str:
    with young.store.write(THE_TESTS) as work:
        return str(work.ready_answers.add(young.municipality, Wording("Tak", "Tak, fordi du skrev.")))


def _found_of(young: YoungPerson) -> tuple[str, str]:
    """The group of a message that was found in the same town, and its number; whoever waits writes to a human."""
    number = told_by(young.store, town=young.municipality)
    return group_of(young.store, WORDS, young.municipality), str(number)


def _sign_in_of(client: TestClient) -> str:
    session = find_session(client.app.state.store, client.cookies[COOKIE])  # type: ignore[attr-defined]
    assert session
    return session.id


def _rows(store: Store) -> dict[str, list[object]]:
    """All that is kept, but for who signed in and what is noted."""
    with store.read(THE_TESTS) as work:
        return {
            table.name: [tuple(row) for row in work._connection.execute(select(table))]
            for table in metadata.sorted_tables
            if table.name not in ("audit", "desk_sessions")
        }


def _refusals(store: Store) -> list[str | None]:
    with store.read(THE_TESTS) as work:
        return [entry.subject for entry in work.people.noted("eksempel") if entry.action == "refused"]
