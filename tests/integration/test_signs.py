"""A young person and whoever has their conversation are told that the other types, and what the other has seen."""

import asyncio
import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from starlette.requests import Request
from starlette.testclient import TestClient

from bot.casework.signs import NO_SIGNS
from bot.conversation.notices import Notices
from bot.store.desk_tables import desk_looks, young_looks
from bot.store.store import Store
from bot.web.chat_api import _events
from bot.web.desk.conversation_stream import Watch, conversation_events
from tests.support.chat_app import send, serve, settings
from tests.support.desk import PAGE, YoungPerson, add_caseworker, session_of, signed_in
from tests.support.presence import minutes_pass
from tests.support.the_tests import THE_TESTS
from tests.support.two_sides import Chat

NOTHING = {"typing": None, "seen": None}


@pytest.fixture
def client(database_url: str, tmp_path: Path) -> Iterator[TestClient]:
    yield from serve(settings(tmp_path, database_url=database_url))


@pytest.fixture
def chat(client: TestClient) -> Chat:
    store: Store = client.app.state.store  # type: ignore[attr-defined]
    for name in ("anna", "bo"):
        add_caseworker(store, "eksempel", name)
    anna = signed_in(client.app, "anna")  # type: ignore[arg-type]
    return Chat(client, anna, YoungPerson(store).writes("jeg sover hos en ven").waits())


def test_each_is_told_that_the_other_types_until_six_seconds_are_over(chat: Chat) -> None:
    chat.is_taken()
    assert (chat.hears(), chat.at_desk()) == (NOTHING, NO_SIGNS)
    assert (chat.types(), chat.tells(typing=True)) == (204, 204)
    assert chat.hears()["typing"] == "Anna"
    assert chat.at_desk().typing == "young"
    chat.seconds_pass()
    assert (chat.hears()["typing"], chat.at_desk().typing) == (None, None)


def test_what_is_sent_ends_the_sign_of_who_sent_it_and_no_other(chat: Chat) -> None:
    chat.is_taken()
    chat.types()
    chat.tells(typing=True)
    chat.says()
    assert (chat.hears()["typing"], chat.at_desk().typing) == (None, "young")
    chat.types()
    send_as(chat, "tak")
    assert (chat.hears()["typing"], chat.at_desk().typing) == ("Anna", None)


def test_a_sign_that_comes_after_its_message_does_not_bring_it_back(chat: Chat) -> None:
    chat.is_taken()
    before = chat.says()
    sent = send_as(chat, "tak")
    chat.says()
    assert (chat.tells(typing=True, after=before), chat.types(after=before)) == (204, 204)
    assert (chat.hears()["typing"], chat.at_desk().typing) == (None, None)
    # Typed since. What the other wrote meanwhile ends no sign of theirs.
    assert (chat.tells(typing=True, after=sent), chat.types(after=sent + 1)) == (204, 204)
    assert (chat.hears()["typing"], chat.at_desk().typing) == ("Anna", "young")
    # Nor does one that comes late end what was typed since.
    chat.tells(typing=False, after=before)
    assert chat.at_desk().typing == "young"
    chat.tells(typing=False, after=sent)
    assert chat.at_desk().typing is None


@pytest.mark.parametrize("after", ["-1", "nu", "1.5", "9" * 10])
def test_a_sign_of_the_desk_that_names_no_message_is_refused(chat: Chat, after: str) -> None:
    chat.is_taken()
    answer = chat.anna.post(f"{chat.page}/typing", data={"after": after})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_after")
    assert chat.hears()["typing"] is None


def test_a_young_person_who_takes_the_words_back_types_no_more(chat: Chat) -> None:
    chat.is_taken()
    chat.tells(typing=True)
    # That something was seen says nothing of it.
    chat.tells(seen=1)
    assert chat.at_desk().typing == "young"
    chat.tells(typing=False)
    assert chat.at_desk().typing is None


def test_the_desk_is_told_what_they_have_on_screen_and_never_less(chat: Chat) -> None:
    chat.is_taken()
    said = chat.says()
    assert chat.at_desk().seen is None
    chat.tells(seen=said)
    chat.tells(seen=1)
    assert chat.at_desk().seen == said
    # What is not written yet cannot have been seen.
    chat.tells(seen=999_999_999)
    assert chat.at_desk().seen == said


def test_they_are_told_which_of_their_own_messages_the_holder_has_on_screen(chat: Chat) -> None:
    chat.is_taken()
    assert chat.hears()["seen"] is None, "it was taken, and no page has shown it"
    chat.looks()
    assert chat.hears()["seen"] == 1
    own = send_as(chat, "er du der?")
    bo = signed_in(chat.client.app, "bo")  # type: ignore[arg-type]
    assert own > 1
    assert bo.post(f"{chat.page}/looked", data={"seen": str(own)}).status_code == 409
    assert chat.hears()["seen"] == 1, "a colleague who reads along is not who has it"
    chat.looks()
    assert chat.hears()["seen"] == own
    chat.anna.post(f"{chat.page}/looked", data={"seen": "1"}).raise_for_status()
    assert chat.hears()["seen"] == own, "a page that is open twice may tell less"


def test_a_page_of_the_desk_that_nobody_looks_at_has_seen_nothing(chat: Chat) -> None:
    chat.is_taken()
    assert chat.anna.get(chat.page, headers=PAGE).status_code == 200
    assert "sover" in chat.anna.get(f"{chat.page}/news").text
    assert chat.hears()["seen"] is None


def test_what_is_not_written_yet_was_not_seen_at_the_desk(chat: Chat) -> None:
    chat.is_taken()
    assert chat.anna.post(f"{chat.page}/looked", data={"seen": "999999999"}).status_code == 204
    assert chat.hears()["seen"] == 1
    send_as(chat, "er du der?")
    assert chat.hears()["seen"] == 1


@pytest.mark.parametrize("seen", ["", "0", "-1", "1.5", "en", "٣", "9" * 10])
def test_what_is_no_number_of_a_message_is_refused_at_the_desk(chat: Chat, seen: str) -> None:
    chat.is_taken()
    answer = chat.anna.post(f"{chat.page}/looked", data={"seen": seen})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_seen")


def test_what_is_closed_to_the_desk_is_never_told_to_be_seen(chat: Chat) -> None:
    private = YoungPerson(chat.store).writes("til robotten alene")
    other = Chat(chat.client, chat.anna, private)
    with chat.store.write(THE_TESTS) as work:
        anna = work.people.user("anna")
        assert anna
        # As with a talk in the chat, which begins without a word to a human.
        work.queue.enqueue(private.id, datetime.now(UTC), asked_in=2)
        work.queue.claim(private.id, anna.id)
    other.says()
    other.looks()
    assert other.hears() == NOTHING


def test_that_a_message_was_seen_is_told_at_once(chat: Chat) -> None:
    """Streams look only when they are told, or seldom."""
    chat.is_taken()
    told = list[str]()
    chat.client.app.state.notices.pass_on = told.extend  # type: ignore[attr-defined]
    chat.looks()
    assert told == [chat.young.id]
    chat.young.writes("er du der?")
    chat.looks()
    assert told == [chat.young.id, chat.young.id]


def test_two_pages_that_tell_at_once_are_both_heard(chat: Chat) -> None:
    chat.is_taken()
    said = chat.says()
    with ThreadPoolExecutor(8) as pages:
        answers = list(pages.map(lambda seen: chat.tells(typing=True, seen=seen), [1, said] * 8))
    assert set(answers) == {204}
    assert (chat.at_desk().typing, chat.at_desk().seen) == ("young", said)


@pytest.mark.parametrize("ends", ["release", "close"])
def test_nothing_is_told_or_kept_while_no_human_has_it(chat: Chat, ends: str) -> None:
    assert chat.tells(typing=True, seen=1) == 204
    assert (chat.hears(), chat.at_desk(), chat.kept()) == (NOTHING, NO_SIGNS, [None, None])
    chat.is_taken()
    chat.tells(typing=True, seen=1)
    chat.types()
    chat.anna.post(f"{chat.page}/{ends}").raise_for_status()
    assert (chat.hears(), chat.at_desk()) == (NOTHING, NO_SIGNS)
    with chat.store.read(THE_TESTS) as work:
        assert [work._connection.execute(select(table)).all() for table in (desk_looks, young_looks)] == [[], []]


def test_who_has_given_it_away_types_no_more_and_may_not(chat: Chat) -> None:
    chat.is_taken()
    chat.types()
    bo = signed_in(chat.client.app, "bo")  # type: ignore[arg-type]
    bo.post(f"{chat.page}/take-over").raise_for_status()
    assert chat.hears()["typing"] is None
    assert chat.types() == 409
    assert bo.post(f"{chat.page}/typing").status_code == 204
    assert chat.hears()["typing"] == "Bo"


def test_when_somebody_typed_is_forgotten_within_seconds(chat: Chat) -> None:
    chat.is_taken()
    said = chat.says()
    chat.types()
    chat.tells(typing=True, seen=said)
    chat.seconds_pass()
    assert all(chat.kept())
    asyncio.run(chat.client.app.state.signs.look())  # type: ignore[attr-defined]
    assert chat.kept() == [None, None]
    assert chat.at_desk().seen == said


def test_a_sign_is_logged_nowhere_and_is_no_use_of_the_desk(chat: Chat, caplog: pytest.LogCaptureFixture) -> None:
    chat.is_taken()
    used, noted = session_of(chat.anna, chat.store).used_at, _noted(chat)
    with chat.store.write(THE_TESTS) as work:
        work.sign_ins.use(session_of(chat.anna, chat.store).id, used - timedelta(hours=1))
    with caplog.at_level(logging.DEBUG, logger="bot"):
        chat.types()
        chat.tells(typing=True, seen=1)
    assert session_of(chat.anna, chat.store).used_at == used - timedelta(hours=1)
    assert _noted(chat) == noted
    assert [record for record in caplog.records if record.name.startswith("bot")] == []


def test_whoever_types_and_sends_nothing_is_as_silent_as_before(chat: Chat) -> None:
    chat.is_taken()
    chat.types()
    minutes_pass(chat.young, 31)
    chat.types()
    absences = chat.client.app.state.absences  # type: ignore[attr-defined]
    # After its start a process gives open pages time to show themselves.
    absences._blind_until = datetime.now(UTC)
    assert [left.id for left in absences.requeue()] == [chat.young.id]


def test_signs_have_a_bound_of_their_own(tmp_path: Path) -> None:
    chosen = settings(tmp_path, signs_in_conversation_a_minute=2, messages_in_conversation_a_minute=2)
    with contextmanager(serve)(chosen) as client:
        store: Store = client.app.state.store  # type: ignore[attr-defined]
        add_caseworker(store, "eksempel", "anna")
        chat = Chat(client, signed_in(client.app, "anna"), YoungPerson(store).writes("hej").waits())  # type: ignore[arg-type]
        chat.is_taken()
        assert [chat.tells(typing=True) for _ in range(3)] == [204, 204, 429]
        # What was typed can still be sent.
        assert send_as(chat, "her er jeg") > 0
        other = Chat(client, chat.anna, YoungPerson(store))
        assert other.tells(typing=True) == 204


async def test_both_streams_bring_signs_by_themselves_and_anew_while_somebody_types(chat: Chat) -> None:
    app = chat.client.app
    await asyncio.to_thread(chat.is_taken)
    request = Request({"type": "http", "app": app, "headers": [], "query_string": b""})
    stream = _events(request, chat.young.id, after=99)
    assert (await anext(stream)).event == "state"
    await asyncio.to_thread(chat.types)
    first = await asyncio.wait_for(anext(stream), 5)
    assert (first.event, json.loads(first.data)["signs"]["typing"]) == ("signs", "Anna")
    assert json.loads(first.data)["holder"] == "human"
    await asyncio.to_thread(chat.types)
    again = await asyncio.wait_for(anext(stream), 5)
    assert (again.event, again.data) == ("signs", first.data)
    await stream.aclose()

    # As in another process, which hears of it by looking alone.
    watch = Watch(app.state.desk, Notices(), session_of(chat.anna, chat.store), chat.young.id)  # type: ignore[attr-defined]
    events = conversation_events(watch, after=99)
    async for event in events:
        if event is None:
            break
        assert "#signs" not in event.data
    await asyncio.to_thread(chat.tells, typing=True)
    async with asyncio.timeout(5):
        told = [event async for event in _until_told(events)]
    assert [event.data for event in told if "Den unge skriver …" in event.data]
    assert all(event.event is None for event in told)
    await events.aclose()


async def _until_told(events: Any) -> Any:
    async for event in events:
        if event is not None:
            yield event
            return


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"typing": "ja"}, "invalid_typing"),
        ({"seen": 0}, "invalid_seen"),
        ({"seen": 10**9}, "invalid_seen"),
        ({"typing": True, "after": -1}, "invalid_after"),
        ({"text": "hemmeligt"}, "unknown_field"),
    ],
)
def test_what_is_no_sign_is_refused(chat: Chat, body: dict[str, Any], code: str) -> None:
    answer = chat.client.post(f"{chat.path}/signs", json=body, headers=chat.headers)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_an_erased_conversation_takes_no_sign_from_either_side(chat: Chat) -> None:
    chat.is_taken()
    chat.young.erases()
    assert (chat.tells(typing=True), chat.types()) == (401, 404)
    assert chat.anna.post(f"{chat.page}/looked", data={"seen": "1"}).status_code == 404


def send_as(chat: Chat, text: str) -> int:
    chat.client.headers["Authorization"] = chat.headers["Authorization"]
    return send(chat.client, chat.path, text=text)


def _noted(chat: Chat) -> list[tuple[str, str | None]]:
    with chat.store.read(THE_TESTS) as work:
        return [(entry.action, entry.subject) for entry in work.people.noted("eksempel")]
