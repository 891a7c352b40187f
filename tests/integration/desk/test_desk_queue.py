"""The desk's queue: who comes first, and who has whom."""

import re
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from bot.casework.conversations import Danger, Kind, Writer
from tests.support.desk import PAGE, YoungPerson


def test_the_queue_shows_danger_first_and_then_who_waits_longest(anna, store):
    young = [YoungPerson(store).writes("hej").waits(minutes=minutes) for minutes in (5, 50)]
    acute = YoungPerson(store).writes("…", Danger(3, ("suicide",))).waits(minutes=1)
    YoungPerson(store).writes("taler med robotten")
    found = anna.get("/desk/queue.json").json()["conversations"]
    assert [one["id"] for one in found] == [acute.id, young[1].id, young[0].id]
    assert found[0]["danger"] == {"level": 3, "kinds": ["suicide"]}
    assert datetime.fromisoformat(found[1]["waiting_since"]) < datetime.now(UTC)
    page = anna.get("/desk/", headers=PAGE).text
    assert "<title>(3) Samtaler – Hjemad</title>" in page
    assert "Akut fare: selvmordstanker" in page
    assert page.index(acute.id) < page.index(young[1].id) < page.index(young[0].id)


@pytest.mark.parametrize(
    ("tongue", "words"), [("da", None), ("en", "Skriver på engelsk"), ("other", "Skriver på et andet sprog")]
)
def test_the_queue_says_a_language_that_is_not_danish_before_anybody_claims(anna, bo, store, tongue, words):
    one = YoungPerson(store).writes("hej").in_language(tongue).waits()
    for client, done in ((anna, "claim"), (anna, None), (bo, None)):
        page = client.get("/desk/queue").text
        assert ("Skriver på" in page) == bool(words)
        assert (words or "Samtale") in page
        if done:
            anna.post(f"/desk/conversations/{one.id}/claim")
    assert anna.get("/desk/queue.json").json()["conversations"][0]["language"] == tongue


def test_the_locale_of_a_page_is_told_as_a_language(anna, store):
    """A page may open the chat in Norwegian, which is answered in Danish, or in any other language."""
    ways = (("nb", "da"), ("en-GB", "en"), ("so", "other"))
    opened = {YoungPerson(store).in_language(locale).waits().id: tongue for locale, tongue in ways}
    found = anna.get("/desk/queue.json").json()["conversations"]
    assert {one["id"]: one["language"] for one in found} == opened


def test_the_queue_says_that_a_helper_writes_and_nothing_else_of_a_young_person(anna, store):
    helper, corrected, unknown = (YoungPerson(store).writes("hej").waits(minutes) for minutes in (3, 2, 1))
    helper.is_a(Writer.HELPER)
    corrected.is_a(Writer.HELPER).is_a(Writer.YOUNG)
    found = {one["id"]: one["writer"] for one in anna.get("/desk/queue.json").json()["conversations"]}
    assert found == {helper.id: "helper", corrected.id: "young", unknown.id: "young"}
    page = anna.get("/desk/", headers=PAGE).text
    assert page.count("Hjælper") == 1
    assert page.index(helper.id) < page.index("Hjælper") < page.index(corrected.id)


def test_an_empty_queue_says_what_will_happen(anna):
    assert anna.get("/desk/queue.json").json() == {"conversations": []}
    page = anna.get("/desk/", headers=PAGE).text
    assert "<title>Samtaler – Hjemad</title>" in page
    assert "Ingen venter lige nu." in page


def test_the_queue_tells_mine_from_my_colleagues(anna, bo, store):
    mine, theirs = (YoungPerson(store).writes("hej").waits() for _ in range(2))
    anna.post(f"/desk/conversations/{mine.id}/claim")
    bo.post(f"/desk/conversations/{theirs.id}/claim")
    page = anna.get("/desk/queue").text
    heading = page.index
    assert heading("Dine samtaler") < heading(mine.id) < heading("Hos kolleger") < heading(theirs.id)


def needing(client: TestClient) -> str:
    """How many need a human, as pages without a stream of the queue are told."""
    return re.search(r"#waiting-count[^>]*>(\d+)<", client.get("/desk/needing").text)[1]


def test_danger_told_to_whom_one_holds_counts_until_it_is_answered(anna, bo, young):
    path = f"/desk/conversations/{young.id}"
    anna.post(f"{path}/claim")
    young.writes("jeg har taget mange piller", Danger(3, ("suicide",))).hears("Ring 112 nu.", Kind.DANGER)
    assert (needing(anna), needing(bo)) == ("1", "0")
    assert "Venter på dit svar" in anna.get("/desk/queue").text
    anna.post(f"{path}/messages", json={"text": "Jeg er her. Har du ringet 112?"})
    assert needing(anna) == "0"
