"""What the encoder makes of a message: worked out once, heard by the screen, done without where it cannot be."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from starlette.testclient import TestClient

from bot.language.encoder import sentence_encoder
from bot.safety.reader import Meaning, danger_reader
from tests.support.chat_app import last_answer, open_conversation, send, serve, settings
from tests.support.model import found_by_the_classifier_alone

Vectors = NDArray[np.float32]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    yield from serve(settings(tmp_path))


class Counting:
    """The real encoder and reader, and what they were asked for."""

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded.extend(texts)
        return sentence_encoder().encode(texts)

    def read(self, text: str) -> Meaning:
        self.encoded.append(text)
        return danger_reader().read(text)


class Broken:
    """An encoder and reader that fail once the process has started."""

    def encode(self, _texts: Sequence[str]) -> Vectors:
        raise RuntimeError("no memory left")

    def read(self, text: str) -> Meaning:
        if text == "hej":
            return danger_reader().read(text)
        raise RuntimeError("no memory left")


@contextmanager
def served_with(
    encoder: Counting | Broken, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[TestClient, str]]:
    monkeypatch.setattr("bot.web.app.sentence_encoder", lambda: encoder)
    monkeypatch.setattr("bot.web.app.danger_reader", lambda: encoder)
    with contextmanager(serve)(settings(tmp_path)) as client:
        yield client, open_conversation(client)


def test_a_message_is_encoded_once_for_the_screen_and_for_rasa(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counting = Counting()
    with served_with(counting, tmp_path, monkeypatch) as (client, path):
        last_answer(client, path, send(client, path, text="hvad er boligstøtte, ring på 22 33 44 55"))
    assert [t for t in counting.encoded if "boligstøtte" in t] == ["hvad er boligstøtte, ring på [telefonnummer]"]


def test_a_message_with_a_slip_is_read_once_more_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counting = Counting()
    with served_with(counting, tmp_path, monkeypatch) as (client, path):
        last_answer(client, path, send(client, path, text="Hvad er bolligstøtte?"))
    assert counting.encoded[-2:] == ["Hvad er bolligstøtte?", "Hvad er boligstøtte?"]


def test_a_message_that_cannot_be_encoded_is_still_screened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with served_with(Broken(), tmp_path, monkeypatch) as (client, path):
        assert last_answer(client, path, send(client, path, text="jeg vil dø"))["kind"] == "danger"


def test_danger_that_no_pattern_knows_is_heard_by_what_it_means(client: TestClient, path: str) -> None:
    told = found_by_the_classifier_alone()
    assert last_answer(client, path, send(client, path, text=told.text))["kind"] == "danger"


def test_a_goodbye_after_talk_of_not_living_is_danger_and_before_it_is_none(client: TestClient, path: str) -> None:
    goodbye = "farvel, i har været gode ved mig"
    assert last_answer(client, path, send(client, path, text=goodbye))["kind"] != "danger"
    for text in ("jeg er ikke en skid værd", "alene i hele verden"):
        assert last_answer(client, path, send(client, path, text=text))["kind"] != "danger"
    assert last_answer(client, path, send(client, path, text=goodbye))["kind"] == "danger"
