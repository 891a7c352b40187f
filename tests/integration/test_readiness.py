"""What web says of servers elsewhere: that one of several answers is enough."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.supervisor.supervisor import free_port
from tests.support.answering import Answering
from tests.support.chat_app import serve, settings


@pytest.mark.parametrize("first", [True, False])
def test_the_actions_are_ready_while_one_of_them_answers(tmp_path: Path, *, first: bool) -> None:
    there, nobody = Answering({}), f"http://127.0.0.1:{free_port()}"
    servers = [there.address, nobody] if first else [nobody, there.address]
    client: TestClient
    for client in serve(settings(tmp_path, actions_servers=",".join(servers))):
        assert client.get("/readyz").json()["actions"] == "ready"
        there.shutdown()
        there.server_close()
        assert client.get("/readyz").json()["actions"] == "unreachable"
