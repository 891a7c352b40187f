"""A boligagent sees and changes their own talks and hours; a colleague's are refused, and that is noted."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.after_booking import call_off
from bot.casework.arranging import Seeker, book, free_times
from bot.casework.bookings import Booking, Contact, Wish
from bot.casework.free_times import Agent, Way, danish_day
from bot.casework.rights import Right, Role
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.agents import add_agents, agents_of
from tests.support.desk import PAGE, YoungPerson
from tests.support.reminders import NOON, talk_begins, talk_starts
from tests.support.roles import gives, person
from tests.support.the_tests import THE_TESTS

FAR = (datetime.now(UTC) + timedelta(days=400)).date().isoformat()
AWAY = {"day": FAR, "kind": "away", "confirmed": "keep"}
WEEK = {f"day_{day}": "" for day in range(7)} | {"most": "3", "confirmed": "keep"}


@pytest.fixture
def agents(store: Store) -> list[Agent]:
    """One's own, and a colleague."""
    return add_agents(store, "Kaj Kollega")


@pytest.fixture
def pia(app: Starlette, agents: list[Agent]) -> TestClient:
    return person(app, [Role.BOLIGAGENT], agents[0].id)


@pytest.fixture
def own(store: Store, municipality: Municipality, agents: list[Agent]) -> Booking:
    return talk_of(store, municipality, agents[0], "Olga")


@pytest.fixture
def colleagues(store: Store, municipality: Municipality, agents: list[Agent]) -> Booking:
    return talk_of(store, municipality, agents[1], "Karla")


def talk_of(store: Store, town: Municipality, agent: Agent, name: str) -> Booking:
    now, contact, young = datetime.now(UTC), Contact(first_name=name, phone="12345678"), YoungPerson(store)
    with store.write(THE_TESTS) as work:
        free = free_times(work, town.slug, Way.PHONE, town.rules, now, Seeker(chosen=agent.id))
        wish = Wish(
            str(uuid4()),
            town.slug,
            free[1].starts_at,
            Way.PHONE,
            town.places[Way.PHONE],
            young.id,
            contact,
            chosen=agent.id,
        )
        return book(work, wish, town.rules, now)


def everywhere(client: TestClient, *paths: str) -> str:
    return "".join(client.get(f"/desk{path}", headers=PAGE).text for path in ("/bookings", "/bookings.json", *paths))


def refused(store: Store) -> list[str | None]:
    with store.read(THE_TESTS) as work:
        return [entry.subject for entry in work.people.noted("eksempel") if entry.action == "refused"]


def test_each_list_holds_ones_own_talks_alone(
    pia: TestClient, store: Store, municipality: Municipality, agents: list[Agent]
) -> None:
    """Those to come, those outside the hours, those called off and those of which nobody has noted what became."""
    talks = {
        agent.id: [talk_of(store, municipality, agent, f"{agent.name}{kind}") for kind in "ABCD"] for agent in agents
    }
    for agent in agents:
        _, outside, called_off, over = talks[agent.id]
        with store.write(THE_TESTS) as work:
            work.agents.set_day(agent, danish_day(outside.starts_at), ())
            call_off(work, called_off, datetime.now(UTC))
        talk_starts(store, over, NOON - timedelta(days=3))
    page, listed = pia.get("/desk/bookings", headers=PAGE).text, pia.get("/desk/bookings.json").text
    (to_come, outside, called_off, over), others = talks[agents[0].id], talks[agents[1].id]
    assert (to_come.id in listed, to_come.contact.first_name in page) == (True, True)
    assert outside.contact.first_name in section(page, "outside")
    assert called_off.id in section(page, "unanswered")
    assert over.id in section(page, "unnoted")
    for talk in others:
        assert talk.id not in page + listed
        assert str(talk.contact.first_name) not in page


def section(page: str, heading: str) -> str:
    return page.partition(f'<h2 id="{heading}"')[2].partition("</section>")[0]


def test_a_caseworker_sees_the_talks_of_all(
    app: Starlette, agents: list[Agent], own: Booking, colleagues: Booking
) -> None:
    shown = everywhere(person(app, [Role.CASEWORKER]))
    assert all(talk.id in shown and str(talk.contact.first_name) in shown for talk in (own, colleagues))


def test_ones_own_week_is_shown_and_a_colleagues_is_refused(
    pia: TestClient, store: Store, agents: list[Agent], own: Booking, colleagues: Booking
) -> None:
    shown = pia.get("/desk/week", params={"fra": str(danish_day(own.starts_at)), "maade": "phone"}, headers=PAGE).text
    assert (f"<h1>{agents[0].name}" in shown, "Olga" in shown, agents[1].name in shown) == (True, True, False)
    assert pia.get(f"/desk/week?hos={agents[0].id}").status_code == 200
    assert pia.get(f"/desk/week?hos={agents[1].id}").status_code == 403
    assert refused(store) == [Right.TALKS_OF_ALL]


def test_ones_own_week_is_the_first_that_is_shown(app: Starlette, agents: list[Agent]) -> None:
    both = person(app, [Role.CASEWORKER, Role.BOLIGAGENT], agents[1].id)
    assert f"<h1>{agents[1].name}" in both.get("/desk/week", headers=PAGE).text


@pytest.mark.parametrize("act", ["move", "cancel"])
def test_an_answer_is_written_down_for_ones_own_talk_and_for_no_other(
    pia: TestClient, store: Store, own: Booking, colleagues: Booking, act: str
) -> None:
    with store.write(THE_TESTS) as work:
        for talk in (own, colleagues):
            call_off(work, talk, datetime.now(UTC))
    assert pia.get(f"/desk/bookings/{colleagues.id}/move").status_code == 403
    assert (
        pia.post(f"/desk/bookings/{colleagues.id}/{act}", json={"tid": colleagues.starts_at.isoformat()}).status_code
        == 403
    )
    assert refused(store) == [Right.TALKS_OF_ALL] * 2
    assert pia.get(f"/desk/bookings/{own.id}/move").status_code == 200
    assert pia.post(f"/desk/bookings/{own.id}/cancel").status_code == 200


def test_whether_people_met_is_noted_of_ones_own_talk_and_of_no_other(
    pia: TestClient, store: Store, own: Booking, colleagues: Booking
) -> None:
    for talk in (own, colleagues):
        talk_begins(store, talk)
    answers = [pia.post(f"/desk/bookings/{talk.id}/outcome", json={"outcome": "met"}) for talk in (own, colleagues)]
    assert [answer.status_code for answer in answers] == [200, 403]
    assert refused(store) == [Right.TALKS_OF_ALL]


@pytest.mark.parametrize(
    ("act", "fields"), [("day", AWAY), ("week", WEEK), ("feed", {"shows": "time"}), ("feed/close", {})]
)
def test_hours_are_ones_own_and_a_colleagues_are_refused(
    pia: TestClient, store: Store, agents: list[Agent], act: str, fields: dict[str, str]
) -> None:
    own, colleagues = (pia.post(f"/desk/agents/{agent.id}/{act}", data=fields, headers=PAGE) for agent in agents)
    assert own.status_code in (200, 303)
    assert (colleagues.status_code, refused(store)) == (403, [Right.DAYS_OF_ALL])
    assert agents_of(store)[1] == agents[1]


def test_no_hours_of_a_colleague_are_seen(pia: TestClient, store: Store, agents: list[Agent]) -> None:
    shown = pia.get("/desk/agents", headers=PAGE).text
    assert (agents[0].name in shown, agents[1].name in shown) == (True, False)
    assert [pia.get(f"/desk/agents/{agent.id}").status_code for agent in agents] == [200, 403]
    assert refused(store) == [Right.DAYS_OF_ALL]


def test_a_caseworker_calls_off_a_colleagues_day_and_leaves_the_weeks_alone(
    app: Starlette, store: Store, agents: list[Agent]
) -> None:
    """Who is at the desk when a boligagent calls in sick must be able to tell the young people."""
    eva = person(app, [Role.CASEWORKER])
    path = f"/desk/agents/{agents[0].id}"
    page = eva.get(path, headers=PAGE).text
    assert ("Væk hele dagen" in page, 'name="day_0"' in page, "Lav en adresse" in page) == (True, False, False)
    assert f"{agents[0].openings[0].start:%H.%M}" in page
    assert eva.post(f"{path}/day", data=AWAY, headers=PAGE).status_code == 303
    assert eva.post(f"{path}/week", data=WEEK, headers=PAGE).status_code == 403
    assert refused(store) == [Right.WEEKS]


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("week", WEEK),
        ("week", {name: value for name, value in WEEK.items() if name != "confirmed"}),
        ("feed", {"shows": "time"}),
        ("feed/close", {}),
    ],
)
def test_two_roles_reach_no_further_than_each_of_them(
    app: Starlette, store: Store, agents: list[Agent], act: str, fields: dict[str, str]
) -> None:
    """A boligagent's own weeks and a caseworker's days of all are not the weeks of all."""
    both = person(app, [Role.CASEWORKER, Role.BOLIGAGENT], agents[0].id)
    weeks = [both.post(f"/desk/agents/{agent.id}/{act}", data=fields, headers=PAGE) for agent in agents]
    days = [both.post(f"/desk/agents/{agent.id}/day", data=AWAY, headers=PAGE) for agent in agents]
    assert [answer.status_code == 403 for answer in weeks] == [False, True]
    assert [answer.status_code for answer in days] == [303, 303]
    assert refused(store) == [Right.WEEKS_OF_ALL]


def test_a_boligagent_of_nobody_sees_nobodys_talks_and_is_told_why(
    app: Starlette, own: Booking, colleagues: Booking
) -> None:
    nobody = person(app, [Role.BOLIGAGENT])
    shown = everywhere(nobody, "/agents")
    assert not any(str(talk.contact.first_name) in shown for talk in (own, colleagues))
    assert "Du er ikke knyttet til en boligagent her." in shown
    assert nobody.get("/desk/week", headers=PAGE).headers["Location"] == "/desk/agents"


def test_whose_talks_are_ones_own_may_change_while_signed_in(
    pia: TestClient, store: Store, agents: list[Agent], own: Booking, colleagues: Booking
) -> None:
    gives(store, [Role.BOLIGAGENT], agents[1].id)
    shown = everywhere(pia)
    assert (own.id in shown, colleagues.id in shown) == (False, True)
