"""The command that puts somebody in a team says what it did or why not."""

from dataclasses import replace

import pytest

from bot.municipality import towns
from bot.municipality.towns import Municipality
from tests.support.commands import Run


@pytest.fixture
def anna(run: Run) -> None:
    """She works at the desk of a town whose file names no team."""
    run("add-municipality", "eksempel")
    run("add-user", "eksempel", "anna", "--shown-name", "Anna", given="et-langt-kodeord-til-hende\n")


@pytest.mark.usefixtures("anna")
def test_a_team_that_is_named_nowhere_is_refused(run: Run) -> None:
    told = run("set-team", "anna", "bolig")
    said = told.output.replace("\n", " ")
    assert (told.exit_code, "eksempel has no team 'bolig'" in said, "Traceback" in said) == (1, True, False)


@pytest.mark.usefixtures("anna")
def test_somebody_is_put_in_a_team_and_out_of_it(
    run: Run, municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = replace(municipality, teams={"bolig": "Boligholdet"})
    monkeypatch.setattr(towns, "load_municipalities", lambda: {town.slug: town})
    assert run("set-team", "anna", "bolig").output == "anna is in the team bolig\n"
    assert run("users", "eksempel").output == "eksempel: anna (Anna): caseworker, team bolig\n"
    assert run("set-team", "anna").output == "anna is in no team\n"
    assert run("users", "eksempel").output == "eksempel: anna (Anna): caseworker\n"
