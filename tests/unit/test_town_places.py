"""The places for tonight in a municipality's file: what is read, and what is refused by place and key."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from bot.casework.ages import AgeGroup
from bot.casework.free_times import DANISH_TIME, Opening
from bot.cli import app
from bot.municipality.towns import TOWNS, Municipality, MunicipalityError, load_municipalities
from bot.upkeep.places_due import show_places_due

SHIPPED = (TOWNS / "eksempel.yml").read_text(encoding="utf-8")
PLACE = '{text: "Natcafeen i Byvej 3. Gå bare ind.", confirmed: 2026-11-01}'
# More than a day, for the tests may run across midnight.
TO_COME = datetime.now(DANISH_TIME).date() + timedelta(days=7)
LONG = "Gå bare ind. " * 11


def town_with(folder: Path, tonight: str) -> Municipality:
    (folder / "by.yml").write_text(f"{SHIPPED}\ntonight: {tonight}\n", encoding="utf-8")
    return load_municipalities(folder)["by"]


def test_a_place_is_read_with_all_that_it_may_have(tmp_path: Path) -> None:
    hours = '{søndag: ["21:00-08:00"], mandag: ["20:00-24:00"]}'
    place = PLACE.replace("{", f'{{age: adult, english: "The night café. Just walk in.", open: {hours},')
    plain, full = town_with(tmp_path, f"[{PLACE}, {place}]").tonight
    assert (plain.text, plain.age, plain.hours, plain.english) == ("Natcafeen i Byvej 3. Gå bare ind.", None, (), "")
    assert full.age is AgeGroup.ADULT
    assert set(full.hours) == {Opening(6, time(21), time(8)), Opening(0, time(20), time(0))}
    assert full.english == "The night café. Just walk in."


def test_a_town_need_not_have_any_and_the_invented_one_sends_nobody_anywhere() -> None:
    assert load_municipalities()["eksempel"].tonight == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("confirmed: 2026-11-01", "", "confirmed"),
        ("text:", "tekst:", "tekst"),
        ("}", ", åbent: x}", "åbent"),
        ("2026-11-01", '"i går"', "confirmed: 'i går'"),
        ("2026-11-01", "2026-11-01 10:00:00", "confirmed: "),
        ("2026-11-01", f"{TO_COME}", f"confirmed: {TO_COME} is still to come"),
        ("}", ", age: voksen}", "age: 'voksen'"),
        ("}", ", age: 18}", "age: 18"),
        ("}", ", open: {}}", "open: {}"),
        ("}", ', open: {maandag: ["21:00-08:00"]}}', "open: 'maandag' is no weekday"),
        ("}", ', open: {mandag: "21:00-08:00"}}', "open: mandag: '21:00-08:00' is no list"),
        ("}", ', open: {mandag: ["21:00"]}}', "open: mandag: '21:00'"),
        ("}", ", open: {mandag: [21:00]}}", "open: mandag: 1260"),
        ("}", ', open: {mandag: ["25:00-08:00"]}}', "open: mandag: '25:00-08:00'"),
        ("}", ', open: {mandag: ["08:00-08:00"]}}', "open: mandag 08:00-08:00 ends as it starts"),
        ("}", ', open: {mandag: ["21:00-08:00"], tirsdag: ["07:00-10:00"]}}', "tirsdag 07:00-10:00 begins before"),
        ("}", ', open: {søndag: ["21:00-08:00"], mandag: ["07:00-10:00"]}}', "mandag 07:00-10:00 begins before s"),
        ("Gå bare ind.", "Vi skaffer dig en plads.", "text: 'vi skaffer dig en plads' may not be said (promise)"),
        ("Gå bare ind.", "Her er du hemmelig.", "text: 'hemmelig' may not be said (promise)"),
        ("Gå bare ind.", "Henvendelse på forvaltningens akutkontor.", "text: LIX"),
        ("Gå bare ind.", LONG, "text: 37 words"),
        ("Gå bare ind.", "Til dig i {kommune}.", "text: a line break or a curly bracket"),
        ("Gå bare ind.", "Gå ind.\\nRing på.", "text: a line break or a curly bracket"),
        ('"Natcafeen i Byvej 3. Gå bare ind."', '" "', "text: ' ' is no text"),
        ('"Natcafeen i Byvej 3. Gå bare ind."', "112", "text: 112 is no text"),
        ("}", f', english: "{"Just walk in. " * 11}"}}', "english: 33 words"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_file_place_and_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in PLACE
    with pytest.raises(MunicipalityError) as refused:
        town_with(tmp_path, f"[{PLACE}, {PLACE.replace(old, new)}]")
    assert "by.yml" in str(refused.value)
    assert "tonight, place 2: " in str(refused.value)
    assert told in str(refused.value)


@pytest.mark.parametrize("tonight", ["Natcafeen", "{text: Natcafeen}"])
def test_it_is_a_list(tmp_path: Path, tonight: str) -> None:
    with pytest.raises(MunicipalityError, match=r"by\.yml.*tonight: is no list of places"):
        town_with(tmp_path, tonight)


@pytest.mark.parametrize("entry", ["Natcafeen", "[a, b]", "3"])
def test_an_entry_that_is_no_place_is_refused(tmp_path: Path, entry: str) -> None:
    with pytest.raises(MunicipalityError, match=r"by\.yml.*tonight, place 1: "):
        town_with(tmp_path, f"[{entry}]")


def dues(folder: Path, by: date) -> tuple[bool, str]:
    town_with(folder, f"[{PLACE}, {PLACE.replace('Natcafeen', 'Varmestuen [B]').replace('-11-', '-10-')}]")
    console = Console(record=True, width=200)
    due = show_places_due(console, load_municipalities(folder).values(), by)
    return due, console.export_text()


def test_places_that_nobody_has_checked_for_six_months_are_listed_the_oldest_first(tmp_path: Path) -> None:
    due, text = dues(tmp_path, date(2027, 5, 1))
    assert due
    assert text.index("by: Varmestuen [B] i Byvej 3.") < text.index("due 2027-04-01") < text.index("by: Natcafeen")
    due, text = dues(tmp_path, date(2027, 4, 1))
    assert due
    assert "Natcafeen" not in text
    assert dues(tmp_path, date(2027, 3, 31)) == (False, "")


def test_the_command_for_facts_fails_strictly_for_a_place_that_is_due(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = town_with(tmp_path, f"[{PLACE}]")
    monkeypatch.setattr("bot.municipality.towns.load_municipalities", lambda: {town.slug: town})
    monkeypatch.setattr("bot.knowledge.report.show_due", lambda *_: False)

    def run(by: str) -> Result:
        return CliRunner().invoke(app, ["facts", "--strict", "--due-by", by])

    assert (run("2027-05-01").exit_code, run("2027-04-30").exit_code) == (1, 0)
    assert "Natcafeen" in run("2027-05-01").stdout
