"""A process is killed in mid-conversation: the others go on, it comes back, and nothing is lost."""

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.running import System
from tests.support.young import Young

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A product of our own, for its processes are killed."""
    running = System(tmp_path_factory.mktemp("mortal")).start()
    yield running
    running.stop()


def test_without_the_dialogue_server_there_are_numbers_to_call_and_a_way_to_book(mortal: System) -> None:
    young = Young(mortal.address)
    young.say("jeg vil gerne booke en tid")
    mortal.kill("dialogue")
    answer = young.say("hvad er boligstøtte")
    assert "112" in answer[-1]["text"]
    assert httpx.get(f"{mortal.address}/book").is_success
    assert httpx.get(f"{mortal.address}/i-nat").is_success
    danger = young.say("jeg har taget en overdosis")
    assert (danger[-1]["kind"], danger[-1]["data"]["level"]) == ("danger", 3)
    mortal.wait_until_ready()
    assert "dialogue was killed by signal 9" in mortal.said()
    assert any("boligstøtte" in message["text"].lower() for message in young.say("hvad er boligstøtte"))


def test_the_form_goes_on_where_it_was_after_the_dialogue_server_came_back(mortal: System) -> None:
    young = Young(mortal.address)
    young.say("jeg vil gerne booke en tid")
    mortal.kill("dialogue")
    time.sleep(1)
    mortal.wait_until_ready()
    young.tap_payload(young.free_times()[0]["payload"])
    young.tap("Ja")
    assert young.last("booking")


def test_without_the_actions_questions_are_answered_all_the_same(mortal: System) -> None:
    young = Young(mortal.address)
    mortal.kill("actions")
    assert "boligstøtte" in young.say("hvad er boligstøtte")[-1]["text"].lower()
    assert young.say("jeg vil gerne booke en tid")[-1]["final"]
    young.say("jeg vil tale med et menneske")
    assert young.holder() == "waiting"
    mortal.wait_until_ready()


def test_what_was_written_before_the_web_process_died_is_answered_after(mortal: System) -> None:
    young = Young(mortal.address)
    sequences = [young.post(text=f"hvad er boligstøtte {number}").json()["sequence"] for number in range(8)]
    mortal.kill("web")
    time.sleep(1)
    mortal.wait_until_ready()
    for sequence in sequences:
        young.await_final(sequence)
    numbers = [message["sequence"] for message in young.messages]
    assert numbers == list(range(1, len(numbers) + 1))
    finals = [message["reply_to"] for message in young.messages if message["final"]]
    assert sorted(finals) == sequences, "each is answered once"


def test_the_page_for_tonight_is_served_by_a_web_process_that_has_nothing_else(tmp_path: Path) -> None:
    """No dialogue, no actions, no store, no danger screen."""
    (tmp_path / "models").mkdir()
    nowhere = "postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=1"
    alone = System(tmp_path, nowhere, {"HJEMAD_MODELS": str(tmp_path / "models")}, command="web").launch()
    try:
        alone.wait_until_ready(60, "/healthz")
        assert "tel:112" in httpx.get(f"{alone.address}/i-nat").text
        ready = httpx.get(f"{alone.address}/readyz")
        assert (ready.status_code, ready.json()["screen"], ready.json()["store"]) == (503, "unusable", "unreachable")
        assert "ClassifierError" in alone.said()
    finally:
        alone.stop()


def test_a_port_that_is_taken_is_named_at_once(mortal: System, tmp_path: Path) -> None:
    second = System(tmp_path, port=mortal.port).launch()
    assert second.process.wait(timeout=60) == 1
    assert "HJEMAD_PORT" in second.said()


def test_a_store_that_cannot_be_reached_is_named_at_once(tmp_path: Path) -> None:
    lost = System(tmp_path, database_url="postgresql://nobody@127.0.0.1:1/nothing").launch()
    assert lost.process.wait(timeout=60) == 1
    assert "StoreUnreachableError" in lost.said()
