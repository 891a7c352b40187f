"""The way to the dialogue server: straight, and given up at once while nobody is there."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from bot.conversation.dialogue import DialogueClient, DialogueUnavailableError
from bot.supervisor.supervisor import free_port


@pytest.fixture
def server() -> Iterator[str]:
    class Healthy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    served = ThreadingHTTPServer(("127.0.0.1", 0), Healthy)
    Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_port}"
    served.shutdown()


async def test_what_young_people_write_goes_through_no_proxy(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    client = DialogueClient(server, timeout=2)
    assert await client.healthy()
    await client.close()


async def test_a_server_that_is_not_there_is_left_alone_for_a_moment() -> None:
    client = DialogueClient(f"http://127.0.0.1:{free_port()}", timeout=2)
    assert not client.is_away
    with pytest.raises(DialogueUnavailableError):
        await client.turn("one", {}, text="hej")
    assert client.is_away
    await client.close()
