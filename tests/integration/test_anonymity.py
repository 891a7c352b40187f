"""What anonymous means here is told once, to whom it concerns, and not in a hard moment."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from bot.casework.conversations import Kind, Writer
from bot.conversation.anonymity import TEXT
from bot.conversation.arrival import Arrival, Reception
from bot.conversation.opening import greeting
from bot.language.tongue import Tongue
from bot.municipality.towns import load_municipalities
from bot.municipality.welcome import Welcome
from bot.safety.reader import danger_reader
from bot.safety.replies_by_tongue import shipped_replies_by_tongue
from bot.safety.screen import shipped_screen
from bot.store.store import Store
from tests.support.chat_app import last_answer, send, serve, settings
from tests.support.on_call import taken_by_a_human
from tests.support.the_tests import THE_TESTS


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    yield from serve(settings(tmp_path))


def told_of_anonymity(client: TestClient, path: str) -> list[int]:
    """The numbers of the messages to which it was told."""
    messages = client.get(f"{path}/messages").json()["messages"]
    return [message["reply_to"] for message in messages if message["data"].get("told_anonymity")]


def test_who_seems_under_18_is_told_once_what_anonymous_means(client: TestClient, path: str) -> None:
    last_answer(client, path, send(client, path, text="hvad er et indskud"))
    last_answer(client, path, send(client, path, text="jeg er 16 år"))
    last_answer(client, path, send(client, path, text="jeg er 16 år og vil gerne vide mere"))
    messages = client.get(f"{path}/messages").json()["messages"]
    [told] = [message for message in messages if message["data"].get("told_anonymity")]
    assert "Det hedder en underretning." in told["text"]
    assert told["final"] is False
    assert told["sources"]
    assert next(m for m in messages if m["text"] == "jeg er 16 år")["sequence"] == told["reply_to"]
    finals = [message["reply_to"] for message in messages if message["final"]]
    assert len(finals) == len(set(finals)) == 3


def test_nothing_is_said_of_anonymity_before_somebody_is_asked_how_they_are(client: TestClient, path: str) -> None:
    last_answer(client, path, send(client, path, text="jeg er 16 år, og det hele er ligegyldigt"))
    assert told_of_anonymity(client, path) == []
    calm = send(client, path, text="hvad er et indskud")
    last_answer(client, path, calm)
    assert told_of_anonymity(client, path) == [calm]


def test_a_helper_is_not_told_what_anonymous_means_for_the_young(client: TestClient, path: str) -> None:
    with client.app.state.store.write(THE_TESTS) as work:  # type: ignore[attr-defined]
        work.conversations.set_writer(path.rsplit("/", 1)[1], Writer.HELPER)
    last_answer(client, path, send(client, path, text="jeg er 16 år"))
    assert told_of_anonymity(client, path) == []


def heard(store: Store, conversation: str, text: str) -> None:
    town = load_municipalities()["eksempel"]
    reception = Reception(shipped_screen(), shipped_replies_by_tongue(), danger_reader())
    with store.write(THE_TESTS) as work:
        reception.receive(work, conversation, reception.hear(Arrival(str(uuid4()), text)), town)


def notices(store: Store, conversation: str) -> list[str]:
    with store.read(THE_TESTS) as work:
        return [one.text for one in work.conversations.after(conversation, 0) if one.kind is Kind.NOTICE]


def test_who_seems_under_18_beside_a_human_is_told_once_in_a_notice(store: Store, conversation: str) -> None:
    taken_by_a_human(store, conversation)
    heard(store, conversation, "hvad er et indskud")
    assert notices(store, conversation) == []
    heard(store, conversation, "jeg er 16 år")
    heard(store, conversation, "jeg er 16 år og vil gerne vide mere")
    assert notices(store, conversation) == [TEXT.danish]
    assert "Jeg " not in TEXT.danish, "it would be the human beside whom it is said"


@pytest.mark.parametrize(
    ("texts", "times"),
    [
        (["pige på 15"], 1),
        (["jeg går i 8. klasse", "jeg går i folkeskole"], 1),
        (["jeg er 19", "jeg går i 10. klasse"], 0),
        (["min søster går i 8. klasse"], 0),
    ],
)
def test_it_is_told_to_who_seems_under_18_without_saying_an_age(
    store: Store, conversation: str, texts: list[str], times: int
) -> None:
    taken_by_a_human(store, conversation)
    for text in texts:
        heard(store, conversation, text)
    assert notices(store, conversation) == [TEXT.danish] * times


def test_beside_a_human_it_waits_while_somebody_is_in_danger(store: Store, conversation: str) -> None:
    taken_by_a_human(store, conversation)
    heard(store, conversation, "jeg er 16 år, og jeg vil dø")
    assert notices(store, conversation) == []
    heard(store, conversation, "hvad er et indskud")
    assert notices(store, conversation) == [TEXT.danish]


def test_a_helper_is_told_nothing_of_it_beside_a_human(store: Store, conversation: str) -> None:
    taken_by_a_human(store, conversation)
    with store.write(THE_TESTS) as work:
        work.conversations.set_writer(conversation, Writer.HELPER)
    heard(store, conversation, "jeg er 16 år")
    assert notices(store, conversation) == []


@pytest.mark.parametrize(
    ("tongue", "line"),
    [
        (Tongue.DANISH, "Du er anonym, så længe du ikke skriver, hvem du er."),
        (Tongue.ENGLISH, "You are anonymous as long as you do not write who you are."),
    ],
)
def test_the_first_message_says_what_anonymous_means_in_one_line(tongue: Tongue, line: str) -> None:
    assert line in greeting(tongue, Welcome()).text
