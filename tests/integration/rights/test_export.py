"""The page with all that is stored about a conversation, for whom it is about."""

import re

import pytest
from starlette.testclient import TestClient

from bot.casework.bookings import About
from bot.language.readability import lix
from tests.support.chat_app import last_answer, send
from tests.support.desk import CALM
from tests.support.own_chat import HOPELESS, PHONE, at_desk, books_a_talk, claim, decide, writes_a_plan
from tests.support.visible_text import visible_text


def test_the_export_holds_everything_and_is_kept_nowhere(client: TestClient, desk: TestClient, path: str) -> None:
    writes_a_plan(client, path, "en dør jeg kan låse <b>")
    client.put(f"{path}/contact", json={"phone": PHONE, "first_name": "Sofie"})
    last_answer(client, path, send(client, path, text=HOPELESS))
    decide(client, path, plan=True)
    at_desk(desk, path)
    answer = client.get(f"{path}/export")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"].startswith("text/html")
    told = ("en dør jeg kan låse &lt;b&gt;", PHONE, "Sofie", "Min plan: delt", "Boligagent", "are: selvmordstanker")
    assert [words for words in told if words not in answer.text] == []
    assert "<b>" not in answer.text
    assert client.headers["Authorization"].split()[1] not in answer.text


def test_the_export_tells_of_notes_and_shows_none(client: TestClient, desk: TestClient, asked: str) -> None:
    number, words = asked.rsplit("/", 1)[1], "har en søster i Vejle"
    before = client.get(f"{asked}/export").text
    desk.post(f"/desk/conversations/{number}/notes", json={"text": words}).raise_for_status()
    after = client.get(f"{asked}/export").text
    assert words not in after + client.get(f"{asked}/messages").text
    for page in (before, after):
        assert "kan have skrevet noter om dig" in page, "said always, so that it tells nothing"


def test_each_part_of_the_export_holds_its_own(client: TestClient, path: str) -> None:
    """The same words stand in the messages, and the same danger in what holds now."""
    writes_a_plan(client, path, "en dør jeg kan låse")
    last_answer(client, path, send(client, path, text=HOPELESS))
    code = books_a_talk(client, path)
    told = parts_of(client, path)
    assert "en dør jeg kan låse" in told["Min plan"]
    assert "Fare: selvmordstanker" in told["Når det så farligt ud"]
    assert "Et menneske så på det igen" not in told["Når det så farligt ud"]
    assert code in told["Mine tider"]


@pytest.mark.parametrize(("level", "words"), [("0", "Ingen fare"), ("1", "Noget, der lød svært")])
def test_it_tells_when_a_human_has_seen_it_otherwise_and_to_what(
    client: TestClient, desk: TestClient, path: str, level: str, words: str
) -> None:
    last_answer(client, path, send(client, path, text=HOPELESS))
    claim(desk, path)
    desk.post(f"/desk/conversations/{path.rsplit('/', 1)[1]}/calm", json=CALM | {"level": level}).raise_for_status()
    told = parts_of(client, path)
    assert f"Sådan ser det ud lige nu: {words}" in told["Om chatten"]
    looked = f"Et menneske så på det igen, .* kl\\. \\d\\d\\.\\d\\d: {words}\\."
    assert re.search(looked, told["Når det så farligt ud"])
    assert "Fare: selvmordstanker" in told["Når det så farligt ud"], "what was found stays told"


@pytest.mark.parametrize(
    ("about", "words"), [(About.YOUNG, "Ung"), (About.WITH_HELPER, "Ung og hjælper"), (About.WORRY, "Bekymring")]
)
def test_it_tells_whom_each_talk_is_about(client: TestClient, path: str, about: About, words: str) -> None:
    code = books_a_talk(client, path, about)
    assert f"Til: {words}. De tre ord: {code}." in parts_of(client, path)["Mine tider"]


def parts_of(client: TestClient, path: str) -> dict[str, str]:
    """What stands below each heading of it."""
    _, *parts = client.get(f"{path}/export").text.split("<h2>")
    return {heading: text for heading, _, text in (part.partition("</h2>") for part in parts)}


def test_an_empty_export_is_easy_to_read(client: TestClient, path: str) -> None:
    page = client.get(f"{path}/export")
    assert lix(visible_text(page)) <= 30
    assert "Ingen har læst den." in page.text
