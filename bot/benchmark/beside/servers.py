"""The two that are held beside each other, each as those who use it meet it: over HTTP."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol
from uuid import uuid4

import httpx
import psutil
import yaml

from bot.benchmark.product import MEBIBYTE, family_of, running
from bot.settings import ROOT
from bot.supervisor.supervisor import free_port
from bot.terminal import QUIET

PATIENCE = 600.0
STOP_SECONDS = 30.0


class BesideError(Exception):
    """One side could not be trained or started, or did not answer; the message names it."""


class Talk(Protocol):
    """One conversation with one side."""

    def say(self, text: str) -> bool:
        """Returns when the whole answer is there, and whether anything was said. Raises BesideError."""


@dataclass(frozen=True)
class Server:
    """A side that runs. `processes` are those that answer, `memory_of` the one that understands and decides."""

    name: str
    start_seconds: float
    processes: tuple[psutil.Process, ...]
    memory_of: psutil.Process
    address: str

    def talk(self) -> Talk:
        """A new conversation."""
        return _OurTalk(self.address) if self.name == "ours" else _StockTalk(self.address)

    def work(self) -> float:
        """Processor seconds of all its processes so far."""
        return sum(_work(process) for process in self.processes)

    def memory(self) -> float:
        """MiB that only the dialogue server has, and its share of what others have too."""
        return sum(one.memory_full_info().pss for one in family_of(self.memory_of)) / MEBIBYTE


@contextmanager
def _told_of(name: str) -> Iterator[None]:
    try:
        yield
    except httpx.HTTPError as error:
        raise BesideError(f"{name} no longer answers: {error!r}") from error


class _OurTalk:
    """By the chat API, as the widget does; that is more than the dialogue server alone."""

    @_told_of("Hjemad")
    def __init__(self, address: str) -> None:
        self._http = httpx.Client(base_url=address, timeout=PATIENCE, trust_env=False)
        opened = self._http.post("/api/conversations", json={"municipality": "eksempel"}).raise_for_status().json()
        self._http.headers["Authorization"] = f"Bearer {opened['token']}"
        self._path = f"/api/conversations/{opened['id']}/messages"

    @_told_of("Hjemad")
    def say(self, text: str) -> bool:
        sent = self._http.post(self._path, json={"client_id": str(uuid4()), "text": text}).raise_for_status()
        sequence = after = sent.json()["sequence"]
        while True:
            read = self._http.get(self._path, params={"after": after, "wait": 25}).raise_for_status().json()["messages"]
            if any(message["final"] and message["reply_to"] == sequence for message in read):
                return True
            after = read[-1]["sequence"] if read else after


class _StockTalk:
    """By Rasa's own REST channel."""

    def __init__(self, address: str) -> None:
        self._http = httpx.Client(base_url=address, timeout=PATIENCE, trust_env=False)
        self._sender = str(uuid4())

    @_told_of("stock Rasa")
    def say(self, text: str) -> bool:
        body = {"sender": self._sender, "message": text}
        # It answers 200 with an empty list when it failed, and that is soon done.
        return bool(self._http.post("/webhooks/rest/webhook", json=body).raise_for_status().json())


@contextmanager
def our_server() -> Iterator[Server]:
    """Hjemad as `hjemad run` serves it, on a SQLite store of its own. Raises ProductError."""
    began = time.perf_counter()
    with running("run", "/readyz", {"HJEMAD_DATABASE_URL": ""}) as product:
        _OurTalk(product.address).say("hej")
        start = time.perf_counter() - began
        parts = product.parts()
        if "dialogue" not in parts:
            raise BesideError("the dialogue server of Hjemad is not there")
        yield Server("ours", start, tuple(parts.values()), parts["dialogue"], product.address)


@contextmanager
def stock_server(model: Path) -> Iterator[Server]:
    """Rasa's own server with its REST channel and its SQL tracker store on SQLite. Raises BesideError."""
    with TemporaryDirectory() as folder:
        port, output = free_port(), Path(folder) / "output.log"
        command = _stock_command(Path(folder), model, port)
        began = time.perf_counter()
        with output.open("wb") as out:
            process = subprocess.Popen(command, cwd=folder, env=quiet_rasa(), stdout=out, stderr=subprocess.STDOUT)  # noqa: S603
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address, process, output)
            _StockTalk(address).say("hej")
            own = psutil.Process(process.pid)
            yield Server("stock", time.perf_counter() - began, (own,), own, address)
        finally:
            _stop(process)


def _stock_command(folder: Path, model: Path, port: int) -> list[str]:
    # Without `query` its store cannot be opened with SQLAlchemy 2.
    store = {"type": "SQL", "dialect": "sqlite", "db": str(folder / "trackers.sqlite"), "query": {}}
    (folder / "endpoints.yml").write_text(yaml.safe_dump({"tracker_store": store}), encoding="utf-8")
    (folder / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    files = ["--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
    return [sys.executable, "-m", "rasa", "run", "--model", str(model), "--port", str(port), *files]


def quiet_rasa() -> Mapping[str, str]:
    """The environment in which Rasa reports nothing home."""
    own = {"RASA_TELEMETRY_ENABLED": "false", "SENTRY_DSN": "", "PYTHONPATH": str(ROOT)}
    return os.environ | QUIET | own


def _wait(address: str, process: "subprocess.Popen[bytes]", output: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with suppress(httpx.HTTPError):
            if httpx.get(address, trust_env=False).is_success:
                return
        time.sleep(0.2)
    raise BesideError(f"stock Rasa does not answer: {output.read_text(errors='replace')[-2000:]}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _work(process: psutil.Process) -> float:
    times = [one.cpu_times() for one in family_of(process)]
    return sum(one.user + one.system for one in times)
