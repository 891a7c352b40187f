"""Each answer of the web process has a number, by which what was logged about it is found."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.conversation.turns import Turns
from bot.logs import REQUEST, this_request
from bot.store.store import Store
from tests.support.chat_app import last_answer, open_conversation, send, serve, settings

GIVEN = "0123456789abcdef" * 2


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    yield from serve(settings(tmp_path))


class Numbers(logging.Handler):
    """The number beside each line that is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def emit(self, record: logging.LogRecord) -> None:
        self.found[record.getMessage()] = this_request()


@pytest.fixture
def logged() -> Iterator[dict[str, str]]:
    numbers = Numbers()
    logging.getLogger("bot").addHandler(numbers)
    yield numbers.found
    logging.getLogger("bot").removeHandler(numbers)


def test_every_answer_has_one_and_a_proxys_is_taken_over(client: TestClient) -> None:
    for path in ("/healthz", "/nowhere", "/api/conversations/x/messages"):
        own = client.get(path).headers[REQUEST]
        assert own != client.get(path).headers[REQUEST]
        assert client.get(path, headers={REQUEST: GIVEN}).headers[REQUEST] == GIVEN
        assert client.get(path, headers={REQUEST: "karla"}).headers[REQUEST] != "karla"


def test_an_error_that_nobody_foresaw_is_logged_with_it(
    client: TestClient, logged: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError

    path = open_conversation(client)
    monkeypatch.setattr(Store, "read", broken)
    answer = client.get(f"{path}/messages", headers={REQUEST: GIVEN})
    assert (answer.status_code, answer.headers[REQUEST]) == (500, GIVEN)
    assert [number for line, number in logged.items() if line.startswith("unforeseen ValueError")] == [GIVEN]


def test_what_goes_wrong_with_an_answer_later_has_the_number_of_its_message(
    client: TestClient, logged: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    saving = Turns._save

    def broken(*_: object) -> object:
        monkeypatch.setattr(Turns, "_save", saving)
        raise ValueError

    path = open_conversation(client)
    monkeypatch.setattr(Turns, "_save", broken)
    client.headers[REQUEST] = GIVEN
    sequence = send(client, path, text="hej")
    client.headers[REQUEST] = "another"
    assert last_answer(client, path, sequence)["final"]
    assert logged["a turn could not be put into words: ValueError"] == GIVEN
