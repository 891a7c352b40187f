"""Dialogue servers tell in the store that they serve, and web processes ask those."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation import dialogue_servers
from bot.conversation.dialogue_servers import DialogueServers
from bot.dialogue import serving as serving_module
from bot.dialogue.serving import Serving
from bot.settings import Settings
from bot.store.database import StoreUnreachableError
from bot.store.dialogue_servers import FORGOTTEN_AFTER, SAYS_SO_EVERY, SILENT_AFTER
from bot.store.store import Store
from bot.supervisor.part import STOP_SECONDS
from tests.support.the_tests import THE_TESTS

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
OTHERWISE = "http://127.0.0.1:5005"
A, B = "http://127.0.0.1:5006", "http://127.0.0.1:5007"


def test_a_server_that_leaves_answers_as_long_as_anybody_may_believe_that_it_is_there() -> None:
    """By the figures as they are: all other tests here wait for shorter."""
    assert serving_module.LEAVING_SECONDS > dialogue_servers.FRESH_SECONDS
    assert serving_module.LEAVING_SECONDS + Settings(_env_file=None).dialogue_timeout < STOP_SECONDS
    assert 2 * SAYS_SO_EVERY < SILENT_AFTER < FORGOTTEN_AFTER


def says(store: Store, address: str, at: datetime = NOW) -> None:
    with store.write(THE_TESTS) as work:
        work.dialogue_servers.serves(address, "a model", at)


def serving(store: Store, now: datetime = NOW) -> list[str]:
    with store.read(THE_TESTS) as work:
        return list(work.dialogue_servers.serving(now))


def test_who_says_so_serves_until_it_is_silent_or_leaves(store: Store) -> None:
    says(store, A)
    says(store, B)
    says(store, B, NOW + SILENT_AFTER)
    assert serving(store) == [A, B]
    assert serving(store, NOW + SILENT_AFTER) == [B]
    with store.write(THE_TESTS) as work:
        work.dialogue_servers.leaves(B)
    assert serving(store) == [A]
    says(store, B)
    assert serving(store) == [A, B], "a server that came back at the same address"
    with store.write(THE_TESTS) as work:
        work.dialogue_servers.forget(A)
    assert serving(store) == [B]


def test_what_was_killed_is_forgotten_by_the_next_that_serves(store: Store) -> None:
    says(store, A)
    says(store, B, NOW + FORGOTTEN_AFTER + timedelta(seconds=1))
    with store.read(THE_TESTS) as work:
        assert work.dialogue_servers.serving(NOW) == [B]


def test_a_server_that_other_machines_reach_is_asked_from_them(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("platform.node", lambda: "another")
        says(store, "http://10.0.0.5:5005")
        says(store, B)
    says(store, A)
    assert serving(store) == ["http://10.0.0.5:5005", A]


def test_servers_on_the_loopback_of_another_machine_are_its_own_affair(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All listen on loopback, and two may well have the same port."""
    says(store, A)
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("platform.node", lambda: "another")
        says(store, A)
        says(store, B)
        with store.write(THE_TESTS) as work:
            work.dialogue_servers.leaves(A)
        assert serving(store) == [B]
    assert serving(store) == [A]


async def test_while_none_says_so_the_one_of_the_settings_is_asked(store: Store) -> None:
    assert await DialogueServers(store, OTHERWISE).of("one") == [OTHERWISE]


async def test_those_who_ask_at_once_when_nothing_is_known_are_all_told_somebody(store: Store) -> None:
    says(store, A, datetime.now(UTC))
    servers = DialogueServers(store, OTHERWISE)
    asked = await asyncio.gather(*(servers.of(str(number)) for number in range(5)))
    assert all(each in ([A], [OTHERWISE]) for each in asked)
    assert await servers.of("one") == [A]


async def test_who_could_not_say_so_for_a_while_is_asked_before_nobody_is(store: Store) -> None:
    """The store itself may have been away."""
    long_ago = datetime.now(UTC) - 2 * SILENT_AFTER
    says(store, A, long_ago - SILENT_AFTER)
    says(store, B, long_ago)
    servers = DialogueServers(store, OTHERWISE)
    assert set(await servers.of("one")) == {A, B, OTHERWISE}
    with store.write(THE_TESTS) as work:
        work.dialogue_servers.leaves(A)
    assert set(await DialogueServers(store, OTHERWISE).of("one")) == {B, OTHERWISE}


async def test_what_was_being_said_when_it_is_told_to_leave_does_not_bring_it_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving_module, "LEAVING_SECONDS", 0.0)
    leaving = Serving(store, A, "a model")
    await leaving.begin()
    late = asyncio.create_task(asyncio.to_thread(leaving._say))
    await leaving.leave()
    await late
    await asyncio.to_thread(leaving._say)
    assert serving(store, datetime.now(UTC)) == []


async def test_whatever_is_wrong_with_the_store_it_goes_on_and_says_so_later(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    speaking = Serving(store, A, "a model")
    with monkeypatch.context() as broken:
        broken.setattr(Store, "write", lambda *_: 1 / 0)
        await speaking.begin()
    assert "could not say that it serves: ZeroDivisionError" in caplog.text
    speaking._say()
    assert serving(store, datetime.now(UTC)) == [A]


async def test_conversations_are_shared_and_each_stays_with_its_server(store: Store) -> None:
    says(store, A, datetime.now(UTC))
    says(store, B, datetime.now(UTC))
    servers = DialogueServers(store, OTHERWISE)
    asked = {str(number): await servers.of(str(number)) for number in range(200)}
    assert all(sorted(each) == [A, B] for each in asked.values())
    assert min(Counter(each[0] for each in asked.values()).values()) > 50
    assert {name: await servers.of(name) for name in asked} == asked


async def test_a_server_that_leaves_is_asked_nothing_more_by_the_time_it_has_left(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogue_servers, "FRESH_SECONDS", 0.1)
    monkeypatch.setattr(serving_module, "LEAVING_SECONDS", 0.2)
    servers, leaving = DialogueServers(store, OTHERWISE), Serving(store, A, "a model")
    await leaving.begin()
    assert await servers.of("one") == [A]
    says(store, B, datetime.now(UTC))
    await leaving.leave()
    assert await servers.of("one") == [B]
    await leaving.end()
    assert serving(store, datetime.now(UTC)) == [B]


async def test_it_says_so_again_and_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving_module, "SAYS_SO_EVERY", timedelta(seconds=0.05))
    monkeypatch.setattr(serving_module, "LEAVING_SECONDS", 0.0)
    speaking = Serving(store, A, "a model")
    await speaking.begin()
    with store.write(THE_TESTS) as work:
        work.dialogue_servers.forget(A)
    async with asyncio.timeout(10):
        while not serving(store, datetime.now(UTC)):  # noqa: ASYNC110 - another task sets no event
            await asyncio.sleep(0.05)
    await speaking.leave()
    await speaking.end()


async def test_without_the_store_those_are_asked_who_were_there(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogue_servers, "FRESH_SECONDS", 0.0)
    servers = DialogueServers(store, OTHERWISE)
    says(store, A, datetime.now(UTC))
    assert await servers.of("one") == [A]

    def away() -> None:
        raise StoreUnreachableError

    monkeypatch.setattr(Store, "read", lambda *_: away())
    assert await servers.of("one") == [A]
    assert await DialogueServers(store, OTHERWISE).of("one") == [OTHERWISE]
