"""What anonymous means here is told once, to whom it concerns, and not in a hard moment."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.casework.conversations import Writer
from tests.support.chat_app import last_answer, send, serve, settings


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
    with client.app.state.store.write() as work:  # type: ignore[attr-defined]
        work.conversations.set_writer(path.rsplit("/", 1)[1], Writer.HELPER)
    last_answer(client, path, send(client, path, text="jeg er 16 år"))
    assert told_of_anonymity(client, path) == []
