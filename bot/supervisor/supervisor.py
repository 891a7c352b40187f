"""Starts the three processes in order, starts again what dies, and stops them all together."""

import asyncio
import signal
import socket
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from bot.settings import Settings
from bot.supervisor.part import Part, PartFailedError, Running, Say

HJEMAD = (sys.executable, "-m", "bot.cli")
READY_SECONDS = 180.0
# Where a process is asked that listens on every address of the machine.
LOOPBACK = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - nothing is bound here
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
# How soon it is seen that another model is in service.
LOOK_SECONDS = 2.0
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


def parts(settings: Settings, workers: int, model: str | None = None) -> list[Part]:
    """The three processes, in the order in which they start; the dialogue keeps to a model that is named."""
    actions = f"http://{_reachable(settings.actions_host)}:{settings.actions_port}/health"
    named = ("--model", model) if model else ()
    web = f"http://{_reachable(settings.host)}:{settings.port}/healthz"
    return [
        Part("actions", (*HJEMAD, "actions"), actions),
        _dialogue(settings.dialogue_host, settings.dialogue_port, *named),
        Part("web", (*HJEMAD, "web", "--workers", str(workers)), web),
    ]


def dialogue_with(model: str, host: str) -> Part:
    """A dialogue server on this host that is to take over, with this model and on a port of its own."""
    port = free_port()
    return _dialogue(host, port, "--model", model, "--port", str(port))


def _dialogue(host: str, port: int, *options: str) -> Part:
    asked = f"http://{_reachable(host)}:{port}/webhooks/hjemad/health"
    return Part("dialogue", (*HJEMAD, "dialogue", *options), asked)


def _reachable(host: str) -> str:
    """The host of an address at which a process answers that listens on `host`."""
    name = LOOPBACK.get(host, host)
    return f"[{name}]" if ":" in name else name


Successor = Callable[[], Part | None]
"""Asked again and again: what is to take the place of the part of the same name, or nothing new."""
Errand = Callable[[], Part | None]
"""Asked again and again, in a thread: what is to be started now, comes to its end and is not started again."""


class Supervisor:
    """Keeps the parts running until it is told to stop."""

    def __init__(
        self,
        parts: Sequence[Part],
        environment: Mapping[str, str],
        say: Say,
        successor: Successor = lambda: None,
        errand: Errand | None = None,
    ) -> None:
        self._parts = parts
        self._environment = environment
        self._say = say
        self._successor = successor
        self._errand = errand
        self._stopping = asyncio.Event()
        self._running: dict[str, Running] = {}
        self._started: set[Running] = set()
        # A part that is being replaced is not started again as well; the others are.
        self._changing: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

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
            await asyncio.gather(*map(self._stop, list(self._started)))

    async def _serve(self, greeting: str) -> None:
        # The dialogue server takes long to load, so nothing waits for it that need not.
        for part in self._parts:
            self._running[part.name] = await self._start(part)
        for part in self._parts:
            await self._running[part.name].ready(READY_SECONDS)
            self._say(f"{part.name} is ready")
        self._say(greeting)
        await asyncio.gather(
            *(self._keep(part.name) for part in self._parts), self._replace_when_asked(), self._run_errands()
        )

    async def _start(self, part: Part) -> Running:
        running = await Running.start(part, self._environment, self._say)
        self._started.add(running)
        return running

    async def _stop(self, running: Running) -> None:
        await running.stop()
        self._started.discard(running)

    async def _keep(self, name: str) -> None:
        pause = FIRST_PAUSE
        while True:
            began, running = time.monotonic(), self._running[name]
            obituary = await running.ended()
            if running is not self._running[name]:
                # Another has taken its place, and it was asked to go.
                continue
            self._started.discard(running)
            pause = FIRST_PAUSE if time.monotonic() - began > STEADY_SECONDS else pause
            self._say(f"{obituary}; the others go on, {name} starts again in {pause:.0f} s")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            async with self._changing[name]:
                if running is self._running[name]:
                    await self._start_again(running.part)

    async def _start_again(self, part: Part) -> None:
        """Leaves a part that is ready, or one that has ended and so is tried again."""
        running = self._running[part.name] = await self._start(part)
        try:
            await running.ready(READY_SECONDS)
        except PartFailedError as error:
            # Of one that ended its obituary is said anyway.
            if running.process.returncode is None:
                self._say(str(error))
                await running.stop()
        else:
            self._say(f"{part.name} is ready again")

    async def _replace_when_asked(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if part := self._successor():
                await self._replace(part)

    async def _run_errands(self) -> None:
        """One at a time; whatever becomes of it, the parts go on. One that failed is tried again ever more seldom."""
        pause = LOOK_SECONDS
        while self._errand:
            await asyncio.sleep(pause)
            if part := await asyncio.to_thread(self._errand):
                pause = LOOK_SECONDS if await self._run_errand(part) else min(pause * 2, LONGEST_PAUSE)

    async def _run_errand(self, part: Part) -> bool:
        """Whether it came to a good end; told where it did not."""
        try:
            running = await self._start(part)
        except OSError as error:
            self._say(f"{part.name} cannot be started ({error}); the others go on")
            return False
        obituary = await running.ended()
        self._started.discard(running)
        if running.process.returncode:
            self._say(f"{obituary}; the others go on")
        return running.process.returncode == 0

    async def _replace(self, part: Part) -> None:
        """Lets a part that is ready take over from the one of its name; one that does not get ready changes nothing."""
        async with self._changing[part.name]:
            fresh = await self._ready(part)
            if fresh is None:
                return
            before, self._running[part.name] = self._running[part.name], fresh
        self._say(f"{part.name} is ready, and takes over")
        await self._stop(before)

    async def _ready(self, part: Part) -> Running | None:
        """The part when it answers; None, and told, where it cannot be started."""
        try:
            fresh = await self._start(part)
        except OSError as error:
            self._say(f"{part.name} cannot be started ({error}); the one that was there goes on")
            return None
        try:
            await fresh.ready(READY_SECONDS)
        except PartFailedError as error:
            self._say(f"{error}; the {part.name} that was there goes on")
            await self._stop(fresh)
            return None
        return fresh
