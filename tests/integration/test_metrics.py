"""What those who run it may watch: right, only by the token, and with nothing of anybody."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import ValidationError
from starlette.testclient import TestClient

from bot.composed_yaml import content_of
from bot.settings import ROOT
from bot.store.database import StoreUnreachableError
from bot.store.store import Store
from tests.support.chat_app import last_answer, open_conversation, send, serve, settings
from tests.support.desk import YoungPerson
from tests.support.model import danger_screen
from tests.support.running import System

TOKEN = "a token for the metrics"
OPENS = {"Authorization": f"Bearer {TOKEN}"}
WATCHING = ROOT / "docs" / "watching"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    yield from serve(settings(tmp_path, metrics_token=TOKEN))


def read(told: str) -> dict[str, float]:
    """Each sample by its name and labels."""
    return {
        one.name + "".join(f" {label}={value}" for label, value in sorted(one.labels.items())): one.value
        for family in text_string_to_metric_families(told)
        for one in family.samples
    }


def told_to(client: TestClient) -> dict[str, float]:
    response = client.get("/metrics", headers=OPENS)
    assert response.status_code == 200
    return read(response.text)


def grown(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    return {name: after[name] - before.get(name, 0.0) for name in after if after[name] != before.get(name, 0.0)}


@pytest.mark.parametrize("given", [{}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {TOKEN}x"}])
def test_without_the_token_it_is_not_there(client: TestClient, given: dict[str, str]) -> None:
    assert client.get("/metrics", headers=given).status_code == 404


def test_where_no_token_is_set_nothing_opens_it(tmp_path: Path) -> None:
    for client in serve(settings(tmp_path)):
        assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_a_token_that_can_be_guessed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="16 characters at least"):
        settings(tmp_path, metrics_token="short")


def test_a_message_is_counted_with_its_stages_and_what_became_of_it(client: TestClient) -> None:
    before, path = told_to(client), open_conversation(client)
    sequence = send(client, path, text="hvad er boligstøtte")
    assert last_answer(client, path, sequence)["final"]
    now = grown(before, told_to(client))
    assert now["hjemad_messages_total"] == 1
    assert now["hjemad_turns_unanswered_total why=failed"] == 1, "there is no dialogue server here"
    stages = {name.split("stage=")[1] for name in now if name.startswith("hjemad_stage_seconds_count")}
    assert stages == {"hear", "keep", "wait", "dialogue", "answer"}
    assert now["hjemad_reply_seconds_count"] == 1
    assert not any(name.startswith("hjemad_dangers") for name in now)


def test_danger_is_counted_by_its_level_once_and_waits(client: TestClient) -> None:
    before, path = told_to(client), open_conversation(client)
    body = {"client_id": "0f4a6a52-4d4f-4c57-9a0f-6d4b8f5f8f00", "text": "jeg har taget 40 panodiler"}
    for _ in range(2):
        assert client.post(f"{path}/messages", json=body).status_code == 202
    now = told_to(client)
    assert grown(before, now)["hjemad_dangers_total level=3"] == 1
    assert (now["hjemad_waiting"], now["hjemad_waiting_in_danger"], now["hjemad_held"]) == (1, 1, 0)
    assert 0 <= now["hjemad_longest_wait_seconds"] < 60


def test_nothing_in_it_is_of_anybody(client: TestClient) -> None:
    path = open_conversation(client)
    send(client, path, text="jeg hedder Karla og min far slår mig")
    told = client.get("/metrics", headers=OPENS).text
    for theirs in ("Karla", "slår", "eksempel", path.rsplit("/", 1)[1]):
        assert theirs not in told


def test_where_the_store_is_away_that_is_told(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise StoreUnreachableError

    monkeypatch.setattr(Store, "read", away)
    told = told_to(client)
    assert (told["hjemad_store_reachable"], told["hjemad_hears_danger"]) == (0, 1)
    assert "hjemad_waiting" not in told


def test_the_alarms_and_the_board_name_what_is_told(client: TestClient) -> None:
    names = {name.split(" ")[0] for name in told_to(client)} | {"hjemad_dialogue_servers", "hjemad_errors_total"}
    rules = content_of((WATCHING / "alarms.yml").read_text(encoding="utf-8"))["groups"][0]["rules"]
    board = json.loads((WATCHING / "dashboard.json").read_text(encoding="utf-8"))
    asked = [rule["expr"] for rule in rules]
    asked += [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    assert {name for words in asked for name in re.findall(r"hjemad_\w+", words)} <= names
    explained = (WATCHING / "README.md").read_text(encoding="utf-8")
    assert all(f"| `{rule['alert']}` |" in explained for rule in rules)
    assert len(rules) == 5


@pytest.mark.parametrize("database_url", ["postgresql", pytest.param("sqlite", marks=pytest.mark.soak)], indirect=True)
def test_of_several_workers_one_tells_what_all_have_counted(store: Store, database_url: str, tmp_path: Path) -> None:
    danger_screen()
    given = {"HJEMAD_SECRET_KEY": "a key for tests", "HJEMAD_WORKERS": "2", "HJEMAD_METRICS_TOKEN": TOKEN}
    web = System(tmp_path, database_url, given, command="web").launch()
    try:
        web.wait_until_ready(asked="/healthz")
        for number in range(1, 7):
            young = YoungPerson(store)
            path = f"{web.address}/api/conversations/{young.id}/messages"
            # A connection of its own each time, so that sooner or later both workers are asked.
            body, opens = {"client_id": str(uuid4()), "text": "hej"}, {"Authorization": f"Bearer {young.token}"}
            assert httpx.post(path, json=body, headers=opens).status_code == 202
            assert read(httpx.get(f"{web.address}/metrics", headers=OPENS).text)["hjemad_messages_total"] == number
        [folder] = (tmp_path / "var").glob("metrics-*")
        assert len({file.stem.split("_")[1] for file in folder.glob("counter_*.db")}) > 1
    finally:
        web.stop()
    assert not folder.exists()
