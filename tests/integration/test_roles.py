"""Roles are given, changed and listed by commands, and each that is given or taken stands in the audit log."""

from collections.abc import Collection
from datetime import UTC, datetime

import pytest

from bot.casework.rights import Access, Role
from bot.municipality.demo import DEMO_USER
from bot.municipality.towns import Municipality
from bot.store.people import DeskUser
from bot.store.store import Store
from bot.upkeep.roles import RolesError, Wanted, set_roles, users
from bot.upkeep.staff import NewUser, add_user
from tests.support.agents import add_agents, agents_of, leaves
from tests.support.commands import Run
from tests.support.desk import add_caseworker
from tests.support.the_tests import THE_TESTS

PASSWORD = "et-langt-kodeord-til-skrivebordet"


@pytest.fixture
def towns(municipality: Municipality) -> dict[str, Municipality]:
    return {municipality.slug: municipality}


@pytest.fixture(autouse=True)
def anna(store: Store) -> None:
    add_caseworker(store, "eksempel", "anna", [Role.CASEWORKER])


def found(store: Store, name: str = "anna") -> DeskUser:
    with store.read(THE_TESTS) as work:
        user = work.people.user(name)
    assert user
    return user


def noted(store: Store) -> list[tuple[int | None, str, str | None]]:
    with store.read(THE_TESTS) as work:
        return [(one.user, one.action, one.subject) for one in work.people.noted("eksempel")]


def test_the_roles_named_hold_and_no_others(store: Store, towns: dict[str, Municipality]) -> None:
    set_roles(store, towns, "anna", Wanted(["lead", "maintainer", "lead"]))
    assert found(store).access == Access(frozenset({Role.LEAD, Role.MAINTAINER}))
    set_roles(store, towns, "anna", Wanted(["caseworker"]))
    assert found(store).access == Access(frozenset({Role.CASEWORKER}))


def test_each_role_that_is_given_or_taken_is_noted_and_no_other(store: Store, towns: dict[str, Municipality]) -> None:
    set_roles(store, towns, "anna", Wanted(["caseworker", "lead"]))
    set_roles(store, towns, "anna", Wanted(["caseworker", "lead"]))
    set_roles(store, towns, "anna", Wanted(["administrator", "lead"]))
    acts = ["give_lead", "give_administrator", "take_caseworker"]
    assert noted(store) == [(None, act, "anna") for act in acts]


def test_to_be_another_boligagent_is_noted_as_taken_and_given(store: Store, towns: dict[str, Municipality]) -> None:
    kaj, lis = add_agents(store, "Kaj Lund", "Lis Holm")[-2:]
    set_roles(store, towns, "anna", Wanted(["boligagent"], kaj.name))
    before = len(noted(store))
    set_roles(store, towns, "anna", Wanted(["boligagent"], lis.name))
    acts = ("give_boligagent", "take_boligagent")
    assert noted(store)[before:] == [(None, act, "anna") for act in acts]
    assert found(store).access.agent == lis.id


@pytest.mark.parametrize("by", ["name", "number"])
def test_a_boligagent_is_one_of_those_who_have_hours(store: Store, towns: dict[str, Municipality], by: str) -> None:
    kaj = add_agents(store, "Kaj Lund")[-1]
    given = kaj.name if by == "name" else str(kaj.id)
    set_roles(store, towns, "anna", Wanted(["boligagent", "caseworker"], given))
    assert found(store).access.agent == kaj.id
    set_roles(store, towns, "anna", Wanted(["boligagent"]))
    assert found(store).access == Access(frozenset({Role.BOLIGAGENT}), kaj.id), (
        "whom they are stays when nobody is named"
    )
    set_roles(store, towns, "anna", Wanted(["caseworker"]))
    assert found(store).access.agent is None


@pytest.mark.parametrize(
    ("name", "wanted", "why"),
    [
        ("anna", Wanted([]), "no role was named; known: caseworker, boligagent, lead, maintainer, administrator"),
        ("anna", Wanted(["boss"]), "no role 'boss'"),
        ("anna", Wanted(["Lead"]), "no role 'Lead'"),
        ("anna", Wanted(["before"]), "no role 'before'"),
        ("anna", Wanted(["lead"], title="chef"), "no title 'chef'"),
        ("anna", Wanted(["boligagent"]), "which boligagent they are: Boligagenten"),
        ("anna", Wanted(["boligagent"], "Nobody"), "which boligagent they are"),
        ("anna", Wanted(["boligagent"], "Twin"), r"Twin \(\d+\), Twin \(\d+\)"),
        ("anna", Wanted(["boligagent"], "Gone"), "which boligagent they are"),
        ("anna", Wanted(["lead"], "Boligagenten"), "add the role boligagent"),
        ("nobody", Wanted(["lead"]), "nobody at the desk is called 'nobody'"),
        ("gone", Wanted(["lead"]), "nobody at the desk is called 'gone'"),
        (DEMO_USER, Wanted(["lead"]), "keeps its roles"),
    ],
)
def test_what_cannot_be_given_is_told_and_changes_nothing(
    store: Store, towns: dict[str, Municipality], name: str, wanted: Wanted, why: str
) -> None:
    leaves(store, add_agents(store, "Twin", "Twin", "Gone")[-1])
    add_caseworker(store, "eksempel", "gone")
    with store.write(THE_TESTS) as work:
        work.people.remove_user(found(store, "gone"), datetime.now(UTC))
    before = [found(store, one).access for one in ("anna", "gone", DEMO_USER)]
    with pytest.raises(RolesError, match=why):
        set_roles(store, towns, name, wanted)
    assert [found(store, one).access for one in ("anna", "gone", DEMO_USER)] == before
    assert noted(store) == []


def test_a_boligagent_of_another_town_is_nobody_here(store: Store, towns: dict[str, Municipality]) -> None:
    add_caseworker(store, "nabo", "carl")
    with store.write(THE_TESTS) as work:
        number = work.agents.add("nabo", "Nora Nabo", ())
    for given in ("Nora Nabo", str(number)):
        with pytest.raises(RolesError, match="which boligagent they are"):
            set_roles(store, towns, "anna", Wanted(["boligagent"], given))


@pytest.mark.parametrize(
    ("roles", "title", "told"),
    [
        (["caseworker"], "", "ungerådgiver"),
        (["caseworker", "boligagent"], "", "boligagent"),
        (["caseworker"], "boligagent", "boligagent"),
        (["administrator"], "", "ungerådgiver"),
    ],
)
def test_what_young_people_are_told_follows_from_the_roles_of_somebody_new_or_is_said(
    store: Store, roles: Collection[str], title: str, told: str
) -> None:
    agent = "Boligagenten" if "boligagent" in roles else ""
    add_user(store, NewUser("eksempel", "eva", "Eva", Wanted(roles, agent, title)), PASSWORD)
    assert (found(store, "eva").title, found(store, "eva").access.roles) == (told, {Role(role) for role in roles})
    assert noted(store)[1:] == [(None, f"give_{role}", "eva") for role in sorted(roles)]


def test_what_young_people_were_told_stays_when_roles_change_unless_it_is_said(
    store: Store, towns: dict[str, Municipality]
) -> None:
    set_roles(store, towns, "anna", Wanted(["lead"]))
    assert found(store).title == "boligagent"
    set_roles(store, towns, "anna", Wanted(["lead"], title="ungerådgiver"))
    assert found(store).title == "ungerådgiver"


def test_who_works_where_is_listed_by_name_with_their_roles(store: Store) -> None:
    add_caseworker(store, "nabo", "carl", [Role.LEAD, Role.CASEWORKER])
    add_caseworker(store, "eksempel", "bo", [Role.BOLIGAGENT], agents_of(store)[0].id)
    add_caseworker(store, "eksempel", "gone")
    with store.write(THE_TESTS) as work:
        work.people.remove_user(found(store, "gone"), datetime.now(UTC))
    add_caseworker(store, "eksempel", "ny", [])
    lines = [
        "eksempel: anna (Anna): caseworker",
        "eksempel: bo (Bo): boligagent (Boligagenten)",
        "eksempel: demo (Demo fra Ungehuset): caseworker, boligagent (Boligagenten), lead",
        "eksempel: ny (Ny): no role",
    ]
    carl = "nabo: carl (Carl): caseworker, lead"
    assert users(store, "eksempel") == lines
    assert users(store) == [*lines, carl]
    with pytest.raises(RolesError, match="no municipality 'findes-ikke'"):
        users(store, "findes-ikke")


def test_the_commands_give_change_and_list(run: Run) -> None:
    run("add-municipality", "eksempel")
    given = f"{PASSWORD}\n"
    wrong = run("add-user", "eksempel", "eva", "--shown-name", "Eva", "--role", "boligagent", given=given)
    assert (wrong.exit_code, "RolesError" in wrong.output, "Traceback" in wrong.output) == (1, True, False)
    two = ("--role", "boligagent", "--role", "lead", "--agent", "Boligagenten")
    assert run("add-user", "eksempel", "eva", "--shown-name", "Eva", *two, given=given).exit_code == 0
    assert "eksempel: eva (Eva): boligagent (Boligagenten), lead" in run("users", "eksempel").output
    changed = run("set-roles", "eva", "caseworker")
    assert (changed.exit_code, "eva is from now on: caseworker" in changed.output) == (0, True)
    assert "eksempel: eva (Eva): caseworker" in run("users").output
    assert run("set-roles", "eva").exit_code == 2
    unknown = run("set-roles", "eva", "boss")
    assert (unknown.exit_code, "no role 'boss'" in unknown.output, "Traceback" in unknown.output) == (1, True, False)
