"""The dialogue server and the actions as two processes, spoken to as the web process speaks to them."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bot.conversation.dialogue import Addresses
from bot.inside import PASS, pass_of
from bot.logs import REQUEST
from bot.municipality.demo import seed_demo
from bot.municipality.towns import load_municipalities
from bot.settings import ROOT, Settings
from bot.store.store import Store
from bot.supervisor.supervisor import free_port
from tests.support.model import model_in_service
from tests.support.the_tests import THE_TESTS

START_SECONDS = 240.0
SECRET = "a key for tests"
CLOCK_TIME = re.compile(r"\bkl\. \d{2}\.\d{2}\b")


def always(*addresses: str) -> Addresses:
    """The same servers for every conversation."""

    async def asked(_conversation: str) -> Sequence[str]:
        return addresses

    return asked


@dataclass
class Servers:
    """Both processes on a store of their own."""

    folder: Path
    dialogue_port: int = field(default_factory=free_port)
    actions_port: int = field(default_factory=free_port)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.url = f"sqlite:///{self.folder / 'hjemad.sqlite'}"
        self.store = Store(self.url, SECRET)
        self.store.migrate()
        seed_demo(self.store, load_municipalities()["eksempel"], "et-langt-demo-kodeord")
        shown = {PASS: pass_of(Settings(secret_key=SECRET, _env_file=None))}
        address = f"http://127.0.0.1:{self.dialogue_port}/webhooks/hjemad"
        self.http = httpx.Client(base_url=address, timeout=30.0, headers=shown)

    def start(self) -> "Servers":
        model_in_service()
        for name in ("actions", "dialogue"):
            self.start_one(name)
        return self

    def start_one(self, name: str) -> None:
        given = {
            "HJEMAD_DATABASE_URL": self.url,
            "HJEMAD_SECRET_KEY": SECRET,
            "HJEMAD_DIALOGUE_PORT": str(self.dialogue_port),
            "HJEMAD_ACTIONS_PORT": str(self.actions_port),
            "HJEMAD_LOG_FORMAT": "json",
        }
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", name], cwd=ROOT, env=os.environ | given, stdout=log, stderr=log
            )
        self._wait(name)

    def kill(self, name: str) -> None:
        """SIGKILL, and waits until it is gone."""
        self.processes[name].kill()
        self.processes[name].wait()

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(timeout=30)
        self.http.close()
        self.store.close()

    def log(self) -> str:
        return "".join((self.folder / f"{name}.log").read_text(errors="replace") for name in self.processes)

    def _wait(self, name: str) -> None:
        url = f"{self.http.base_url}health" if name == "dialogue" else f"http://127.0.0.1:{self.actions_port}/health"
        began = time.monotonic()
        while time.monotonic() - began < START_SECONDS:
            with suppress(httpx.HTTPError):
                if httpx.get(url, timeout=2).is_success:
                    return
            assert self.processes[name].poll() is None, f"{name} ended:\n{self.log()[-3000:]}"
            time.sleep(0.3)
        raise AssertionError(f"{name} was not ready:\n{self.log()[-3000:]}")


class Speaker:
    """One conversation. Every turn returns what the channel answers."""

    def __init__(self, servers: Servers, name: str) -> None:
        self.servers, self.id = servers, name
        with servers.store.write(THE_TESTS) as work:
            work.conversations.open(name, "eksempel", "da", "token")
        self.answer: dict[str, Any] = {}
        self.number = ""

    def post(self, **said: Any) -> httpx.Response:
        metadata = {"municipality": "eksempel", "danger_level": 0} | said.pop("metadata", {})
        body = {"conversation": self.id, "metadata": metadata} | said
        return self.servers.http.post("/turn", json=body, headers={REQUEST: self.number})

    def say(self, text: str, **metadata: Any) -> dict[str, Any]:
        return self._took(self.post(text=text, metadata=metadata))

    def tap(self, title: str) -> dict[str, Any]:
        """Taps the button of the last answer whose title holds these words."""
        return self._took(self.post(payload=self.button(title)["payload"]))

    def button(self, title: str) -> dict[str, str]:
        found = [button for button in self.buttons() if title in button["title"]]
        assert found, f"no button {title!r} in {self.answer}"
        return found[0]

    def buttons(self) -> list[dict[str, str]]:
        return [button for message in self.answer["messages"] for button in message["buttons"]]

    def times(self) -> list[str]:
        return [button["title"] for button in self.buttons() if CLOCK_TIME.search(button["title"])]

    def responses(self) -> list[str]:
        return [message["response"] for message in self.answer["messages"]]

    def text(self) -> str:
        return "\n".join(message["text"] for message in self.answer["messages"])

    def custom(self) -> dict[str, Any]:
        """The custom part of the last message that has one."""
        return next(message["custom"] for message in reversed(self.answer["messages"]) if message["custom"])

    def _took(self, response: httpx.Response) -> dict[str, Any]:
        assert response.status_code == 200, response.text
        self.answer = response.json()
        return self.answer
