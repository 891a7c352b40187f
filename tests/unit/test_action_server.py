"""The way from Rasa to the actions: to another server where one has gone, and never twice."""

import socket
from collections.abc import Iterator
from contextlib import closing

import aiohttp
import pytest

from bot.dialogue import action_server
from bot.dialogue.action_server import ActionServer
from bot.dialogue.fence import TurnOverError
from bot.inside import PASS
from bot.supervisor.supervisor import free_port
from tests.support.answering import Answering

DONE = {"events": [], "responses": []}


@pytest.fixture
def there() -> Iterator[Answering]:
    served = Answering(DONE)
    yield served
    served.shutdown()


def nobody() -> str:
    return f"http://127.0.0.1:{free_port()}"


def nothing() -> None:
    """Every turn is open."""


async def test_where_one_has_gone_the_next_is_asked_and_shown_the_pass(there: Answering) -> None:
    actions = ActionServer([nobody(), there.address], "the pass", nothing)
    assert await actions.request(json={}) == DONE
    assert [headers[PASS] for headers in there.asked] == ["the pass"]


async def test_where_all_have_gone_it_is_told() -> None:
    with pytest.raises(aiohttp.ClientConnectionError):
        await ActionServer([nobody(), nobody()], "the pass", nothing).request(json={})


async def test_one_that_is_silent_is_given_up_and_avoided(there: Answering, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may have done what it was asked, so that nobody else is asked for it."""
    monkeypatch.setattr(action_server, "PATIENCE_SECONDS", 0.2)
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        actions = ActionServer([address, there.address], "the pass", nothing)
        with pytest.raises(TimeoutError):
            await actions.request(json={})
        assert there.asked == []
        await actions.request(json={})
    assert len(there.asked) == 1


async def test_in_a_turn_that_is_over_nothing_is_done(there: Answering) -> None:
    def over() -> None:
        raise TurnOverError

    with pytest.raises(TurnOverError):
        await ActionServer([there.address], "the pass", over).request(json={})
    assert there.asked == []
