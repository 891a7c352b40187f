"""A municipality and those who work at its desk are added by a command, and whoever was added can sign in."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.casework.rights import Access, Role
from bot.municipality.demo import DEMO_ROLES, refuse_demo, seed_demo
from bot.municipality.towns import Municipality, load_municipalities
from bot.settings import Settings, load_settings
from bot.store.store import Store
from bot.upkeep.roles import Wanted
from bot.upkeep.staff import LONGEST_SHOWN_NAME, NewUser, NotAddedError, add_municipality, add_user
from tests.support.commands import Run
from tests.support.desk import desk_app
from tests.support.the_tests import THE_TESTS

PASSWORD = "et-langt-kodeord-til-skrivebordet"
ANNA = NewUser("horsens", "anna@horsens.example", "Anna fra Ungehuset", Wanted(["caseworker"]))


@pytest.fixture
def towns(municipality: Municipality) -> dict[str, Municipality]:
    return {"eksempel": municipality, "horsens": replace(municipality, slug="horsens", invented=False)}


@pytest.fixture
def empty(database_url: str) -> Iterator[Store]:
    """A store of which nobody has made anything yet."""
    opened = Store(database_url, "a key for tests")
    opened.migrate()
    yield opened
    opened.close()


def test_the_user_of_the_demo_has_its_roles_again_at_each_start(empty: Store, municipality: Municipality) -> None:
    """Also where it worked here before there were roles."""
    seed_demo(empty, municipality, PASSWORD)
    with empty.write(THE_TESTS) as work:
        demo = work.people.user("demo")
        assert demo
        work.people.set_roles(demo, [Role.BEFORE])
    seed_demo(empty, municipality, PASSWORD)
    with empty.read(THE_TESTS) as work:
        found = work.people.user("demo")
    assert found is not None
    assert found.access.roles == set(DEMO_ROLES)
    assert found.access.agent


def sign_in(store: Store, name: str, password: str) -> int:
    app = desk_app(store, Settings(_env_file=None))
    known = app.state.municipalities
    # That a code is asked for elsewhere is tested with the sign-in.
    app.state.municipalities = known | {"horsens": replace(known["eksempel"], slug="horsens")}
    client = TestClient(app)
    return client.post("/desk/sign-in", json={"user": name, "password": password}).status_code


def test_who_was_added_signs_in_at_the_desk_of_a_store_that_production_takes(
    empty: Store, towns: dict[str, Municipality], tmp_path: Path
) -> None:
    agents = add_municipality(empty, towns, "horsens", production=True)
    add_user(empty, ANNA, PASSWORD)
    assert (sign_in(empty, ANNA.name, PASSWORD), sign_in(empty, ANNA.name, f"{PASSWORD}!")) == (200, 401)
    with empty.read(THE_TESTS) as work:
        user, noted = work.people.user(ANNA.name), work.people.noted("horsens")
        names = list(work.agents.names("horsens").values())
    assert user
    assert (user.municipality, user.shown_name, user.title) == ("horsens", ANNA.shown_name, "ungerådgiver")
    assert user.access == Access(frozenset({Role.CASEWORKER}))
    assert names == [agent.name for agent in towns["horsens"].agents]
    assert len(names) == agents
    assert [(one.user, one.action, one.subject) for one in noted[:3]] == [
        (None, "add_municipality", "horsens"),
        (None, "add_user", ANNA.name),
        (None, "give_caseworker", ANNA.name),
    ]
    refuse_demo(empty)


@pytest.mark.parametrize(("slug", "why"), [("findes-ikke", "Known: eksempel, horsens"), ("eksempel", "invented")])
def test_no_municipality_is_added_that_cannot_be_served(
    empty: Store, towns: dict[str, Municipality], slug: str, why: str
) -> None:
    with pytest.raises(NotAddedError, match=why):
        add_municipality(empty, towns, slug, production=True)
    with empty.read(THE_TESTS) as work:
        assert list(work.people.municipalities()) == []


def test_a_municipality_is_added_once(empty: Store, towns: dict[str, Municipality]) -> None:
    agents = add_municipality(empty, towns, "horsens", production=True)
    with pytest.raises(NotAddedError, match="is there already"):
        add_municipality(empty, towns, "horsens", production=True)
    with empty.read(THE_TESTS) as work:
        assert len(work.agents.names("horsens")) == agents


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"municipality": "nabo"}, "hjemad add-municipality nabo"),
        ({"name": "Anna"}, "small letters"),
        ({"name": "anna jensen"}, "small letters"),
        ({"name": "a"}, "small letters"),
        ({"name": "a" * 65}, "small letters"),
        ({"name": "anna\n"}, "small letters"),
        ({"name": "demo"}, "demo"),
        ({"shown_name": "  "}, "shown name"),
        ({"shown_name": "x" * (LONGEST_SHOWN_NAME + 1)}, "shown name"),
    ],
)
def test_a_user_who_could_not_work_is_refused_with_what_is_wrong(
    empty: Store, towns: dict[str, Municipality], wrong: dict[str, str], why: str
) -> None:
    add_municipality(empty, towns, "horsens", production=True)
    new = replace(ANNA, **wrong)
    with pytest.raises(NotAddedError, match=why):
        add_user(empty, new, PASSWORD)
    with empty.read(THE_TESTS) as work:
        assert work.people.user(new.name) is None


@pytest.mark.parametrize("password", ["", "kort", "elleve-tegn", "abcababcabcabcabc", "min-anna@horsens", "x" * 1025])
def test_a_password_that_is_easy_to_guess_is_refused_and_not_told_back(
    empty: Store, towns: dict[str, Municipality], password: str
) -> None:
    add_municipality(empty, towns, "horsens", production=True)
    with pytest.raises(NotAddedError, match="password") as refused:
        add_user(empty, ANNA, password)
    assert not password or password not in str(refused.value)
    with empty.read(THE_TESTS) as work:
        assert work.people.user(ANNA.name) is None


def test_a_name_that_is_taken_keeps_its_password(empty: Store, towns: dict[str, Municipality]) -> None:
    add_municipality(empty, towns, "horsens", production=True)
    add_user(empty, ANNA, PASSWORD)
    with pytest.raises(NotAddedError, match="is taken"):
        add_user(empty, ANNA, "et-helt-andet-langt-kodeord")
    assert sign_in(empty, ANNA.name, PASSWORD) == 200


def test_the_commands_read_the_password_from_the_standard_input_and_show_it_nowhere(run: Run) -> None:
    added = run("add-municipality", "eksempel")
    assert (added.exit_code, "eksempel is served" in added.output) == (0, True)
    told = run("add-user", "eksempel", "anna", "--shown-name", "Anna", given=f"{PASSWORD}\nmore\n")
    assert (told.exit_code, "anna can sign in" in told.output, PASSWORD in told.output) == (0, True, False)
    settings = load_settings()
    store = Store(settings.store_url, settings.key())
    assert sign_in(store, "anna", PASSWORD) == 200
    store.close()


@pytest.mark.parametrize(
    "command",
    [
        ("add-municipality", "findes-ikke"),
        ("add-user", "eksempel", "anna", "--shown-name", "Anna"),
        ("add-user", "eksempel", "Anna", "--shown-name", "Anna"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(run: Run, command: tuple[str, ...]) -> None:
    told = run(*command, given="kort\n")
    assert (told.exit_code, "NotAddedError" in told.output, "Traceback" in told.output) == (1, True, False)


def test_no_option_takes_a_password(run: Run) -> None:
    told = run("add-user", "eksempel", "anna", "--shown-name", "Anna", "--password", PASSWORD)
    assert told.exit_code == 2


def test_every_town_of_this_checkout_can_be_added(empty: Store) -> None:
    for slug in load_municipalities():
        add_municipality(empty, load_municipalities(), slug, production=False)
