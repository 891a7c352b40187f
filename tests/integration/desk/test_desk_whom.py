"""Whom a talk is with, chosen at the desk for somebody who called, and what a colleague's taking over tells."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.after_booking import call_off
from bot.casework.arranging import find
from bot.casework.bookings import Booking
from bot.casework.free_times import Agent
from bot.municipality.towns import Municipality
from bot.store.store import Store
from bot.web.plain.whom import GONE
from tests.support.agents import add_agents, leaves
from tests.support.desk import CONTACT, PAGE, YoungPerson
from tests.support.plain_forms import attempt_in, times_in, words_in
from tests.support.the_tests import THE_TESTS


@pytest.fixture
def three(store: Store) -> list[Agent]:
    return add_agents(store, "Mette Holm", "Bo Lund")


def by_hand(client: TestClient, agent: Agent) -> dict[str, str]:
    """What the form sends for a talk with this one at the first time shown."""
    form = client.get(f"/desk/bookings/new?maade=office&hos={agent.id}", headers=PAGE)
    assert f'<option value="{agent.id}" selected>{agent.name}</option>' in form.text
    return {"maade": "office", "hos": str(agent.id), "tid": times_in(form)[0], "forsoeg": attempt_in(form)}


def chosen_by(store: Store, young: YoungPerson, town: Municipality, agent: Agent) -> Booking:
    """A talk that the young person has with this one by their own choice."""
    talk = replace(young.books(town, CONTACT), agent=agent.id, chosen=agent.id)
    with store.write(THE_TESTS) as work:
        work.bookings.change(talk)
    return talk


def test_a_caller_gets_the_one_they_want_whatever_young_people_are_shown(
    anna: TestClient, store: Store, municipality: Municipality, three: list[Agent]
) -> None:
    assert not municipality.choose_agent
    mette = three[1]
    answer = anna.post("/desk/bookings/new", data=by_hand(anna, mette), headers=PAGE)
    with store.read(THE_TESTS) as work:
        talk = find(work, words_in(answer))
    assert (talk.agent, talk.chosen) == (mette.id, mette.id)
    assert "har valgt Mette Holm" in anna.get("/desk/bookings", headers=PAGE).text


def test_who_left_meanwhile_is_said_and_nothing_is_lost(anna: TestClient, store: Store, three: list[Agent]) -> None:
    mette = three[1]
    fields = by_hand(anna, mette) | {"fornavn": "Ali"}
    leaves(store, mette)
    answer = anna.post("/desk/bookings/new", data=fields, headers=PAGE)
    assert answer.status_code == 422
    assert all(told in answer.text for told in ("kan man ikke få en tid nu", 'value="Ali"', fields["tid"]))
    assert "Mette" not in answer.text


@pytest.mark.parametrize("hos", ["x", "0", "99999"])
def test_a_number_of_nobody_is_said(anna: TestClient, three: list[Agent], hos: str) -> None:
    answer = anna.post("/desk/bookings/new", data=by_hand(anna, three[1]) | {"hos": hos}, headers=PAGE)
    assert (answer.status_code, GONE in answer.text, 'href="#hos"' in answer.text) == (422, True, True)


def test_an_answer_on_the_phone_may_name_another(
    anna: TestClient, store: Store, municipality: Municipality, young: YoungPerson, three: list[Agent]
) -> None:
    _, mette, bo = three
    talk = chosen_by(store, young, municipality, mette)
    with store.write(THE_TESTS) as work:
        call_off(work, talk, datetime.now(UTC))
    path = f"/desk/bookings/{talk.id}/move"
    shown = anna.get(path, headers=PAGE).text
    assert all(told in shown for told in ("har valgt Mette Holm", f'name="hos" value="{mette.id}"'))
    offered = anna.get(path, params={"hos": bo.id}, headers=PAGE)
    wrong = anna.post(path, data={"tid": times_in(offered)[2], "hos": "99999"}, headers=PAGE)
    assert (wrong.status_code, GONE in wrong.text) == (422, True)
    anna.post(path, data={"tid": times_in(offered)[2], "hos": str(bo.id)}, headers=PAGE)
    with store.read(THE_TESTS) as work:
        moved = find(work, talk.code)
    assert (moved.agent, moved.chosen) == (bo.id, bo.id)


@pytest.mark.parametrize("shows_names", [True, False])
def test_who_chose_is_told_when_a_colleague_takes_over_where_names_are_shown(
    anna: TestClient,
    app: Starlette,
    store: Store,
    municipality: Municipality,
    young: YoungPerson,
    three: list[Agent],
    shows_names: bool,  # noqa: FBT001 -- a parameter of the test
) -> None:
    app.state.municipalities["eksempel"] = replace(municipality, choose_agent=shows_names)
    mette = three[1]
    chosen_by(store, young, municipality, mette)
    anna.post(f"/desk/agents/{mette.id}/hand-over", headers=PAGE)
    with store.read(THE_TESTS) as work:
        last = work.conversations.after(young.id, 0)[-1]
    colleagues = (f"er nu hos {one.name.split()[0]}" in last.text for one in three if one != mette)
    assert (any(colleagues), "i stedet" in last.text) == (shows_names, shows_names)
    assert [button.payload for button in last.buttons] == (["/booking_reschedule"] if shows_names else [])
