"""Starts the three processes in order, starts again what dies, and stops them all together."""

import asyncio
import signal
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

from bot.settings import Settings
from bot.supervisor.part import Part, PartFailedError, Running, Say

READY_SECONDS = 180.0
# Where a process is asked that listens on every address of the machine.
LOOPBACK = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - nothing is bound here
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
# A process that lived this long starts with a clean sheet when it dies.
STEADY_SECONDS = 60.0


class PortTakenError(Exception):
    """Another program listens where we should; the message names the port and the setting."""


def check_port(host: str, port: int, setting: str) -> None:
    """Raises PortTakenError when nothing of ours could listen there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = f"port {port} on {host} cannot be used ({error.strerror}). Choose another with {setting}."
            raise PortTakenError(message) from error


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def parts(settings: Settings, workers: int) -> list[Part]:
    """The three processes, in the order in which they start."""
    hjemad = (sys.executable, "-m", "bot.cli")
    actions = settings.actions_url.removesuffix("/webhook") + "/health"
    dialogue = f"{settings.dialogue_url}/webhooks/hjemad/health"
    web = f"http://{_reachable(settings.host)}:{settings.port}/healthz"
    return [
        Part("actions", (*hjemad, "actions"), actions),
        Part("dialogue", (*hjemad, "dialogue"), dialogue),
        Part("web", (*hjemad, "web", "--workers", str(workers)), web),
    ]


def _reachable(host: str) -> str:
    """The host of an address at which a process answers that listens on `host`."""
    name = LOOPBACK.get(host, host)
    return f"[{name}]" if ":" in name else name


class Supervisor:
    """Keeps the parts running until it is told to stop."""

    def __init__(self, parts: Sequence[Part], environment: Mapping[str, str], say: Say) -> None:
        self._parts = parts
        self._environment = environment
        self._say = say
        self._stopping = asyncio.Event()
        self._running: dict[str, Running] = {}

    async def run(self, greeting: str) -> None:
        """Serves until SIGINT or SIGTERM; `greeting` is said when all are ready.

        Raises PartFailedError when one of them cannot be started at all.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, self._stopping.set)
        stop = asyncio.create_task(self._stopping.wait())
        serve = asyncio.create_task(self._serve(greeting))
        try:
            await asyncio.wait({stop, serve}, return_when=asyncio.FIRST_COMPLETED)
            if serve.done():
                serve.result()
        finally:
            for task in (serve, stop):
                task.cancel()
                with suppress(asyncio.CancelledError, PartFailedError):
                    await task
            await asyncio.gather(*(running.stop() for running in self._running.values()))

    async def _serve(self, greeting: str) -> None:
        # The dialogue server takes long to load, so nothing waits for it that need not.
        for part in self._parts:
            self._running[part.name] = await Running.start(part, self._environment, self._say)
        for part in self._parts:
            await self._running[part.name].ready(READY_SECONDS)
            self._say(f"{part.name} is ready")
        self._say(greeting)
        await asyncio.gather(*(self._keep(part) for part in self._parts))

    async def _keep(self, part: Part) -> None:
        pause = FIRST_PAUSE
        while True:
            began = time.monotonic()
            obituary = await self._running[part.name].ended()
            pause = FIRST_PAUSE if time.monotonic() - began > STEADY_SECONDS else pause
            self._say(f"{obituary}; the others go on, {part.name} starts again in {pause:.0f} s")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            await self._start_again(part)

    async def _start_again(self, part: Part) -> None:
        """Leaves a part that is ready, or one that has ended and so is tried again."""
        running = self._running[part.name] = await Running.start(part, self._environment, self._say)
        try:
            await running.ready(READY_SECONDS)
        except PartFailedError as error:
            # Of one that ended its obituary is said anyway.
            if running.process.returncode is None:
                self._say(str(error))
                await running.stop()
        else:
            self._say(f"{part.name} is ready again")
