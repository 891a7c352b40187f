"""The pages of a review at the desk: what a maintainer sees of a message, says of it, and is told."""

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.rights import Role
from bot.review.reviewing import Group, groups
from bot.store.store import Store
from tests.support.desk import PAGE, YoungPerson, desk_app
from tests.support.on_call import mail_settings
from tests.support.review import asks, group_of, groups_in, lets_learn, night, unsettled
from tests.support.roles import person
from tests.support.the_tests import THE_TESTS

LIST = "/desk/retraining"


@pytest.fixture
def vera(app: Starlette) -> TestClient:
    return person(app, [Role.MAINTAINER], name="vera")


@pytest.fixture
def victor(app: Starlette) -> TestClient:
    return person(app, [Role.MAINTAINER], name="victor")


@pytest.fixture
def found(store: Store) -> YoungPerson:
    """Somebody two of whose messages are alike, and one is danger."""
    young = lets_learn(asks(YoungPerson(store), "bolig nu", "bolig <b>her</b>", "vil dø"))
    night(store, [young])
    return young


def look(client: TestClient, path: str = LIST) -> str:
    answer = client.get(path, headers=PAGE)
    assert answer.status_code == 200, answer.text
    return answer.text


def says(client: TestClient, group: str, **fields: str) -> Response:
    return client.post(f"{LIST}/{group}", data=fields, headers=PAGE)


def numbers(store: Store) -> Mapping[str, int]:
    return {one.text: one.id for one in unsettled(store)}


def test_a_maintainer_sees_sentences_and_nothing_that_leads_to_a_conversation(
    store: Store, vera: TestClient, found: YoungPerson
) -> None:
    pages = look(vera) + look(vera, f"{LIST}/{group_of(store, 'bolig nu')}")
    for shown in ("bolig nu", "bolig &lt;b&gt;her&lt;/b&gt;", "Læst som »Et sted at bo«", "Robotten var i tvivl"):
        assert shown in pages
    assert "<b>her" not in pages
    assert not any(secret in pages for secret in (found.id, found.token, "kl."))
    assert not re.search(r"\d\d[:.]\d\d", pages.split("<main")[1].split("</main")[0])


def test_that_somebody_looked_is_noted(store: Store, vera: TestClient, found: YoungPerson) -> None:
    for path in (LIST, f"{LIST}/{group_of(store, 'bolig nu')}"):
        before = looks(store)
        look(vera, path)
        assert looks(store) == before + 1, path
    says(vera, group_of(store, "bolig nu"))
    assert looks(store) == before + 2, "the page of a mistake shows them, too"


def looks(store: Store) -> int:
    with store.read(THE_TESTS) as work:
        return [entry.action for entry in work.people.noted("eksempel")].count("read_found")


def test_where_a_town_learns_no_more_nothing_is_shown_and_nothing_decided(
    app: Starlette, store: Store, vera: TestClient, found: YoungPerson
) -> None:
    group, number = group_of(store, "bolig nu"), numbers(store)["bolig nu"]
    towns = app.state.municipalities
    towns["eksempel"] = replace(towns["eksempel"], learns=False)
    assert "bolig nu" not in look(vera)
    for answer in (
        vera.get(f"{LIST}/{group}", headers=PAGE),
        says(vera, group, dom="confirm"),
        vera.post(f"{LIST}/{group}/split", data={f"m{number}": "ja"}, headers=PAGE),
    ):
        assert (answer.status_code, "bolig nu" in answer.text) == (404, False)
    assert group_of(store, "bolig nu") == group


def test_the_list_waits_for_nobody_who_writes_and_lets_nobody_wait(
    store: Store, vera: TestClient, found: YoungPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    def somebody_writes(*given: object) -> list[Group]:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(asks, found, "bolig igen").result(timeout=5)
        return groups(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("bot.web.desk.misread.groups", somebody_writes)
    assert "bolig nu" in look(vera)


def test_a_name_with_what_nobody_types_is_none(postgres_url: str) -> None:
    store = Store(postgres_url, "a key for tests")
    store.migrate()
    vera = person(desk_app(store, mail_settings(9)), [Role.MAINTAINER], name="vera")
    for answer in (
        vera.get(f"{LIST}/a%00b", headers=PAGE),
        says(vera, "a%00b", dom="confirm"),
        vera.post(f"{LIST}/a%00b/split", data={"m1": "ja"}, headers=PAGE),
    ):
        assert answer.status_code == 404
    store.close()


def test_an_empty_week_says_why_and_what_to_do(app: Starlette, vera: TestClient) -> None:
    assert "hjemad review find" in look(vera)
    towns = app.state.municipalities
    towns["eksempel"] = replace(towns["eksempel"], learns=False)
    assert "learns: true" in look(vera)


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"dom": "confirm"}, ("housing_find_home",)),
        ({"dom": "correct", "betydning": "money_debt"}, ("money_debt",)),
        ({"dom": "several", "betydning": "money_debt", "og": "housing_deposit"}, ("housing_deposit", "money_debt")),
        ({"dom": "new", "navn": "housing_pets", "betydning": "money_debt"}, ("housing_pets",)),
        ({"dom": "not_ours"}, ("chat_out_of_scope",)),
        ({"dom": "leave_out"}, ()),
    ],
)
def test_each_thing_that_can_be_said(
    store: Store, vera: TestClient, found: YoungPerson, fields: dict[str, str], label: tuple[str, ...]
) -> None:
    group = group_of(store, "bolig nu")
    answer = says(vera, group, **fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{LIST}?gemt")
    with store.read(THE_TESTS) as work:
        assert {one.settled.labels for one in work.found.group("eksempel", group) if one.settled} == {label}
    assert "Det er gemt." in look(vera, f"{LIST}?gemt")
    assert group not in look(vera)
    assert "Det er bestemt." in look(vera, f"{LIST}/{group}")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Vælg, hvad du vil sige om beskederne."),
        ({"dom": "perhaps"}, "Vælg, hvad du vil sige om beskederne."),
        ({"dom": "correct"}, "Vælg, hvad beskederne betyder."),
        ({"dom": "correct", "betydning": "housing_castle"}, "Den betydning findes ikke."),
        ({"dom": "several", "betydning": "money_debt", "og": "money_debt"}, "Vælg to forskellige betydninger."),
        ({"dom": "new", "navn": "Ring til Sofie"}, "Skriv et nyt navn"),
    ],
)
def test_what_is_missing_is_told_where_it_is_and_nothing_is_kept(
    store: Store, vera: TestClient, found: YoungPerson, fields: dict[str, str], told: str
) -> None:
    answer = says(vera, group_of(store, "bolig nu"), **fields)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert "bolig nu" in answer.text
    if fields.get("betydning") == "money_debt":
        assert '<option value="money_debt" selected>' in answer.text, "what was chosen is not lost"
    assert not any(one.opinions for one in unsettled(store))


def test_of_two_maintainers_the_second_is_told_what_the_first_said(
    store: Store, vera: TestClient, victor: TestClient, found: YoungPerson
) -> None:
    group = group_of(store, "bolig nu")
    number = numbers(store)["bolig nu"]
    assert says(vera, group, dom="correct", betydning="money_debt").status_code == 303
    late = says(victor, group, dom="confirm")
    assert late.status_code == 409
    assert "Vera har bestemt det imens: det betyder »Min gæld«." in late.text
    split = victor.post(f"{LIST}/{group}/split", data={f"m{number}": "ja"})
    assert (split.status_code, split.json()["code"]) == (409, "decided_meanwhile")
    assert says(vera, group, dom="correct", betydning="money_debt").status_code == 303, "a double click"


def test_in_danger_nobody_is_told_what_the_other_thinks_before_they_have_said_it(
    store: Store, vera: TestClient, victor: TestClient, found: YoungPerson
) -> None:
    group = group_of(store, "vil dø")
    assert says(vera, group, dom="not_ours").headers["Location"] == f"{LIST}?mangler"
    own, other = look(vera, f"{LIST}/{group}"), look(victor, f"{LIST}/{group}")
    assert "Du: det er ikke noget for robotten." in own
    assert "Vera" not in other
    assert "En kollega har set den. Sig, hvad du selv mener." in other
    assert says(victor, group, dom="confirm").headers["Location"] == f"{LIST}?mangler"
    assert "Vera: det er ikke noget for robotten." in look(victor, f"{LIST}/{group}")
    assert says(vera, group, dom="confirm").headers["Location"] == f"{LIST}?gemt"


def test_some_are_split_off(store: Store, vera: TestClient, found: YoungPerson) -> None:
    group, number = group_of(store, "bolig nu"), numbers(store)["bolig nu"]
    answer = vera.post(f"{LIST}/{group}/split", data={f"m{number}": "ja", "m99999": "ja", "mx": "ja"}, headers=PAGE)
    own = group_of(store, "bolig nu")
    assert own != group
    assert answer.headers["Location"] == f"{LIST}/{own}?delt"
    assert "gruppe for sig" in look(vera, answer.headers["Location"])
    again = vera.post(f"{LIST}/{own}/split", data={f"m{number}": "ja"}, headers=PAGE)
    assert (again.status_code, "ikke ved dem alle" in again.text) == (422, True)


def test_what_is_gone_is_told_and_never_broken(store: Store, vera: TestClient, found: YoungPerson) -> None:
    group = group_of(store, "bolig nu")
    found.erases()
    for answer in (
        vera.get(f"{LIST}/{group}", headers=PAGE),
        says(vera, group, dom="confirm"),
        vera.post(f"{LIST}/{group}/split", data={"m1": "ja"}, headers=PAGE),
    ):
        assert (answer.status_code, "her ikke mere" in answer.text) == (404, True)


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "9" * 5000, "²"])
def test_a_long_list_has_pages_and_any_number_leads_to_one(store: Store, vera: TestClient, page: str) -> None:
    words = [f"ord{number} her" for number in range(35)]
    night(store, [lets_learn(asks(YoungPerson(store), *words))])
    first, other = look(vera), look(vera, f"{LIST}?side={page}")
    assert "Side 1 af 2" in first
    assert ("Side 2 af 2" if page == "2" else "Side 1 af 2") in other
    shown = set(re.findall(rf"{LIST}/([0-9a-f-]+)", first + look(vera, f"{LIST}?side=2")))
    assert shown == set(groups_in(store))
