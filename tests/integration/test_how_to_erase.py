"""Who asks a human to delete what they wrote is shown once where they do so; the robot says nothing else."""

from pathlib import Path
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from bot.casework.conversations import Draft, Kind, Message, Sender
from bot.conversation.arrival import Arrival, Reception
from bot.conversation.how_to_erase import TEXT
from bot.language.readability import lix
from bot.municipality.towns import load_municipalities
from bot.safety.reader import danger_reader
from bot.safety.replies_by_tongue import shipped_replies_by_tongue
from bot.safety.screen import shipped_screen
from bot.store.store import Store
from tests.support.chat_app import serve, settings
from tests.support.desk import signed_in
from tests.support.on_call import taken_by_a_human
from tests.support.running import PASSWORD
from tests.support.the_tests import THE_TESTS

CHAT_PAGE = Path(__file__).resolve().parents[2] / "bot" / "web" / "templates" / "chat.html"


def writes(store: Store, conversation: str, text: str) -> None:
    reception = Reception(shipped_screen(), shipped_replies_by_tongue(), danger_reader())
    with store.write(THE_TESTS) as work:
        arrival = reception.hear(Arrival(str(uuid4()), text))
        reception.receive(work, conversation, arrival, load_municipalities()["eksempel"])


def others(store: Store, conversation: str) -> list[Message]:
    """What was said by anybody but the young person."""
    with store.read(THE_TESTS) as work:
        return [one for one in work.conversations.after(conversation, 0) if one.sender is not Sender.YOUNG]


def test_beside_a_human_the_way_is_shown_once_and_quotes_nothing(store: Store, conversation: str) -> None:
    taken_by_a_human(store, conversation)
    writes(store, conversation, "min far drikker, og jeg hader ham")
    assert others(store, conversation) == []
    writes(store, conversation, "hov, slet det med min far igen")
    writes(store, conversation, "slet det nu")
    [told] = others(store, conversation)
    assert (told.sender, told.kind, told.text) == (Sender.SYSTEM, Kind.NOTICE, TEXT.danish)
    assert told.data == {"told_erasing": True}
    assert not told.final


def test_beside_the_robot_nothing_is_shown_for_it_answers_itself(store: Store, conversation: str) -> None:
    writes(store, conversation, "slet det igen")
    assert others(store, conversation) == []


def test_it_is_told_in_their_language(store: Store, conversation: str) -> None:
    taken_by_a_human(store, conversation)
    writes(store, conversation, "sorry, please delete what I wrote about my dad, I do not want it to stay here")
    assert [one.text for one in others(store, conversation)] == [TEXT.english]


def test_who_may_fear_somebody_is_shown_it_and_whoever_is_in_clear_danger_first_the_help(
    store: Store, conversation: str
) -> None:
    taken_by_a_human(store, conversation)
    writes(store, conversation, "jeg vil dø nu. slet det igen")
    assert [one.kind for one in others(store, conversation)] == [Kind.DANGER]
    # At a level that is no danger message the robot is silent, so nothing else helps them.
    writes(store, conversation, "det hele er ligegyldigt, slet det jeg skrev")
    with store.read(THE_TESTS) as work:
        newest = [one for one in work.conversations.after(conversation, 0) if one.sender is Sender.YOUNG][-1]
    assert newest.data["danger"]["level"] == 1
    assert [one.kind for one in others(store, conversation)] == [Kind.DANGER, Kind.NOTICE]


def test_what_the_robot_was_answering_when_a_human_came_is_shown_the_way_too(tmp_path: Path) -> None:
    for client in serve(settings(tmp_path)):
        state = client.app.state  # type: ignore[attr-defined]
        with state.store.write(THE_TESTS) as work:
            work.conversations.open("x", "eksempel", "da", "a token")
            found = work.conversations.lock("x")
            [message] = work.conversations.append(found, [Draft(Sender.YOUNG, "slet min chat", answered=False)])
        taken_by_a_human(state.store, "x")
        state.turns._save(message, None, "owner")
        assert [one.text for one in others(state.store, "x")] == [TEXT.danish]


def test_the_desk_is_told_nothing_of_what_was_erased(tmp_path: Path) -> None:
    for client in serve(settings(tmp_path)):
        store: Store = client.app.state.store  # type: ignore[attr-defined]
        desk: TestClient = signed_in(client.app, "demo", PASSWORD)  # type: ignore[arg-type]
        with store.write(THE_TESTS) as work:
            work.conversations.open("x", "eksempel", "da", "a token")
        taken_by_a_human(store, "x")
        writes(store, "x", "min far drikker. slet det igen")
        assert "Slet min chat" in desk.get("/desk/conversations/x/news").text
        client.delete("/api/conversations/x", headers={"Authorization": "Bearer a token"}).raise_for_status()
        answer = desk.get("/desk/conversations/x/news")
        assert answer.status_code == 404
        assert "drikker" not in answer.text


def test_its_words_name_the_button_and_are_easy() -> None:
    assert "Slet min chat" in CHAT_PAGE.read_text(encoding="utf-8")
    assert all("Slet min chat" in words for words in (TEXT.danish, TEXT.english))
    assert lix(TEXT.danish) <= 30


@pytest.mark.parametrize("text", ["tak for snakken", "jeg har slet ikke sovet"])
def test_who_asks_for_nothing_of_it_is_shown_nothing(store: Store, conversation: str, text: str) -> None:
    taken_by_a_human(store, conversation)
    writes(store, conversation, text)
    assert others(store, conversation) == []
