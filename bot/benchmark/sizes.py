"""How large each role is unpacked, and how soon it answers, each in an environment of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from rich.console import Console
from rich.table import Table

from bot.benchmark.product import MEBIBYTE
from bot.settings import ROOT, load_settings
from bot.supervisor.supervisor import free_port

START_SECONDS = 300.0
CODE = ("bot", "data", "config.yml")
HEALTH = {"web": "/healthz", "dialogue": "/webhooks/hjemad/health", "actions": "/health"}


class SizeError(Exception):
    """A role cannot be installed or does not start; the message holds the end of what was said."""


@dataclass(frozen=True)
class Role:
    """`groups` are the words by which uv installs what it needs; `beside` is what lies beside the code."""

    name: str
    groups: tuple[str, ...]
    beside: tuple[Path, ...]


@dataclass(frozen=True)
class Size:
    """MiB on disk of the packages, of code and data, of the weights, and seconds until the role answered."""

    packages: float
    code: float
    weights: float
    start: float

    @property
    def whole(self) -> float:
        return self.packages + self.code + self.weights


def roles(models: Path, archive: Path) -> tuple[Role, ...]:
    """The three, with the models that they serve from: those of danger, and this archive."""
    return (
        Role("web", ("--only-group", "web"), (models / "danger",)),
        Role("dialogue", ("--no-dev",), (archive,)),
        Role("actions", ("--only-group", "actions"), (ROOT / "actions",)),
    )


def measure_sizes(console: Console, uv: str, archive: Path) -> None:
    """Installs each role and starts it, one after the other, and prints its size. Raises SizeError."""
    table = Table("role", "MiB", "packages", "code and data", "weights", "seconds to start")
    for role in roles(load_settings().models, archive):
        with TemporaryDirectory() as folder:
            size = _measured(role, uv, Path(folder))
        parts = (size.whole, size.packages, size.code, size.weights)
        table.add_row(role.name, *(f"{part:.0f}" for part in parts), f"{size.start:.1f}")
    console.print(table)


def _measured(role: Role, uv: str, folder: Path) -> Size:
    environment = folder / "venv"
    given = os.environ | {"UV_PROJECT_ENVIRONMENT": str(environment)}
    _run([uv, "sync", "--frozen", "--quiet", "--no-install-project", *role.groups], given)
    start = _started(role, environment / "bin" / "python", folder)
    code = sum(size_of(ROOT / name) for name in CODE)
    return Size(size_of(environment), code, sum(map(size_of, role.beside)), start)


def size_of(place: Path) -> float:
    """MiB of a file or of all that is in a folder but bytecode, which each machine makes anew."""
    files = [place] if place.is_file() else [file for file in place.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files if file.suffix != ".pyc") / MEBIBYTE


def _run(command: list[str], environment: Mapping[str, str]) -> None:
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise SizeError(f"{' '.join(command)}: {done.stderr[-1000:]}")


def _started(role: Role, python: Path, folder: Path) -> float:
    port = free_port()
    name = "HJEMAD_PORT" if role.name == "web" else f"HJEMAD_{role.name.upper()}_PORT"
    given = os.environ | {"PYTHONPATH": str(ROOT), "HJEMAD_VAR": str(folder / "var"), name: str(port)}
    # The first start makes the bytecode, which the second finds.
    return min(_seconds(role, [str(python), "-m", "bot.cli", role.name], given, port) for _ in range(2))


def _seconds(role: Role, command: list[str], environment: Mapping[str, str], port: int) -> float:
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        while time.perf_counter() - began < START_SECONDS and process.poll() is None:
            with suppress(httpx.HTTPError):
                if httpx.get(f"http://127.0.0.1:{port}{HEALTH[role.name]}", trust_env=False).is_success:
                    return time.perf_counter() - began
            time.sleep(0.1)
    finally:
        process.terminate()
        _, said = process.communicate()
    raise SizeError(f"{role.name} does not start: {said[-1000:]}")


if __name__ == "__main__":
    from bot.training.commands import archive_of

    measure_sizes(Console(), sys.argv[1], archive_of(None))
