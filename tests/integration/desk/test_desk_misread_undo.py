"""At the desk a maintainer finds what is decided, takes it back, and is told what must be mended in the data."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.rights import Role
from bot.review.reviewing import TEACHABLE
from bot.store.store import Store
from tests.support.desk import PAGE, YoungPerson
from tests.support.review import asks, group_of, groups_in, lets_learn, night
from tests.support.roles import person
from tests.support.the_tests import THE_TESTS

LIST = "/desk/retraining"
DECIDED = f"{LIST}?vis=bestemt"
DANGER = {"dom": "correct", "betydning": "crisis_suicide"}


@pytest.fixture
def vera(app: Starlette) -> TestClient:
    return person(app, [Role.MAINTAINER], name="vera")


@pytest.fixture
def victor(app: Starlette) -> TestClient:
    return person(app, [Role.MAINTAINER], name="victor")


@pytest.fixture
def home(store: Store) -> str:
    """The group of two messages."""
    night(store, [lets_learn(asks(YoungPerson(store), "bolig nu", "bolig her", "vil dø"))])
    return group_of(store, "bolig nu")


def look(client: TestClient, path: str) -> str:
    answer = client.get(path, headers=PAGE)
    assert answer.status_code == 200, answer.text
    return answer.text


def does(client: TestClient, path: str, **fields: str) -> Response:
    return client.post(f"{LIST}/{path}", data=fields, headers=PAGE)


def presses(client: TestClient, group: str) -> Response:
    """Fortryd, as the page has it."""
    found = re.search(r'name="bestemt" value="([^"]+)"', look(client, f"{LIST}/{group}"))
    assert found
    return does(client, f"{group}/undo", bestemt=found[1])


def test_what_is_decided_is_found_and_taken_back(vera: TestClient, victor: TestClient, home: str) -> None:
    assert "I har ikke bestemt noget endnu." in look(vera, DECIDED)
    does(vera, home, dom="correct", betydning="money_debt")
    listed = look(victor, DECIDED)
    assert "Vera: det betyder »Min gæld«" in listed
    assert home in listed
    assert "bolig nu" in listed
    assert DECIDED in look(victor, LIST)
    back = presses(victor, home)
    assert (back.status_code, back.headers["Location"]) == (303, f"{LIST}/{home}?fortrudt")
    page = look(victor, back.headers["Location"])
    assert "Det er fortrudt. Nu skal det bestemmes igen." in page
    assert "Hvad betyder de?" in page
    assert home in look(vera, LIST)
    again = does(victor, f"{home}/undo")
    assert "Måske er det lige blevet fortrudt." in look(victor, again.headers["Location"])


def test_of_two_tabs_the_late_one_undoes_nothing_new(vera: TestClient, victor: TestClient, home: str) -> None:
    does(vera, home, dom="correct", betydning="money_debt")
    seen = re.search(r'name="bestemt" value="([^"]+)"', look(vera, f"{LIST}/{home}"))
    assert seen
    presses(victor, home)
    does(victor, home, dom="confirm")
    late = does(vera, f"{home}/undo", bestemt=seen[1])
    assert late.status_code == 409
    assert "Victor har bestemt det imens: læst rigtigt som »Et sted at bo«." in late.text
    assert "Det er bestemt." in look(vera, f"{LIST}/{home}")


def test_what_two_agreed_on_waits_for_a_second_and_either_may_let_it_stand(
    store: Store, vera: TestClient, victor: TestClient, home: str
) -> None:
    group = group_of(store, "vil dø")
    for one in (vera, victor):
        does(one, group, **DANGER)
    assert presses(vera, group).headers["Location"] == f"{LIST}/{group}?vil-fortryde"
    own, other = look(vera, f"{LIST}/{group}?vil-fortryde"), look(victor, f"{LIST}/{group}")
    assert "en anden skal også fortryde det" in own
    assert "Du vil fortryde det" in own
    assert "Vera vil fortryde det" in other
    assert "Vera vil fortryde det" in look(victor, DECIDED)
    assert does(victor, f"{group}/stand").headers["Location"] == f"{LIST}/{group}?staar"
    assert "vil fortryde det" not in look(victor, f"{LIST}/{group}")
    presses(victor, group)
    assert presses(vera, group).headers["Location"] == f"{LIST}/{group}?fortrudt"
    assert group in groups_in(store)
    assert "Måske" in look(vera, does(vera, f"{group}/stand").headers["Location"])


def test_what_was_given_out_is_told_before_and_after(store: Store, vera: TestClient, home: str) -> None:
    does(vera, home, dom="correct", betydning="money_debt")
    assert "givet ud" not in look(vera, f"{LIST}/{home}")
    with store.write(THE_TESTS) as work:
        work.found.give_out("eksempel", TEACHABLE, datetime.now(UTC))
    for page in (look(vera, f"{LIST}/{home}"), look(vera, presses(vera, home).headers["Location"])):
        assert re.search(r"Det blev givet ud \w+ den \d+\. \w+ som »Min gæld« \(money_debt\)\.", page), page
        assert "data/nlu" in page


@pytest.mark.parametrize("what", ["undo", "stand"])
def test_where_a_town_learns_no_more_or_it_is_gone_nothing_is_undone(
    app: Starlette, store: Store, vera: TestClient, home: str, what: str
) -> None:
    does(vera, home, dom="correct", betydning="money_debt")
    assert does(vera, f"x/{what}").status_code == 404
    towns = app.state.municipalities
    towns["eksempel"] = replace(towns["eksempel"], learns=False)
    assert does(vera, f"{home}/{what}").status_code == 404
    assert "bolig nu" not in look(vera, DECIDED)
    with store.read(THE_TESTS) as work:
        assert work.found.settled("eksempel")


@pytest.mark.parametrize("moment", ["i går", "2026-11-30", "2026-11-30T12:00:00", "9" * 500])
def test_a_moment_that_is_none_is_left_alone(vera: TestClient, home: str, moment: str) -> None:
    does(vera, home, dom="correct", betydning="money_debt")
    assert does(vera, f"{home}/undo", bestemt=moment).headers["Location"] == f"{LIST}/{home}?fortrudt"


def test_a_long_list_of_what_is_decided_has_pages(store: Store, vera: TestClient) -> None:
    words = [f"ord{number} her" for number in range(35)]
    night(store, [lets_learn(asks(YoungPerson(store), *words))])
    groups = set(groups_in(store))
    for group in groups:
        does(vera, group, dom="confirm")
    first = look(vera, DECIDED)
    other = re.search(r'href="([^"]+)">Næste side', first)
    assert other
    second = look(vera, other[1].replace("&amp;", "&"))
    assert set(re.findall(rf"{LIST}/([0-9a-f-]+)", first + second)) == groups
