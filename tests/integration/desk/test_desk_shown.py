"""No page shows a link or a button that leads to a refusal: every page of every role, and all that is on it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.after_booking import call_off
from bot.casework.conversations import Danger
from bot.casework.free_times import Agent, danish_day
from bot.casework.rights import Role
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.agents import add_agents
from tests.support.desk import CONTACT, PAGE, YoungPerson
from tests.support.reminders import NOON, talk_begins, talk_starts
from tests.support.roles import access_of, person, route_of
from tests.support.the_tests import THE_TESTS

LEADS = re.compile(r'(?:href|hx-get|hx-sse:connect|data-poll)="(/desk/[^"]*)"')
FORMS = re.compile(r'<form[^>]* method="post" action="/desk(/[^"]*)"')
SIGN_IN = "/desk/sign-in"


@pytest.fixture
def full(store: Store, municipality: Municipality) -> list[Agent]:
    """A desk on which everything is that can be: people who wait in danger, talks of every kind of two boligagenter."""
    agents = add_agents(store, "Kaj Kollega")
    YoungPerson(store).writes("jeg vil ikke leve mere", Danger(3, ("suicide",))).waits()
    for number in range(4 * len(agents)):
        talk = YoungPerson(store).writes("hej").waits().books(municipality, CONTACT, in_days=number)
        if number % 4 == 0:
            talk_begins(store, talk) if number else talk_starts(store, talk, NOON - timedelta(days=3))
        if number % 4 == 1:
            with store.write(THE_TESTS) as work:
                call_off(work, talk, datetime.now(UTC))
        if number % 4 == 2:
            [agent] = [one for one in agents if one.id == talk.agent]
            with store.write(THE_TESTS) as work:
                work.agents.set_day(agent, danish_day(talk.starts_at), ())
    return agents


@pytest.mark.parametrize("role", list(Role))
def test_every_page_leads_only_to_what_may_be_used(app: Starlette, store: Store, full: list[Agent], role: Role) -> None:
    pia = person(app, [role], full[0].id)
    held = YoungPerson(store).writes("hej", Danger(2, ("violence",))).waits()
    pia.post(f"/desk/conversations/{held.id}/claim")
    seen = _walked(pia, store)
    assert ("/desk/people" in seen) == (role in (Role.LEAD, Role.ADMINISTRATOR))
    if role in (Role.MAINTAINER, Role.ADMINISTRATOR):
        learning = {"/desk/retraining", "/desk/models"} if role is Role.MAINTAINER else set()
        figures = {"/desk/figures", "/desk/figures.csv"}
        assert seen - {"/desk/people"} == {"/desk/", "/desk/sign-ins"} | figures | learning
    else:
        assert {"/desk/", "/desk/bookings", "/desk/week", "/desk/agents"} <= seen
    if role in (Role.CASEWORKER, Role.BOLIGAGENT, Role.BEFORE):
        assert {"/desk/bookings/new", f"/desk/conversations/{held.id}"} <= seen
        assert any(path.endswith("/move") for path in seen)


def test_the_walk_would_find_a_button_that_is_refused(app: Starlette, store: Store) -> None:
    pia = person(app, [Role.LEAD], None)
    shown = '<form class="x" method="post" action="/desk/conversations/1/claim">'
    with pytest.raises(AssertionError, match="claim"):
        _only_leads_on(shown, store)
    assert pia.get("/desk/").status_code == 200


def _walked(pia: TestClient, store: Store) -> set[str]:
    """Every page that can be reached from the first; each of them opens."""
    left, seen = ["/desk/"], set()
    while left:
        path = left.pop()
        if path in seen or path == SIGN_IN:
            continue
        seen.add(path)
        answer = pia.get(path, headers=PAGE)
        assert answer.status_code == 200, path
        _only_leads_on(answer.text, store)
        left += [one for one in _paths(answer.text) if not _is_no_page(one)]
    return seen


def _only_leads_on(shown: str, store: Store) -> None:
    access = access_of(store)
    for path in _paths(shown):
        assert access.may(route_of("GET", path.removeprefix("/desk")).right), path
    for path in FORMS.findall(shown):
        agent = re.match(r"/agents/(\d+)/", path)
        assert access.may(route_of("POST", path).right, int(agent.group(1)) if agent else None), path


def _paths(shown: str) -> set[str]:
    return {path.partition("?")[0] for path in LEADS.findall(shown)}


def _is_no_page(path: str) -> bool:
    """A stream that never ends, or what a button of a page asks for."""
    return path.endswith(("/events", "/suggestion"))
