"""The way from Rasa to the actions: to another server where one has gone, and never twice."""

import json
import socket
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import aiohttp
import pytest

from bot.dialogue import action_server
from bot.dialogue.action_server import ActionServer
from bot.dialogue.fence import TurnOverError
from bot.inside import PASS
from bot.supervisor.supervisor import free_port


class Actions(ThreadingHTTPServer):
    """Answers every call, and keeps the passes that were shown."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.shown = list[str | None]()
        Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Actions

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.server.shown.append(self.headers[PASS])
        body = json.dumps({"events": [], "responses": []}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def there() -> Iterator[Actions]:
    served = Actions()
    yield served
    served.shutdown()


def nobody() -> str:
    return f"http://127.0.0.1:{free_port()}"


def nothing() -> None:
    """Every turn is open."""


async def test_where_one_has_gone_the_next_is_asked_and_shown_the_pass(there: Actions) -> None:
    actions = ActionServer([nobody(), there.address], "the pass", nothing)
    assert await actions.request(json={}) == {"events": [], "responses": []}
    assert there.shown == ["the pass"]


async def test_where_all_have_gone_it_is_told() -> None:
    with pytest.raises(aiohttp.ClientConnectionError):
        await ActionServer([nobody(), nobody()], "the pass", nothing).request(json={})


async def test_one_that_is_silent_is_given_up_and_then_avoided(there: Actions, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may have done what it was asked, so that nobody else is asked for it."""
    monkeypatch.setattr(action_server, "PATIENCE_SECONDS", 0.2)
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        actions = ActionServer([address, there.address], "the pass", nothing)
        with pytest.raises(TimeoutError):
            await actions.request(json={})
        assert there.shown == []
        await actions.request(json={})
    assert len(there.shown) == 1


async def test_in_a_turn_that_is_over_nothing_is_done(there: Actions) -> None:
    def over() -> None:
        raise TurnOverError

    with pytest.raises(TurnOverError):
        await ActionServer([there.address], "the pass", over).request(json={})
    assert there.shown == []
