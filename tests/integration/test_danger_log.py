"""The log of dangers: what was told of, what was shown and who took it, and nobody's words."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from io import StringIO
from uuid import uuid4

import pytest
from rich.console import Console
from sqlalchemy import select
from starlette.testclient import TestClient

from bot.casework.conversations import Danger
from bot.casework.dangers import DangerEvent
from bot.casework.lowering import Why, Wish
from bot.conversation.danger_log import show_dangers, show_lowerings
from bot.conversation.desk import DeskConversations
from bot.conversation.notices import Notices
from bot.store import tables
from bot.store.desk_tables import danger_lowerings
from bot.store.store import Store
from tests.support.chat_app import last_answer, send, serve, settings
from tests.support.desk import add_caseworker
from tests.support.the_tests import THE_TESTS

CALM = Wish(0, Why.TALKED, "mormor Gerda kender ham")
HOPELESS = "jeg vil ikke leve mere"


@pytest.fixture
def client(tmp_path):
    yield from serve(settings(tmp_path))


def events(store: Store) -> list[DangerEvent]:
    with store.read(THE_TESTS) as work:
        return work.dangers.since(datetime.now(UTC) - timedelta(hours=1))


def listed(store: Store) -> str:
    written = StringIO()
    show_dangers(Console(file=written, width=240), events(store))
    return written.getvalue()


def test_a_danger_is_kept_with_what_was_shown_and_without_a_word_of_it(client: TestClient, path: str) -> None:
    sequence = send(client, path, text=HOPELESS)
    shown = last_answer(client, path, sequence)
    [event] = events(client.app.state.store)
    assert (event.sequence, event.danger) == (sequence, Danger(2, ("suicide",)))
    assert (event.shown["reply"], event.shown["text"]) == ("clear/suicide", shown["text"])
    assert event.shown["presence"] in ("staffed", "unstaffed")
    assert {"A05", "A02", "A01"} <= set(event.shown["facts"])
    assert (event.taken_by, event.taken_at) == (None, None)
    with client.app.state.store.read(THE_TESTS) as work:
        rows = work._connection.execute(select(tables.danger_events)).mappings().all()
    assert "ikke leve" not in json.dumps([dict(row) for row in rows], default=str)


def test_a_check_in_is_kept_as_one(client: TestClient, path: str) -> None:
    last_answer(client, path, send(client, path, text="det hele er ligegyldigt"))
    [event] = events(client.app.state.store)
    assert (event.danger.level, event.shown["reply"]) == (1, "check_in")


def test_who_took_it_first_stands_and_what_comes_later_is_taken_by_who_answers(client: TestClient, path: str) -> None:
    store = client.app.state.store
    desk, conversation = DeskConversations(store, Notices()), path.rsplit("/", 1)[-1]
    with store.read(THE_TESTS) as work:
        demo = work.people.user("demo")
    send(client, path, text=HOPELESS)
    desk._claim(demo, conversation)
    [taken] = events(store)
    assert taken.taken_by == "Demo fra Ungehuset"
    send(client, path, text="jeg vil dø")
    first, second = events(store)
    assert first == taken
    assert second.taken_at is None
    desk._say(demo, conversation, "Jeg er her.", None)
    first, second = events(store)
    assert first == taken
    assert second.taken_by == "Demo fra Ungehuset"
    assert second.shown["presence"] == "here"


@pytest.mark.parametrize(
    "how", [partial(DeskConversations._calm, wish=CALM), partial(DeskConversations._release, agreed="")]
)
def test_who_is_done_without_a_word_has_taken_it(client: TestClient, path: str, how: Callable[..., object]) -> None:
    store, conversation = client.app.state.store, path.rsplit("/", 1)[-1]
    desk = DeskConversations(store, Notices())
    with store.write(THE_TESTS) as work:
        demo = work.people.user("demo")
        work.queue.enqueue(conversation, datetime.now(UTC))
    desk._claim(demo, conversation)
    send(client, path, text=HOPELESS)
    assert [event.taken_at for event in events(store)] == [None]
    how(desk, demo, conversation)
    assert [event.taken_at is None for event in events(store)] == [False]


def test_who_takes_over_takes_what_the_colleague_has_not_answered(client: TestClient, path: str) -> None:
    store = client.app.state.store
    add_caseworker(store, "eksempel", "bo")
    desk, conversation = DeskConversations(store, Notices()), path.rsplit("/", 1)[-1]
    with store.write(THE_TESTS) as work:
        demo, bo = work.people.user("demo"), work.people.user("bo")
        work.queue.enqueue(conversation, datetime.now(UTC))
    desk._claim(demo, conversation)
    send(client, path, text=HOPELESS)
    desk._take_over(bo, conversation)
    assert [event.taken_by for event in events(store)] == ["Bo"]


def test_a_level_1_told_to_a_human_was_answered_by_no_check_in_of_ours(client: TestClient, path: str) -> None:
    store, conversation = client.app.state.store, path.rsplit("/", 1)[-1]
    with store.write(THE_TESTS) as work:
        demo = work.people.user("demo")
        work.queue.enqueue(conversation, datetime.now(UTC))
        work.queue.claim(conversation, demo.id)
    send(client, path, text="det hele er ligegyldigt")
    assert [event.shown for event in events(store)] == [{}]
    assert "nothing by us" in listed(store)


def test_the_list_tells_when_what_and_who_and_what_was_erased(client: TestClient, path: str) -> None:
    store, conversation = client.app.state.store, path.rsplit("/", 1)[-1]
    send(client, path, text=HOPELESS)
    before = listed(store)
    for told in ("clear/suicide", "eksempel", conversation[:4].upper(), "1 of level 2 or 3 that nobody has taken"):
        assert told in before
    assert client.delete(path).status_code == 204
    assert "erased" in listed(store)
    assert conversation not in listed(store)
    assert "ikke leve" not in listed(store)


def test_a_danger_that_was_lowered_is_listed_with_its_reason_and_without_the_words(
    client: TestClient, path: str
) -> None:
    store, conversation = client.app.state.store, path.rsplit("/", 1)[-1]
    desk = DeskConversations(store, Notices())
    with store.read(THE_TESTS) as work:
        demo = work.people.user("demo")
    send(client, path, text=HOPELESS)
    desk._claim(demo, conversation)
    desk._calm(demo, conversation, CALM)
    for named in (conversation[:4].upper(), "erased"):
        lowered = lowerings(store)
        for told in (named, "talked", "Demo fra Ungehuset", "1 times a human lowered a danger"):
            assert told in lowered
        assert "Gerda" not in lowered
        client.delete(path)
    with store.read(THE_TESTS) as work:
        rows = work._connection.execute(select(danger_lowerings)).mappings().all()
    assert [(row["conversation"], row["sealed"]) for row in rows] == [(None, None)]


def lowerings(store: Store) -> str:
    written = StringIO()
    with store.read(THE_TESTS) as work:
        show_lowerings(Console(file=written, width=240), work.lowerings.since(datetime.now(UTC) - timedelta(hours=1)))
    return written.getvalue()


def test_only_what_was_told_since_then_and_of_one_town(store: Store, conversation: str) -> None:
    with store.write(THE_TESTS) as work:
        found = work.conversations.get(conversation)
        work.people.add_municipality("nabo")
        for town in (found, replace(found, id=str(uuid4()), municipality="nabo")):
            work.dangers.add(town, Danger(2, ("violence",)), 1)
        recent = datetime.now(UTC) - timedelta(minutes=1)
        assert len(work.dangers.since(recent)) == 2
        assert [event.municipality for event in work.dangers.since(recent, "nabo")] == ["nabo"]
        assert work.dangers.since(datetime.now(UTC) + timedelta(minutes=1)) == []
