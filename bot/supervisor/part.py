"""One process of the product: started, watched, stopped."""

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

import httpx

PR_SET_PDEATHSIG = 1
PROBE_EVERY = 0.25
# A dialogue server may have to end a turn of eight seconds, and before that to be heard to leave.
STOP_SECONDS = 15.0
TOO_LONG_LINE = b"(a part of a line that is too long to show)"

Say = Callable[[str], None]


class PartFailedError(Exception):
    """A process ended or did not become ready; the message names it."""


@dataclass(frozen=True)
class Part:
    """What to start and where it tells that it is ready; nowhere, where nobody waits for that."""

    name: str
    command: tuple[str, ...]
    health: str = ""


class Running:
    """A started part. Its output is passed on line by line, with its name in front."""

    def __init__(self, part: Part, process: asyncio.subprocess.Process, say: Say) -> None:
        self.part = part
        self.process = process
        self._say = say
        self._cleared = False
        self._reader = asyncio.create_task(self._pass_on())

    @classmethod
    async def start(cls, part: Part, environment: Mapping[str, str], say: Say) -> "Running":
        """Starts it in a session of its own, so that Ctrl-C reaches the supervisor alone."""
        process = await asyncio.create_subprocess_exec(
            *part.command,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env=dict(os.environ) | dict(environment),
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
        return cls(part, process, say)

    async def ready(self, seconds: float) -> None:
        """Returns when it answers. Raises PartFailedError when it ends before, or after this long."""
        try:
            async with asyncio.timeout(seconds), httpx.AsyncClient(timeout=2.0, trust_env=False) as client:
                while not await _answers(client, self.part.health):
                    if self.process.returncode is not None:
                        self._clear()
                        await self._reader
                        raise PartFailedError(self._obituary())
                    await asyncio.sleep(PROBE_EVERY)
        except TimeoutError:
            raise PartFailedError(f"{self.part.name} was not ready after {seconds:.0f} seconds") from None

    async def ended(self) -> str:
        """Returns, when it ends by itself, what there is to say about it."""
        await self._exit()
        self._clear()
        return self._obituary()

    async def stop(self) -> None:
        """Asks it to stop and does not ask twice; nothing that it started is left behind."""
        if self.process.returncode is None:
            with suppress(ProcessLookupError):
                self.process.terminate()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._exit(), STOP_SECONDS)
        self._clear()
        await self.process.wait()
        await self._reader

    async def _exit(self) -> None:
        # Process.wait() would wait for the children as well, which hold the same pipe.
        while self.process.returncode is None:  # noqa: ASYNC110 - asyncio tells of it in no other way
            await asyncio.sleep(PROBE_EVERY)

    def _clear(self) -> None:
        """Kills what is left of its session: workers outlive a part that was killed, and hold its port."""
        # Only once: afterwards the number may belong to somebody else.
        if not self._cleared:
            self._cleared = True
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    async def _pass_on(self) -> None:
        stream = self.process.stdout
        while stream and (line := await _line_of(stream)):
            told = line.decode(errors="replace").rstrip()
            # A line of JSON tells itself whose it is.
            self._say(told if told.startswith("{") else f"{self.part.name:>8} | {told}")

    def _obituary(self) -> str:
        code = self.process.returncode
        if code is not None and code < 0:
            return f"{self.part.name} was killed by signal {-code}"
        return f"{self.part.name} ended with exit code {code}"


async def _line_of(stream: asyncio.StreamReader) -> bytes:
    """The next line, empty at the end; of one longer than the buffer only that it was there."""
    try:
        return await stream.readline()
    except ValueError:
        return TOO_LONG_LINE


async def _answers(client: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await client.get(url)).is_success
    except httpx.HTTPError:
        return False


def die_with_parent() -> None:
    """Runs in the child: who is killed with SIGKILL must leave no process behind that holds a port or works on."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
