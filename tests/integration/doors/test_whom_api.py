"""The agent of a talk in the API: chosen at a move, kept, taken back, and refused where it is nobody's to choose."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.casework.free_times import Agent
from tests.support.agents import add_agents, agents_of, leaves
from tests.support.desk import CONTACT
from tests.support.plain_forms import times_in
from tests.support.two_towns import HERE, THERE, TwoTowns, two_towns

REFUSED = (422, "agent_not_offered")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[TwoTowns]:
    """Here one may choose, there not."""
    with two_towns(tmp_path) as both:
        both.towns[HERE] = replace(both.towns[HERE], choose_agent=True)
        yield both


@pytest.fixture
def three(served: TwoTowns) -> list[Agent]:
    return add_agents(served.store, "Mette Holm", "Bo Lund")


@pytest.fixture
def code(served: TwoTowns, three: list[Agent]) -> str:
    return served.young(HERE).books(served.towns[HERE], CONTACT).code


def times(served: TwoTowns, town: str = HERE) -> list[str]:
    return times_in(served.client.get(f"/book?kommune={town}&maade=phone"))


def move(served: TwoTowns, code: str, starts_at: str, **more: object) -> tuple[int, dict[str, Any]]:
    answer = served.client.post("/api/bookings/move", json={"code": code, "starts_at": starts_at, **more})
    return answer.status_code, answer.json()


def find(served: TwoTowns, code: str) -> dict[str, Any]:
    found: dict[str, Any] = served.client.post("/api/bookings/find", json={"code": code}).json()
    return found


def test_a_booking_tells_whom_it_can_be_moved_to_and_whom_it_is_with(
    served: TwoTowns, code: str, three: list[Agent]
) -> None:
    found = find(served, code)
    assert found["agent"] is None, "nobody was chosen"
    assert found["agents"] == [{"id": one.id, "name": one.name.split()[0]} for one in three]
    mette, later = three[1].id, times(served)
    status, moved = move(served, code, later[3], agent=mette)
    assert (status, moved["agent"]) == (200, {"id": mette, "name": "Mette"})
    assert move(served, code, later[4])[1]["agent"]["id"] == mette, "left out, it stays"
    assert move(served, code, later[5], agent=None)[1]["agent"] is None, "null takes it back"
    assert move(served, code, later[6], agent=float(mette))[1]["agent"]["id"] == mette, "in JSON 2.0 is whole too"


def test_who_is_nobody_s_to_choose_is_refused_and_the_talk_stands(
    served: TwoTowns, code: str, three: list[Agent]
) -> None:
    before, [theirs] = find(served, code), agents_of(served.store, THERE)
    for agent in (99_999, theirs.id):
        status, problem = move(served, code, times(served)[3], agent=agent)
        assert (status, problem["code"]) == REFUSED
    leaves(served.store, three[1])
    status, problem = move(served, code, times(served)[3], agent=three[1].id)
    assert (status, problem["code"]) == REFUSED
    after = find(served, code)
    assert (after["starts_at"], after["status"]) == (before["starts_at"], "active")


@pytest.mark.parametrize("agent", ["1", 0, -1, 1.5, True, [], {}, 2**31])
def test_what_is_no_number_of_an_agent_is_said(served: TwoTowns, code: str, agent: object) -> None:
    status, problem = move(served, code, times(served)[3], agent=agent)
    assert (status, problem["code"]) == (422, "invalid_agent")


def test_a_town_that_lets_nobody_choose_names_nobody(served: TwoTowns, three: list[Agent]) -> None:
    code = served.young(THERE).books(served.towns[THERE], CONTACT).code
    add_agents(served.store, "Vera Krog", town=THERE)
    found = find(served, code)
    assert (found["agent"], found["agents"]) == (None, [])
    for agent in agents_of(served.store, THERE):
        status, problem = move(served, code, times(served, THERE)[3], agent=agent.id)
        assert (status, problem["code"]) == REFUSED
    assert move(served, code, times(served, THERE)[3], agent=None)[0] == 200


def test_who_was_chosen_and_left_is_followed_by_whoever_is_free(
    served: TwoTowns, code: str, three: list[Agent]
) -> None:
    later = times(served)
    move(served, code, later[3], agent=three[1].id)
    leaves(served.store, three[1])
    status, moved = move(served, code, later[5])
    assert (status, moved["agent"]) == (200, None)
