"""The three words open their talk in any chat, and wrong ones are counted there as everywhere."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from bot.casework.arranging import cancel
from bot.casework.bookings import Booking
from bot.casework.conversations import Draft, Holder, Sender
from bot.conversation.sentences import TOO_MANY_WORDS, UNKNOWN_WORDS
from bot.conversation.typed_words import answer_to_words
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.bookings import booked, times
from tests.support.chat_app import last_answer, open_conversation, send, serve, settings
from tests.support.on_call import taken_by_a_human
from tests.support.the_tests import THE_TESTS

WRONG = "min kode er skov-lampe-kage"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    yield from serve(settings(tmp_path, code_tries_a_minute=3))


@pytest.fixture
def talk(client: TestClient) -> Booking:
    """Booked elsewhere, by whoever writes now."""
    state, now = client.app.state, datetime.now(UTC)  # type: ignore[attr-defined]
    town = state.municipalities["eksempel"]
    return booked(state.store, town, now, times(state.store, town, now)[0])


def store_of(client: TestClient) -> Store:
    store: Store = client.app.state.store  # type: ignore[attr-defined]
    return store


def answer(client: TestClient, path: str, text: str) -> dict[str, Any]:
    return last_answer(client, path, send(client, path, text=text))


@pytest.mark.parametrize("typed", ["{0} {1} {2}", "min kode er {2}-{0}-{1}", "{0}, {1}, {2}"])
def test_the_words_show_the_talk_in_a_chat_it_was_not_booked_in(
    client: TestClient, path: str, talk: Booking, typed: str
) -> None:
    shown = answer(client, path, typed.format(*talk.code.split("-")))
    assert (shown["kind"], shown["final"], shown["buttons"]) == ("booking", True, [])
    assert (shown["data"]["code"], shown["data"]["starts_at"]) == (talk.code, talk.starts_at.isoformat())
    sent = client.get(f"{path}/messages", params={"after": 0}).json()["messages"][1]["text"]
    assert "[kode]" in sent
    assert talk.code.split("-")[0] not in sent


def test_a_cancelled_talk_is_told_as_one(client: TestClient, path: str, talk: Booking) -> None:
    with store_of(client).write(THE_TESTS) as work:
        cancel(work, talk, datetime.now(UTC))
    shown = answer(client, path, f"min kode er {talk.code}")
    assert shown["data"]["status"] == "cancelled"
    assert "er aflyst" in shown["text"]


def test_wrong_words_get_one_answer_and_are_few_a_minute_from_all_chats_and_the_page(
    client: TestClient, path: str, talk: Booking
) -> None:
    assert answer(client, path, WRONG)["text"] == UNKNOWN_WORDS.danish
    words = talk.code.split("-")
    assert answer(client, path, f"min kode er {words[0]}-{words[1]}-kage")["text"] == UNKNOWN_WORDS.danish
    assert client.post("/api/bookings/find", json={"code": "skov lampe kage"}).status_code == 404
    other = open_conversation(client)
    for tried in (WRONG, f"min kode er {talk.code}"):
        assert answer(client, other, tried)["text"] == TOO_MANY_WORDS.danish


@pytest.mark.parametrize("opens", [True, False])
def test_a_yes_after_them_is_no_answer_to_what_rasa_asked_before(
    store: Store, municipality: Municipality, conversation: str, *, opens: bool
) -> None:
    """It may have asked whether the talk of this very chat is to be cancelled."""
    now = datetime.now(UTC)
    elsewhere = booked(store, municipality, now, times(store, municipality, now)[0])
    with store.write(THE_TESTS) as work:
        here = work.conversations.lock(conversation)
        rasas = [Draft(Sender.YOUNG, "aflys min tid", answered=True), Draft(Sender.BOT, "Skal den aflyses?")]
        for wrote, answers in (rasas, (rasas[0], answer_to_words(here, elsewhere if opens else UNKNOWN_WORDS))):
            [message] = work.conversations.append(here, [wrote])
            work.conversations.append(here, [replace(answers, final=True, reply_to=message.sequence)])
            [yes] = work.conversations.append(here, [Draft(Sender.YOUNG, "ja", answered=True)])
            assert work.turns.comes_after_another(yes) == (answers is not rasas[1])


def test_danger_beside_the_words_is_answered_first(client: TestClient, path: str, talk: Booking) -> None:
    shown = answer(client, path, f"min kode er {talk.code} og jeg vil tage mit eget liv i nat")
    assert shown["kind"] == "danger"


def test_a_message_sent_again_is_no_second_try(client: TestClient, path: str, talk: Booking) -> None:
    """A phone on a bad line sends it until it is told that it arrived. Three wrong tries are all that a minute has."""
    once = {"client_id": str(uuid4()), "text": WRONG}
    for _ in range(5):
        assert client.post(f"{path}/messages", json=once).status_code == 202
    assert answer(client, path, f"min kode er {talk.code}")["kind"] == "booking"


def test_a_gentle_question_is_asked_though_the_words_stand_beside_it(
    client: TestClient, path: str, talk: Booking
) -> None:
    assert answer(client, path, f"jeg orker ikke mere, min kode er {talk.code}")["data"]["check_in"]


def test_a_wish_for_a_human_beside_the_words_is_heard(client: TestClient, path: str, talk: Booking) -> None:
    answer(client, path, f"jeg vil tale med et menneske, min kode er {talk.code}")
    with store_of(client).read(THE_TESTS) as work:
        assert work.conversations.get(path.rpartition("/")[2]).holder is Holder.WAITING


def test_beside_a_human_the_robot_opens_nothing(client: TestClient, path: str, talk: Booking) -> None:
    taken_by_a_human(store_of(client), path.rpartition("/")[2])
    sequence = send(client, path, text=f"min kode er {talk.code}")
    newer = client.get(f"{path}/messages", params={"after": sequence}).json()["messages"]
    assert [message for message in newer if message["kind"] == "booking"] == []
