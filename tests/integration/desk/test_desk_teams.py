"""A conversation is given to a team: its people see it first, and after a while so does everybody."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.conversations import Danger, Holder
from bot.casework.rights import Role
from bot.casework.waiting import TEAM_FIRST, TURN, Reader
from bot.conversation.desk import DeskConversations
from bot.conversation.handing import Handing
from bot.conversation.sentences import GIVEN_TO_TEAM
from bot.municipality.towns import TOWNS, Municipality, MunicipalityError, load_municipalities
from bot.store.store import Store
from bot.store.tables import conversations
from bot.upkeep.teams import TeamsError, set_team
from tests.support.desk import PAGE, YoungPerson
from tests.support.handing import NOTE, at, gives
from tests.support.presence import now_of
from tests.support.roles import person
from tests.support.the_tests import THE_TESTS

TEAMS = {"bolig": "Boligholdet", "unge": "Ungeholdet"}


@pytest.fixture
def towns(municipality: Municipality) -> Mapping[str, Municipality]:
    return {municipality.slug: replace(municipality, teams=TEAMS)}


@pytest.fixture
def app(app: Starlette, store: Store, towns: Mapping[str, Municipality]) -> Starlette:
    """The desk of a town with two teams, of which Bo is in one."""
    app.state.desk = DeskConversations(store, app.state.notices, towns)
    app.state.handing = Handing(store, app.state.notices, towns)
    set_team(store, towns, "bo", "bolig")
    return app


@pytest.fixture
def given(anna: TestClient, bo: TestClient, young: YoungPerson) -> YoungPerson:
    """Given by Anna to Bo's team."""
    anna.post(at(young, "claim")).raise_for_status()
    assert gives(anna, young, "team:bolig").status_code == 200
    return young


def test_where_nobody_of_the_team_is_there_it_is_everybodys_at_once(anna: TestClient, young: YoungPerson) -> None:
    anna.post(at(young, "claim")).raise_for_status()
    assert gives(anna, young, "team:bolig", "hun har en tid i morgen").status_code == 200
    assert shown(anna) == [young.id]
    anna.post(at(young, "claim")).raise_for_status()
    assert "hun har en tid i morgen" in anna.get(at(young), headers=PAGE).text


def team_first_is_over(young: YoungPerson) -> None:
    with young.store.write(THE_TESTS) as work:
        then = datetime.now(UTC) - TEAM_FIRST
        work._connection.execute(update(conversations).where(conversations.c.id == young.id).values(back_at=then))


def shown(client: TestClient) -> list[str]:
    return [one["id"] for one in client.get("/desk/queue.json").json()["conversations"]]


def test_it_waits_where_it_had_waited_and_the_young_person_is_told(given: YoungPerson) -> None:
    found, last = now_of(given)
    assert (found.holder, found.held_by, found.team, last.text) == (
        Holder.WAITING,
        None,
        "bolig",
        GIVEN_TO_TEAM.danish,
    )
    assert found.waiting_since
    assert datetime.now(UTC) - found.waiting_since >= timedelta(minutes=12)


def test_who_gave_it_away_is_written_down_and_the_team_is_not(given: YoungPerson) -> None:
    with given.store.read(THE_TESTS) as work:
        anna = work.people.user("anna")
        noted = [(one.user, one.action, one.subject) for one in work.people.noted("eksempel")]
    assert anna
    assert [one for one in noted if one[1].startswith("give")] == [(anna.id, "give_to_team", given.id)]


def test_its_team_sees_it_first_and_everybody_after_a_while(
    anna: TestClient, bo: TestClient, given: YoungPerson
) -> None:
    liv = person(anna.app, [Role.LEAD], name="liv")  # type: ignore[arg-type]
    assert [shown(client) for client in (anna, bo, liv)] == [[], [given.id], [given.id]]
    titles = [client.get("/desk/", headers=PAGE).text.split("<title>")[1][:4] for client in (anna, bo, liv)]
    assert titles == ["Samt", "(1) ", "(1) "]
    assert "Givet til Boligholdet" in bo.get("/desk/queue").text
    team_first_is_over(given)
    assert shown(anna) == [given.id]
    assert "(1)" in anna.get("/desk/bookings", headers=PAGE).text


def test_the_note_is_for_whoever_takes_it_and_not_for_the_list(
    anna: TestClient, bo: TestClient, given: YoungPerson
) -> None:
    liv = person(anna.app, [Role.LEAD], name="liv")  # type: ignore[arg-type]
    assert NOTE not in liv.get("/desk/queue").text + bo.get("/desk/queue").text
    assert f"Fra Anna: {NOTE}" in bo.get(at(given), headers=PAGE).text
    bo.post(at(given, "claim")).raise_for_status()
    assert f"Fra Anna: {NOTE}" in bo.get(at(given), headers=PAGE).text
    assert now_of(given)[0].team is None


def test_danger_is_shown_to_everybody_at_once(anna: TestClient, given: YoungPerson) -> None:
    given.writes("jeg er bange", Danger(2, ("violence",)))
    assert shown(anna) == [given.id]


def test_ones_own_team_comes_first_among_those_in_the_same_danger(
    anna: TestClient, bo: TestClient, store: Store, given: YoungPerson
) -> None:
    longer = YoungPerson(store).writes("hej").waits(minutes=20)
    gentle = YoungPerson(store).writes("…", Danger(1, ("substance",))).waits()
    assert shown(bo) == [gentle.id, given.id, longer.id]
    team_first_is_over(given)
    assert shown(bo) == [gentle.id, given.id, longer.id]
    assert shown(anna) == [gentle.id, longer.id, given.id]


def test_whoever_has_waited_longest_comes_in_turn_also_beside_a_team(store: Store, given: YoungPerson) -> None:
    """ADR 0025 holds for a team's own list: its own do not come before somebody for ever."""
    longest = YoungPerson(store).writes("hej").waits(minutes=45)
    others = [YoungPerson(store).writes("hej").waits(minutes=5) for _ in range(TURN)]
    with store.write(THE_TESTS) as work:
        values = {"team": "bolig", "back_at": datetime.now(UTC)}
        those = conversations.c.id.in_([one.id for one in others])
        work._connection.execute(update(conversations).where(those).values(**values))
        line = work.waiting.line("eksempel", datetime.now(UTC), reader=Reader("bolig"))
    assert [one.id for one in line.first].index(longest.id) == TURN - 1


def test_a_list_that_is_shown_in_pieces_counts_what_is_hidden(store: Store, given: YoungPerson) -> None:
    for _ in range(12):
        YoungPerson(store).writes("hej").waits()
    now = datetime.now(UTC)
    with store.read(THE_TESTS) as work:
        for reader, in_all in ((None, 13), (Reader("bolig"), 13), (Reader("unge"), 12), (Reader(), 12)):
            line = work.waiting.line("eksempel", now, most=10, reader=reader)
            assert (len(line.first), line.in_all) == (10, in_all)
            assert work.waiting.count("eksempel", now, reader) == in_all


def test_the_form_offers_the_teams(anna: TestClient, young: YoungPerson) -> None:
    anna.post(at(young, "claim")).raise_for_status()
    page = anna.get(at(young), headers=PAGE).text
    assert '<option value="team:bolig">Boligholdet</option>' in page
    assert gives(anna, young, "team:nabo").json()["code"] == "unknown_team"


def test_somebody_is_put_in_a_team_and_out_of_it_and_it_is_noted(
    app: Starlette, store: Store, towns: Mapping[str, Municipality]
) -> None:
    def team() -> str | None:
        with store.read(THE_TESTS) as work:
            user = work.people.user("bo")
        assert user
        return user.team

    assert team() == "bolig"
    set_team(store, towns, "bo", "")
    assert team() is None
    with store.read(THE_TESTS) as work:
        noted = [(one.user, one.action, one.subject) for one in work.people.noted("eksempel")]
    assert noted.count((None, "set_team", "bo")) == 2


@pytest.mark.parametrize(
    ("name", "team", "why"),
    [
        ("bo", "nabo", "known: bolig, unge"),
        ("carl", "bolig", "known: none"),
        ("nobody", "bolig", "nobody at the desk"),
    ],
)
def test_a_team_that_cannot_be_is_told_why(
    store: Store, towns: Mapping[str, Municipality], name: str, team: str, why: str
) -> None:
    with pytest.raises(TeamsError, match=why):
        set_team(store, towns, name, team)


@pytest.mark.parametrize("teams", ["{'Bolig hold': x}", "{bolig: ''}", "[bolig]", "{bolig: 7}"])
def test_a_file_whose_teams_cannot_be_is_refused(tmp_path: Path, teams: str) -> None:
    (tmp_path / "by.yml").write_text((TOWNS / "eksempel.yml").read_text() + f"\nteams: {teams}\n")
    with pytest.raises(MunicipalityError):
        load_municipalities(tmp_path)


def test_a_file_names_teams(tmp_path: Path) -> None:
    (tmp_path / "by.yml").write_text((TOWNS / "eksempel.yml").read_text() + "\nteams: {bolig: Boligholdet}\n")
    assert load_municipalities(tmp_path)["by"].teams == {"bolig": "Boligholdet"}
    assert load_municipalities()["eksempel"].teams == {}
