"""What a caseworker takes along: what was ticked and may be read, noted by number and never by word; and a report."""

import re
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.casework.consent import Shared
from bot.casework.plans import Part, Plan
from bot.store.store import Store
from tests.support.desk import PAGE, YoungPerson, news
from tests.support.the_tests import THE_TESTS
from tests.support.told import acts

FIRST, SECOND, NOTE, OWN = "jeg sover hos en ven", "og det går ikke mere", "ring til skolen", "en dør jeg kan låse"
CHANNEL = "https://eksempel.example/underret"


@pytest.fixture
def talking(young: YoungPerson) -> YoungPerson:
    """The first message was written before anybody was asked for, and told when they asked."""
    return young.writes(SECOND)


@pytest.fixture
def path(talking: YoungPerson) -> str:
    return f"/desk/conversations/{talking.id}"


def numbers(store: Store, young: YoungPerson) -> list[int]:
    with store.read(THE_TESTS) as work:
        return [one.sequence for one in work.conversations.after(young.id, 0)]


def as_file(client: TestClient, path: str, **ticked: str) -> str:
    answer = client.post(f"{path}/journal", data={"som": "fil", **ticked}, headers=PAGE)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert re.fullmatch(
        r'attachment; filename="samtale-\w{4}-\d{4}-\d\d-\d\d\.txt"', answer.headers["Content-Disposition"]
    )
    return answer.content.decode("utf-8")


def test_a_file_holds_what_was_ticked_with_day_time_and_sender(
    anna: TestClient, path: str, talking: YoungPerson, store: Store
) -> None:
    number = talking.is_noted("anna", NOTE)
    text = as_file(anna, path, m2="ja", **{f"n{number}": "ja"})
    assert re.search(rf"^\d\d-\d\d-\d{{4}} kl\. \d\d\.\d\d, Den unge:\n{SECOND}$", text, re.MULTILINE)
    assert re.search(rf"^\d\d-\d\d-\d{{4}} kl\. \d\d\.\d\d, note af Anna:\n{NOTE}$", text, re.MULTILINE)
    assert FIRST not in text
    assert re.match(r"Samtale \w{4}, Eksempel Kommune\nHentet \d\d-\d\d-\d{4} kl\. \d\d\.\d\d af Anna\n", text)
    assert "journal:1" in acts(store, talking)


def test_what_is_taken_along_was_read_and_nothing_else(anna: TestClient, store: Store) -> None:
    """Also by who never opened the page: its young person is told of who has read."""
    young = YoungPerson(store).writes("til robotten").shares(Shared.PLAN).writes("et menneske").waits()
    with store.write(THE_TESTS) as work:
        work.plans.put(work.conversations.lock(young.id), Plan({Part.HOME: OWN}))
    number = young.is_noted("anna", NOTE)
    path, noted = f"/desk/conversations/{young.id}", [("note", {f"n{number}": "ja"}, {"journal:0"})]
    noted += [("plan", {"plan": "ja"}, {"journal:0", "read_plan"}), ("chat", {"m2": "ja"}, {"journal:1", "read"})]
    for what, ticked, new in noted:
        before = acts(store, young)
        as_file(anna, path, **ticked)
        assert set(acts(store, young)[len(before) :]) == new, what


def test_the_text_can_be_copied_from_the_page_and_no_word_of_it_is_noted(
    anna: TestClient, path: str, talking: YoungPerson, store: Store
) -> None:
    shown = anna.post(f"{path}/journal", data={"alle": "ja", "som": "tekst"}, headers=PAGE).text
    assert (FIRST in shown, SECOND in shown, "2 beskeder." in shown) == (True, True, True)
    with store.read(THE_TESTS) as work:
        noted = repr(work.people.noted("eksempel"))
    assert ("'journal:2'" in noted, FIRST in noted) == (True, False)


def test_a_plan_is_taken_along_only_when_it_is_shared(
    anna: TestClient, path: str, talking: YoungPerson, store: Store
) -> None:
    with store.write(THE_TESTS) as work:
        work.plans.put(work.conversations.lock(talking.id), Plan({Part.HOME: OWN}))
    assert "Planen, som" not in anna.get(f"{path}/journal", headers=PAGE).text
    refused = anna.post(f"{path}/journal", data={"plan": "ja"}, headers=PAGE)
    assert (refused.status_code, OWN in refused.text) == (422, False)
    talking.shares(Shared.PLAN)
    assert "Planen, som den unge har delt" in anna.get(f"{path}/journal", headers=PAGE).text
    assert f"Det er vigtigt for mig i et hjem:\n{OWN}" in as_file(anna, path, plan="ja")


def test_nothing_ticked_is_said_and_nothing_is_noted(
    anna: TestClient, path: str, talking: YoungPerson, store: Store
) -> None:
    answer = anna.post(f"{path}/journal", data={"som": "fil"}, headers=PAGE)
    assert (answer.status_code, "Sæt mindst ét kryds." in answer.text) == (422, True)
    assert not any(act.startswith("journal") for act in acts(store, talking))


def test_what_was_taken_back_meanwhile_is_not_taken_along(anna: TestClient, store: Store) -> None:
    young = YoungPerson(store).writes("til robotten").shares(Shared.TRANSCRIPT).writes("mere").waits()
    path = f"/desk/conversations/{young.id}"
    form = anna.get(f"{path}/journal", headers=PAGE).text
    assert 'name="m1"' in form
    young.takes_back(Shared.TRANSCRIPT)
    answer = anna.post(f"{path}/journal", data={"m1": "ja", "m2": "ja", "som": "fil"}, headers=PAGE)
    assert (answer.status_code, "må du ikke læse mere" in answer.text) == (422, True)
    assert "til robotten" not in answer.text
    assert 'name="m2" value="ja" checked' in answer.text, "what can still be taken stays ticked"


@pytest.mark.parametrize("ticked", ["m99", "n99", "m999999999"])
def test_what_is_not_there_is_said(anna: TestClient, path: str, ticked: str) -> None:
    assert anna.post(f"{path}/journal", data={ticked: "ja"}, headers=PAGE).status_code == 422


@pytest.mark.parametrize("ticked", ["m", "m-1", "m1x", "M1", "x1", "m0000000001"])
def test_what_is_no_box_of_ours_is_nothing(anna: TestClient, path: str, ticked: str) -> None:
    answer = anna.post(f"{path}/journal", data={ticked: "ja"}, headers=PAGE)
    assert (answer.status_code, "Sæt mindst ét kryds." in answer.text) == (422, True)


def test_a_struck_note_is_not_offered(anna: TestClient, path: str, talking: YoungPerson) -> None:
    number = talking.is_noted("anna", NOTE)
    assert f'name="n{number}"' in anna.get(f"{path}/journal", headers=PAGE).text
    anna.post(f"/desk/notes/{number}/strike", json={"revision": "0"}).raise_for_status()
    assert f'name="n{number}"' not in anna.get(f"{path}/journal", headers=PAGE).text
    assert anna.post(f"{path}/journal", data={f"n{number}": "ja"}, headers=PAGE).status_code == 422


def test_a_closed_conversation_gives_nothing_and_nothing_is_reported_out_of_it(anna: TestClient, store: Store) -> None:
    closed = YoungPerson(store).writes("til robotten")
    path = f"/desk/conversations/{closed.id}"
    page = anna.get(f"{path}/journal", headers=PAGE).text
    assert ("til robotten" in page, "Der er ikke noget i samtalen" in page) == (False, True)
    for ticked in ("m1", "alle"):
        assert anna.post(f"{path}/journal", data={ticked: "ja"}, headers=PAGE).status_code == 422
    assert anna.get(f"{path}/report").json()["code"] == "report_not_allowed"
    assert anna.post(f"{path}/report", data={"sikker": "ja"}).json()["code"] == "report_not_allowed"


def test_another_town_and_an_erased_conversation_give_nothing(
    anna: TestClient, carl: TestClient, path: str, talking: YoungPerson
) -> None:
    for way in ("journal", "report"):
        assert carl.get(f"{path}/{way}").status_code == 404
        assert carl.post(f"{path}/{way}", data={"m1": "ja", "sikker": "ja"}).status_code == 404
    talking.erases()
    assert anna.post(f"{path}/journal", data={"m1": "ja"}).json()["code"] == "conversation_not_found"
    assert anna.post(f"{path}/report", data={"sikker": "ja"}).json()["code"] == "conversation_not_found"


@pytest.fixture
def with_channel(app: Starlette) -> None:
    towns = app.state.municipalities
    towns["eksempel"] = replace(towns["eksempel"], reports_at=CHANNEL)


@pytest.mark.usefixtures("with_channel")
def test_a_report_is_confirmed_first_and_then_noted_and_shown(
    anna: TestClient, bo: TestClient, path: str, talking: YoungPerson, store: Store
) -> None:
    first = anna.get(f"{path}/report", headers=PAGE).text
    assert (CHANNEL in first, "Jeg laver en underretning nu" in first) == (False, True)
    refused = anna.post(f"{path}/report", headers=PAGE)
    assert (refused.status_code, CHANNEL in refused.text) == (422, False)
    assert "report" not in acts(store, talking)
    done = anna.post(f"{path}/report", data={"sikker": "ja"}, headers=PAGE)
    assert (done.status_code, done.headers["Location"]) == (303, f"{path}/report?noteret")
    link = f'href="{CHANNEL}" target="_blank" rel="noopener noreferrer"'
    assert link in anna.get(done.headers["Location"], headers=PAGE).text
    for shown in (bo.get(path, headers=PAGE).text, news(bo, talking)):
        assert "Anna har noteret en underretning kl. " in shown


@pytest.mark.usefixtures("with_channel")
def test_an_address_that_says_it_was_noted_makes_it_none(
    anna: TestClient, path: str, talking: YoungPerson, store: Store
) -> None:
    """A bookmark, or a link somebody sent: nobody may believe that it is done."""
    page = anna.get(f"{path}/report?noteret", headers=PAGE).text
    assert [words in page for words in ("Det er noteret", CHANNEL, "Jeg laver en underretning nu")] == [
        False,
        False,
        True,
    ]
    assert "report" not in acts(store, talking)


@pytest.mark.usefixtures("with_channel")
def test_a_second_click_notes_no_second_report(anna: TestClient, path: str, talking: YoungPerson, store: Store) -> None:
    for _ in range(2):
        anna.post(f"{path}/report", data={"sikker": "ja"}, headers=PAGE)
    assert acts(store, talking).count("report") == 1


@pytest.mark.usefixtures("with_channel")
def test_the_young_person_is_not_told_by_us(anna: TestClient, path: str, talking: YoungPerson, store: Store) -> None:
    before = numbers(store, talking)
    anna.post(f"{path}/report", data={"sikker": "ja"}, headers=PAGE)
    assert numbers(store, talking) == before
    page = " ".join(anna.get(f"{path}/report", headers=PAGE).text.split())
    assert "Chatten fortæller det ikke til den unge.</strong> Det gør du." in page


def test_where_the_town_names_no_page_it_says_whom_to_ask(anna: TestClient, path: str) -> None:
    page = anna.get(f"{path}/report", headers=PAGE).text
    assert ("Spørg din leder." in page, "Jeg laver en underretning nu" in page) == (True, False)
