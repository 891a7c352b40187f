"""How long what is kept, told as each municipality has set it."""

import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from bot.casework.keeping import Course, Keeping
from bot.language.danish import spoken_days
from bot.language.readability import lix
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.plain import plain_app
from tests.support.visible_text import visible_text

OWN = Keeping(quiet=3, talk=17, human=91, danger=123, danger_log=365, audit_log=1095, figures=1460)


def kept(said: str) -> list[str]:
    """The lines of the list, without what comes before and after it."""
    return said.partition("Hvor længe gemmer vi det?")[2].partition("Hvem kan læse chatten?")[0].strip().splitlines()


@pytest.fixture
def own_days(store: Store, municipality: Municipality) -> TestClient:
    return TestClient(plain_app(store, {"eksempel": replace(municipality, keeping=OWN)}))


def test_the_days_are_those_of_the_municipality(own_days: TestClient) -> None:
    said = visible_text(own_days.get("/privatliv"))
    lines = kept(said)
    told = [re.findall(r"\d+ (?:dage?|år)", line) for line in lines]
    days = [[spoken_days(OWN.days(course))] for course in reversed(Course)]
    assert [each for each in told if each] == [*days, ["1 år", "3 år"], ["4 år"]]
    assert "til du trykker" not in said


def test_it_is_told_in_about_ten_easy_lines(own_days: TestClient) -> None:
    lines = kept(visible_text(own_days.get("/privatliv")))
    assert 8 <= len(lines) <= 12
    assert lix("\n".join(lines)) <= 30


def test_of_two_towns_the_chosen_one_is_told_and_without_a_choice_it_is_asked(
    store: Store, municipality: Municipality
) -> None:
    neighbour = replace(municipality, slug="nabo", name="Nabo Kommune", keeping=OWN)
    client = TestClient(plain_app(store, {"eksempel": municipality, "nabo": neighbour}))
    assert "123 dage" in visible_text(client.get("/privatliv?kommune=nabo"))
    assert "123 dage" not in visible_text(client.get("/privatliv?kommune=eksempel"))
    for path in ("/privatliv", "/privatliv?kommune=findes-ikke"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert 'href="/privatliv?kommune=nabo#hvor-laenge"' in answer.text
        assert not re.search(r"\d+ dage", visible_text(answer))
        assert "Slet min chat" in visible_text(answer)


@pytest.mark.parametrize(
    ("days", "said"), [(1, "1 dag"), (2, "2 dage"), (364, "364 dage"), (365, "1 år"), (730, "2 år"), (731, "731 dage")]
)
def test_days_are_told_as_people_say_them(days: int, said: str) -> None:
    assert spoken_days(days) == said


def test_it_says_that_the_browser_remembers_and_how_to_clear_it(own_days: TestClient) -> None:
    said = visible_text(own_days.get("/privatliv"))
    assert "Browseren husker, at du har været på siden. Du kan slette historikken i browserens menu." in said
