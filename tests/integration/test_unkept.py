"""A message that the store cannot keep: its writer is told so, and in danger told at once where to call."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from bot.web import chat_api
from tests.support.chat_app import open_conversation, serve, settings

DANGER, CALM = "har taget alle pillerne nu", "hvad er boligstøtte"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    yield from serve(settings(tmp_path))


@pytest.fixture
def path(client: TestClient) -> str:
    return open_conversation(client)


def take_away(client: TestClient) -> None:
    state = client.app.state  # type: ignore[attr-defined]
    state.store._database.close()
    (Path(state.settings.var) / "hjemad.sqlite").rename(Path(state.settings.var) / "away.sqlite")


def write(client: TestClient, path: str, text: str, client_id: str = "") -> tuple[int, str]:
    answer = client.post(f"{path}/messages", json={"client_id": client_id or str(uuid4()), "text": text})
    return answer.status_code, answer.json().get("title", "")


@pytest.mark.parametrize(
    ("text", "called", "told"),
    [
        (DANGER, "112", "intet menneske har set det"),
        ("jeg har ingen steder at sove i nat", "114", "intet menneske har set det"),
        ("I want to kill myself tonight", "112", "no human has seen it"),
    ],
)
def test_danger_is_told_where_to_call_while_the_store_is_away(
    client: TestClient, path: str, text: str, called: str, told: str
) -> None:
    take_away(client)
    status, title = write(client, path, text)
    assert status == 503
    assert called in title
    assert told in title


def test_a_pressed_danger_is_told_as_well(client: TestClient, path: str) -> None:
    take_away(client)
    body = {"client_id": str(uuid4()), "payload": "/crisis_no_shelter_tonight"}
    assert "114" in client.post(f"{path}/messages", json=body).json()["title"]


def test_who_tells_of_no_danger_is_told_to_try_again(client: TestClient, path: str) -> None:
    take_away(client)
    assert write(client, path, CALM) == (503, chat_api.STORE_AWAY.title)


def test_a_store_that_hangs_lets_danger_wait_no_longer_than_this_and_keeps_the_message_once(
    client: TestClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat_api, "STORE_SECONDS", 0.5)
    same = str(uuid4())
    other = sqlite3.connect(Path(client.app.state.settings.var) / "hjemad.sqlite", isolation_level=None)  # type: ignore[attr-defined]
    other.execute("BEGIN IMMEDIATE")
    status, title = write(client, path, DANGER, same)
    other.execute("ROLLBACK")
    other.close()
    assert (status, "112" in title) == (503, True)
    monkeypatch.undo()
    assert write(client, path, DANGER, same) == (202, "")
    read = client.get(f"{path}/messages", params={"after": 0}).json()["messages"]
    assert [message["sender"] for message in read].count("young") == 1
