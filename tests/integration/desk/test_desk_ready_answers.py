"""Answers that are ready: a lead writes them, caseworkers find them above their field."""

from html import unescape

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.ready_answers import LONGEST_TEXT, LONGEST_TITLE, MOST, ReadyAnswer, Wording
from bot.casework.rights import Role
from bot.language.readability import lix
from bot.municipality.demo import DEMO_ANSWERS
from bot.store.store import Store
from tests.support.desk import PAGE, YoungPerson
from tests.support.roles import person
from tests.support.the_tests import THE_TESTS

LIST = "/desk/ready-answers"
HARD = "Kontanthjælpsmodtagere dokumenterer bopælsforholdene omhyggeligt."


@pytest.fixture
def lead(app: Starlette) -> TestClient:
    return person(app, [Role.LEAD])


def kept(store: Store, town: str = "eksempel") -> list[ReadyAnswer]:
    with store.read(THE_TESTS) as work:
        return list(work.ready_answers.of(town))


def added(store: Store, title: str = "Åbent", town: str = "eksempel") -> int:
    with store.write(THE_TESTS) as work:
        return work.ready_answers.add(town, Wording(title, "Vi har åbent nu."))


def test_the_demo_has_four_that_are_easy_to_read(store: Store) -> None:
    assert len(DEMO_ANSWERS) == 4
    assert {one.text for one in kept(store)} == {one.text for one in DEMO_ANSWERS}
    for one in DEMO_ANSWERS:
        assert lix(one.text) <= 30, one.title
        assert (len(one.title) <= LONGEST_TITLE, len(one.text) <= LONGEST_TEXT) == (True, True)


def test_a_lead_adds_changes_and_removes_one(lead: TestClient, store: Store) -> None:
    answer = lead.post(LIST, data={"titel": " Nyt ", "svar": " Hej med dig. "}, headers=PAGE)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{LIST}?gemt")
    [new] = [one for one in kept(store) if one.title == "Nyt"]
    assert new.text == "Hej med dig."
    lead.post(f"{LIST}/{new.id}", data={"titel": "Nyt", "svar": "Dav.", "udgave": "0"}, headers=PAGE)
    assert [one.text for one in kept(store) if one.id == new.id] == ["Dav."]
    assert "Det er gemt." in lead.get(f"{LIST}?gemt", headers=PAGE).text
    lead.post(f"{LIST}/{new.id}/remove", headers=PAGE)
    assert new.id not in [one.id for one in kept(store)]
    assert lead.get(f"{LIST}/{new.id}", headers=PAGE).status_code == 404


def test_lix_stands_beside_each_with_a_hint_when_it_is_hard_to_read(lead: TestClient, store: Store) -> None:
    lead.post(LIST, data={"titel": "Svært", "svar": HARD}, headers=PAGE)
    [hard] = [one for one in kept(store) if one.title == "Svært"]
    listed = lead.get(LIST, headers=PAGE).text
    assert f"LIX {round(lix(HARD))}: svært at læse" in listed
    assert listed.count("svært at læse") == 1
    assert "Prøv kortere sætninger" in lead.get(f"{LIST}/{hard.id}", headers=PAGE).text
    easy = kept(store)[0]
    assert "Prøv kortere sætninger" not in lead.get(f"{LIST}/{easy.id}", headers=PAGE).text


@pytest.mark.parametrize(
    ("titel", "svar", "told"),
    [
        ("", "Hej", "Skriv en titel på højst 60 tegn."),
        ("x" * 61, "Hej", "Skriv en titel på højst 60 tegn."),
        ("Hej", "  ", "Skriv et svar på højst 1000 tegn."),
        ("Hej", "x" * 1001, "Skriv et svar på højst 1000 tegn."),
        ("åBENT ", "Hej", "I har allerede et svar med den titel."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    lead: TestClient, store: Store, titel: str, svar: str, told: str
) -> None:
    added(store)
    other = added(store, "Lukket")
    before = kept(store)
    for address in (LIST, f"{LIST}/{other}"):
        answer = lead.post(address, data={"titel": titel, "svar": svar, "udgave": "0"}, headers=PAGE)
        assert answer.status_code == 422
        assert told in answer.text
        assert f">{svar}</textarea>" in answer.text
    assert kept(store) == before


def test_two_leads_do_not_write_over_each_other(lead: TestClient, store: Store) -> None:
    number = added(store)
    assert lead.post(f"{LIST}/{number}", data={"titel": "A", "svar": "a", "udgave": "0"}).status_code == 303
    for seen in ("0", "", "x"):
        answer = lead.post(f"{LIST}/{number}", json={"titel": "B", "svar": "b", "udgave": seen})
        assert (answer.status_code, answer.json()["code"]) == (409, "ready_answer_changed")


def test_there_are_no_more_than_one_can_look_through(lead: TestClient, store: Store) -> None:
    for number in range(MOST - len(kept(store))):
        added(store, f"Nummer {number}")
    answer = lead.post(LIST, data={"titel": "Et til", "svar": "Hej"}, headers=PAGE)
    assert (answer.status_code, "Fjern et, før du tilføjer et nyt." in answer.text) == (409, True)
    assert len(kept(store)) == MOST


def test_another_town_has_its_own(store: Store, lead: TestClient, carl: TestClient) -> None:
    number = added(store, "Hemmeligt")
    assert "Hemmeligt" not in carl.get(LIST, headers=PAGE).text
    assert carl.post(f"{LIST}/{number}/remove").status_code == 404
    added(store, "Hemmeligt", "nabo")
    assert lead.get(LIST, headers=PAGE).text.count("Hemmeligt") == 1


def test_whoever_has_the_conversation_finds_them_above_the_field(
    anna: TestClient, bo: TestClient, young: YoungPerson, store: Store
) -> None:
    path = f"/desk/conversations/{young.id}"
    assert "Fast svar" not in anna.get(path, headers=PAGE).text
    anna.post(f"{path}/claim")
    page = unescape(anna.get(path, headers=PAGE).text)
    assert all(f'<option value="{one.text}">{one.title}</option>' in page for one in kept(store))
    assert "Fast svar" not in bo.get(path, headers=PAGE).text


def test_one_with_html_in_it_is_text(lead: TestClient, anna: TestClient, young: YoungPerson) -> None:
    html = '"><img src=x onerror=alert(1)>'
    lead.post(LIST, data={"titel": html, "svar": html}, headers=PAGE)
    path = f"/desk/conversations/{young.id}"
    anna.post(f"{path}/claim")
    for page in (lead.get(LIST, headers=PAGE).text, anna.get(path, headers=PAGE).text):
        assert "<img" not in page
        assert "&lt;img src=x" in page
