"""A caseworker asks the running robot for a draft, and nothing of it is left."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from bot.language.tongue import Tongue, tongue_of
from tests.support.running import System
from tests.support.young import Young

pytestmark = pytest.mark.system


@pytest.fixture
def desk(system: System) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{system.address}/desk", timeout=30) as client:
        answer = client.post("/sign-in", json={"user": "demo", "password": system.password})
        answer.raise_for_status()
        client.headers["X-CSRF-Token"] = answer.json()["csrf"]
        yield client


@pytest.fixture
def writes(system: System, desk: httpx.Client) -> Iterator[Callable[..., httpx.Response]]:
    """What is answered at the desk to its asking for a draft after somebody with a human wrote these messages."""
    everybody: list[Young] = []

    def written(*texts: str, locale: str = "da", before: str = "") -> httpx.Response:
        one = Young(system.address, locale=locale)
        everybody.append(one)
        if before:
            one.say(before)
        one.say("jeg vil gerne tale med et menneske")
        desk.post(f"/conversations/{one.id}/claim").raise_for_status()
        for text in texts:
            one.post(text=text).raise_for_status()
        answer = desk.get(f"/conversations/{one.id}/suggestion")
        messages = one.http.get(f"{one.path}/messages", params={"after": 0}).json()["messages"]
        newest = [message["text"] for message in messages if message["sender"] != "system"]
        assert newest[len(newest) - len(texts) :] == list(texts), "nothing but what they wrote has come"
        return answer

    yield written
    for one in everybody:
        one.http.delete(one.path)


def test_a_question_that_the_facts_answer(writes: Callable[..., httpx.Response]) -> None:
    draft = writes("hvad er et indskud egentlig?").json()
    assert "indskud" in draft["text"].lower()
    assert "?" not in draft["text"], "a yes to a question of the robot's would reach no robot"
    assert draft["sources"]
    assert all(source["url"].startswith("http") for source in draft["sources"])


def test_the_question_is_found_among_pieces(writes: Callable[..., httpx.Response]) -> None:
    assert "boligstøtte" in writes("hey", "hvad er boligstøtte", "håber du har tid").json()["text"].lower()


def test_a_draft_asks_nothing_and_names_no_other_need(writes: Callable[..., httpx.Response]) -> None:
    text = writes("jeg vil gerne finde et sted at bo, og har også gæld").json()["text"]
    assert "?" not in text
    assert "svare mere præcist" not in text
    assert "Du skrev også" not in text


def test_in_the_language_of_whoever_asks(writes: Callable[..., httpx.Response]) -> None:
    text = writes("I need to find a home, where do I look?", locale="en").json()["text"]
    assert tongue_of(text) is Tongue.ENGLISH
    assert writes("what is a deposit?", locale="en").json()["code"] == "no_suggestion"


@pytest.mark.parametrize(
    "text", ["asdf qwer zxcv", "tak skal du have", "jeg vil gerne booke en tid", "slet alt om mig"]
)
def test_what_no_fact_answers_is_the_caseworkers(writes: Callable[..., httpx.Response], text: str) -> None:
    answer = writes(text)
    assert (answer.status_code, answer.json()["code"]) == (409, "no_suggestion")
