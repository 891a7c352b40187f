"""The way to the dialogue servers: straight, to another where one has gone, given up at once while nobody is there."""

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.conversation.dialogue import DialogueClient, DialogueUnavailableError
from bot.logs import REQUEST, of_request
from bot.supervisor.supervisor import free_port
from tests.support.answering import Answering
from tests.support.dialogue import always

TURN = {"intent": {"name": "chat_greet"}, "sure": True, "messages": []}


@pytest.fixture
def server() -> Iterator[Answering]:
    served = Answering(TURN)
    yield served
    served.shutdown()


@pytest.fixture
def failing() -> Iterator[Answering]:
    served = Answering(TURN, 503)
    yield served
    served.shutdown()


def nobody() -> str:
    return f"http://127.0.0.1:{free_port()}"


async def test_what_young_people_write_goes_through_no_proxy(
    server: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, nobody())
    client = DialogueClient(always(server.address), timeout=2)
    assert await client.healthy()
    await client.close()


async def test_where_none_is_there_all_are_left_alone_for_a_moment() -> None:
    client = DialogueClient(always(nobody(), nobody()), timeout=2)
    assert not client.is_away
    with pytest.raises(DialogueUnavailableError):
        await client.turn("one", {}, text="hej")
    assert client.is_away
    assert not await client.healthy()
    await client.close()


async def test_where_one_has_gone_the_next_is_asked(server: Answering) -> None:
    client = DialogueClient(always(nobody(), server.address), timeout=2)
    assert (await client.turn("one", {}, text="hej")).intent == "chat_greet"
    assert (len(server.asked), client.is_away) == (1, False)
    assert await client.healthy()
    await client.close()


async def test_one_that_has_heard_the_message_is_the_only_one_that_is_asked(
    failing: Answering, server: Answering
) -> None:
    """What it has done before it failed would be done twice."""
    client = DialogueClient(always(failing.address, server.address), timeout=2)
    with pytest.raises(DialogueUnavailableError):
        await client.turn("one", {}, text="hej")
    assert (len(failing.asked), server.asked, client.is_away) == (1, [], False)
    await client.close()


async def test_one_that_is_silent_with_the_message_is_the_only_one_that_is_asked(server: Answering) -> None:
    """It takes the message in, and may answer it yet."""
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        client = DialogueClient(always(f"http://127.0.0.1:{silent.getsockname()[1]}", server.address), timeout=0.2)
        with pytest.raises(DialogueUnavailableError, match="ReadTimeout"):
            await client.turn("one", {}, text="hej")
    assert (server.asked, client.is_away) == ([], False)
    await client.close()


async def test_who_writes_next_does_not_wait_for_one_that_is_silent(server: Answering) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        client = DialogueClient(always(f"http://127.0.0.1:{silent.getsockname()[1]}", server.address), timeout=0.2)
        with pytest.raises(DialogueUnavailableError):
            await client.turn("one", {}, text="hej")
        assert (await client.turn("two", {}, text="hej")).intent == "chat_greet"
    await client.close()


async def test_it_is_told_what_request_it_is_about(server: Answering) -> None:
    client = DialogueClient(always(server.address), timeout=5)
    with of_request(given := "0123456789abcdef" * 2):
        await client.turn("one", {}, text="hej")
    await client.turn("one", {}, text="hej")
    assert [headers[REQUEST] for headers in server.asked] == [given, ""]
    await client.close()
