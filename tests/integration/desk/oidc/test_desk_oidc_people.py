"""Who comes in by the municipality's own sign-in is the same person each time, with the roles of today."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.rights import Access, Role
from bot.store.people import DeskUser
from bot.store.store import Store
from bot.upkeep.roles import Wanted, set_roles
from tests.support.agents import add_agents, leaves
from tests.support.desk import PAGE, desk_app
from tests.support.provider import (
    BOLIGAGENT,
    BY_CLAIM,
    CASEWORKER,
    LEAD,
    Directory,
    came,
    comes_in,
    noted,
    refused,
    settings_for,
    starts,
)
from tests.support.the_tests import THE_TESTS


def test_the_same_person_is_found_again_with_the_roles_of_today(
    visitor: TestClient, app: Starlette, town: Directory, store: Store
) -> None:
    town.knows("liv", given_name="Liv", roles=[CASEWORKER])
    comes_in(visitor, town, "liv")
    town.knows("liv", given_name="Liv", roles=[LEAD, "Noget andet"])
    comes_in(TestClient(app, follow_redirects=False), town, "liv")
    [liv] = came(store)
    assert liv.access.roles == {Role.LEAD}
    assert [action for _, action, _ in noted(store)] == [
        "add_user",
        "give_caseworker",
        "sign_in",
        "give_lead",
        "take_caseworker",
        "sign_in",
    ]
    assert visitor.get("/desk/people").status_code == 200, "also where they were signed in already"


@pytest.mark.parametrize("roles", [[], ["Noget andet"], "before", ["before", 7, None], None, {"x": 1}])
def test_who_has_no_role_is_told_so_and_is_nobody_here(
    visitor: TestClient, town: Directory, store: Store, roles: object
) -> None:
    town.knows("kaj", given_name="Kaj", roles=roles)
    refused(comes_in(visitor, town, "kaj"), visitor, "du har ikke adgang her", 403)
    assert (came(store), noted(store)) == ([], [])


def test_whose_role_is_taken_loses_it_where_they_are_signed_in(
    visitor: TestClient, app: Starlette, town: Directory, store: Store
) -> None:
    town.knows("eva", given_name="Eva", roles=[CASEWORKER])
    comes_in(visitor, town, "eva")
    assert visitor.get("/desk/queue.json").status_code == 200
    town.knows("eva", given_name="Eva", roles=[])
    other = TestClient(app, follow_redirects=False)
    refused(comes_in(other, town, "eva"), other, "du har ikke adgang her", 403)
    assert visitor.get("/desk/queue.json").status_code == 403
    assert noted(store)[-2][1] == "take_caseworker"


def test_who_was_removed_stays_so(visitor: TestClient, town: Directory, store: Store) -> None:
    town.knows("bent", given_name="Bent", roles=[CASEWORKER])
    comes_in(visitor, town, "bent")
    [bent] = came(store)
    with store.write(THE_TESTS) as work:
        work.people.remove_user(bent, datetime.now(UTC))
    refused(comes_in(visitor, town, "bent"), visitor, "du har ikke adgang her", 403)
    [still] = came(store)
    assert still.removed_at


@pytest.mark.parametrize("removed_in", ["eksempel", "nabo"])
def test_who_was_removed_in_one_town_does_not_come_in_by_another(
    store: Store, town: Directory, tmp_path: Path, removed_in: str
) -> None:
    app = desk_app(store, settings_for(town.issuer, tmp_path, **BY_CLAIM))
    clients = {}
    for cvr, slug in (("11111111", "eksempel"), ("22222222", "nabo")):
        town.knows("kim", given_name="Kim", cvr=cvr, realm_access={"roles": [CASEWORKER]})
        clients[slug] = TestClient(app, follow_redirects=False)
        assert comes_in(clients[slug], town, "kim").status_code == 200
    with store.write(THE_TESTS) as work:
        work.people.remove_user(came(store, removed_in)[0], datetime.now(UTC))
    late = TestClient(app, follow_redirects=False)
    for cvr in ("11111111", "22222222"):
        town.knows("kim", given_name="Kim", cvr=cvr, realm_access={"roles": [CASEWORKER]})
        refused(comes_in(late, town, "kim"), late, "du har ikke adgang her", 403)
    assert clients["nabo"].get("/desk/queue.json").status_code in (401, 403)


def ida_comes(app: Starlette, town: Directory, store: Store, roles: list[str]) -> DeskUser:
    town.knows("ida", name="Ida Lind", roles=roles)
    comes_in(TestClient(app, follow_redirects=False), town, "ida")
    [ida] = came(store)
    return ida


def test_nobody_is_a_boligagent_by_a_name(app: Starlette, town: Directory, store: Store) -> None:
    """A name is chosen by whoever has it, and the talks of a boligagent are for nobody else."""
    add_agents(store, "Ida Lind")
    ida = ida_comes(app, town, store, [BOLIGAGENT])
    assert (ida.access, ida.title) == (Access(frozenset({Role.BOLIGAGENT}), None), "boligagent")
    assert ida_comes(app, town, store, [BOLIGAGENT]).access.agent is None


@pytest.mark.parametrize("between", [[], [CASEWORKER]])
def test_which_boligagent_somebody_is_stays_also_while_they_are_none(
    app: Starlette, town: Directory, store: Store, between: list[str]
) -> None:
    agent = add_agents(store, "Ida Lind")[-1]
    ida_comes(app, town, store, [BOLIGAGENT])
    set_roles(store, {}, came(store)[0].name, Wanted(["boligagent"], str(agent.id)))
    assert ida_comes(app, town, store, between).access.agent is None
    assert ida_comes(app, town, store, [BOLIGAGENT]).access.agent == agent.id
    leaves(store, agent)
    assert ida_comes(app, town, store, [BOLIGAGENT]).access.agent is None


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"name": ""},
        {"name": 7},
        {"given_name": "  \n ", "name": "x" * 500},
        {"name": "<b>Bo</b>"},
        {"name": "B\x00o\x1f"},
    ],
)
def test_whatever_somebody_is_called_they_come_in(
    visitor: TestClient, town: Directory, store: Store, claims: dict[str, object]
) -> None:
    town.knows("nogen", roles=[CASEWORKER], **claims)
    assert comes_in(visitor, town, "nogen").status_code == 200
    [user] = came(store)
    assert 0 < len(user.shown_name) <= 120
    assert "<b>" not in visitor.get("/desk/", headers=PAGE).text


def test_municipalities_and_nested_roles_are_read_from_claims(store: Store, town: Directory, tmp_path: Path) -> None:
    app = desk_app(store, settings_for(town.issuer, tmp_path, **BY_CLAIM))
    for cvr, status in (("11111111", 200), ("33333333", 403), ("4", 403), ("22222222", 200)):
        town.knows("pia", given_name="Pia", cvr=cvr, realm_access={"roles": [CASEWORKER]})
        assert comes_in(TestClient(app, follow_redirects=False), town, "pia").status_code == status
    [before], [now] = came(store), came(store, "nabo")
    assert (before.access.roles, now.access.roles) == (frozenset(), {Role.CASEWORKER})
    town.knows("pia", given_name="Pia", cvr=["11111111", "22222222"], realm_access={"roles": [CASEWORKER]})
    assert comes_in(TestClient(app, follow_redirects=False), town, "pia").status_code == 403


def test_of_two_tabs_the_first_time_there_is_one_person(app: Starlette, town: Directory, store: Store) -> None:
    town.knows("to", given_name="To", roles=[CASEWORKER])
    tabs = [TestClient(app, follow_redirects=False) for _ in range(2)]
    ways = [town.lets_in(starts(tab), "to") for tab in tabs]
    assert [tab.get(way, headers=PAGE).status_code for tab, way in zip(tabs, ways, strict=True)] == [200, 200]
    assert len(came(store)) == 1
