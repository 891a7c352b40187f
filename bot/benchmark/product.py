"""The whole product, started for a measurement on a store of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psutil

from bot.supervisor.supervisor import free_port

START_SECONDS = 900.0
STOP_SECONDS = 30.0
ROLES = ("web", "dialogue", "actions")
MEBIBYTE = 2**20


class ProductError(Exception):
    """The product did not start; the message holds the end of what it said."""


@dataclass(frozen=True)
class Product:
    """A running product: its address, how long it took to be ready, and its supervisor's process."""

    address: str
    start_seconds: float
    process: int

    def memory(self) -> dict[str, float]:
        """Resident memory of each process in MiB, its own children included."""
        return {role: _memory(process) for role, process in self.parts().items()}

    def parts(self) -> dict[str, psutil.Process]:
        """The processes that run now, by their role."""
        children = psutil.Process(self.process).children()
        return {role: child for child in children if (role := _role(child))}


def running_product() -> AbstractContextManager[Product]:
    """Starts `hjemad run` on a store of its own. Raises ProductError."""
    return running("run", "/readyz", {"HJEMAD_DATABASE_URL": ""})


@contextmanager
def running(command: str, asked: str, settings: Mapping[str, str]) -> Iterator[Product]:
    """Starts `hjemad` on a free port with limits out of the way, until this path answers. Raises ProductError."""
    with TemporaryDirectory() as folder:
        port, output = free_port(), Path(folder) / "output.log"
        began = time.perf_counter()
        with output.open("wb") as out:
            process = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", "bot.cli", command],
                env={**os.environ, **_environment(folder, port), **settings},
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(f"{address}{asked}", process, output)
            yield Product(address, time.perf_counter() - began, process.pid)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(STOP_SECONDS)


def _environment(folder: str, port: int) -> dict[str, str]:
    many = "1000000"
    return {
        "HJEMAD_VAR": folder,
        "HJEMAD_PORT": str(port),
        "HJEMAD_CONVERSATIONS_A_MINUTE": many,
        "HJEMAD_MESSAGES_A_MINUTE": many,
        "HJEMAD_MESSAGES_IN_CONVERSATION_A_MINUTE": many,
    }


def _wait(address: str, process: "subprocess.Popen[bytes]", output: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with suppress(httpx.HTTPError):
            if httpx.get(address).is_success:
                return
        time.sleep(0.2)
    raise ProductError(output.read_text(errors="replace")[-2000:])


def _role(process: psutil.Process) -> str | None:
    with suppress(psutil.NoSuchProcess):
        words = process.cmdline()
        return next((role for role in ROLES if role in words), None)
    return None


def _memory(process: psutil.Process) -> float:
    bytes_used: int = sum(member.memory_info().rss for member in family_of(process))
    return bytes_used / MEBIBYTE


def family_of(process: psutil.Process) -> list[psutil.Process]:
    """It and all that it has started."""
    return [process, *process.children(recursive=True)]
