"""The accessibility statement: what the law asks for is said, and no contact is made up."""

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.language.readability import lix
from bot.municipality.accessibility import Accessibility
from bot.municipality.towns import TOWNS, Municipality, MunicipalityError, load_municipalities
from bot.store.store import Store
from tests.support.plain import plain_app
from tests.support.visible_text import visible_text

# Invented, and looks so.
OWN = Accessibility("https://was.digst.dk/eksempel-dk", "12 34 56 78", "web@eksempel.example")


@pytest.fixture
def neighbour(municipality: Municipality) -> Municipality:
    return replace(municipality, slug="nabo", name="Nabo Kommune", accessibility=OWN)


def test_status_gaps_contact_and_who_watches_over_the_law_are_said(client: TestClient) -> None:
    said = visible_text(client.get("/tilgaengelighed"))
    for part in ("Delvist", "Ingen andre har målt", "Det mangler vi", "tegnsprog", "Digitaliseringsstyrelsen"):
        assert part in said


def test_who_has_named_nobody_has_nobody_named_for_them(client: TestClient) -> None:
    answer = client.get("/tilgaengelighed")
    assert "har ikke skrevet her" in visible_text(answer)
    assert "tel:" not in answer.text
    assert "mailto:" not in answer.text


def test_the_contact_of_the_municipality_is_shown(store: Store, neighbour: Municipality) -> None:
    answer = TestClient(plain_app(store, {"nabo": neighbour})).get("/tilgaengelighed")
    for link in ('href="tel:12345678"', 'href="mailto:web@eksempel.example"', f'href="{OWN.statement}"'):
        assert link in answer.text
    assert "har ikke skrevet her" not in answer.text
    assert lix(visible_text(answer)) <= 30


def test_of_two_towns_one_is_chosen(store: Store, municipality: Municipality, neighbour: Municipality) -> None:
    client = TestClient(plain_app(store, {"eksempel": municipality, "nabo": neighbour}))
    assert 'href="/tilgaengelighed?kommune=nabo#kontakt"' in client.get("/tilgaengelighed").text
    assert "tel:12345678" in client.get("/tilgaengelighed?kommune=nabo").text
    assert "tel:12345678" not in client.get("/tilgaengelighed?kommune=eksempel").text


@pytest.mark.parametrize(
    "given",
    [
        "{phone: 12345678}",
        "{email: somebody}",
        '{email: ""}',
        '{statement: "http://was.digst.dk/x"}',
        '{statement: "javascript:alert(1)"}',
        '{fax: "12 34 56 78"}',
        "[phone]",
    ],
)
def test_a_contact_that_cannot_be_used_is_refused(tmp_path: Path, given: str) -> None:
    text = (TOWNS / "eksempel.yml").read_text(encoding="utf-8")
    (tmp_path / "by.yml").write_text(text.replace("accessibility: {}", f"accessibility: {given}"), encoding="utf-8")
    with pytest.raises(MunicipalityError, match="accessibility"):
        load_municipalities(tmp_path)
