"""A crowd that chats as people do, with time to think between two messages, while many more only keep the page open."""

import asyncio
import json
import random
import ssl
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from uuid import uuid4

import httpx

from bot.benchmark.chatting import ANSWER_SECONDS, DANGERS, MUNICIPALITY, Answer
from bot.benchmark.events import events

IN_DANGER = 0.05
OPEN_AT_ONCE = 50
"""How many come in the same moment: more would measure the arrival of a crowd, and not its talk."""

Door = Callable[[], httpx.AsyncClient]
"""Makes the client of one more who comes in."""


@dataclass(frozen=True)
class Pace:
    """So many people for so long, and the least and most seconds that each thinks before a message."""

    people: int
    seconds: float
    thinking: tuple[float, float] = (20.0, 40.0)


@dataclass
class Heard:
    """What came of it: the answers, those to danger apart, and all that went wrong, in a word or two each."""

    answers: list[Answer] = field(default_factory=list)
    dangers: list[Answer] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def door_to(address: str) -> Door:
    """Each has a client of its own: a thousand streams in the pool of one took a whole core, and 34 s to come in."""
    trusted = ssl.create_default_context()
    return lambda: httpx.AsyncClient(base_url=address, timeout=ANSWER_SECONDS, verify=trusted, trust_env=False)


class _Person:
    """One conversation with its stream open. What comes in it is kept by the message that it answers."""

    def __init__(self, client: httpx.AsyncClient, opened: Mapping[str, str], heard: Heard) -> None:
        self._client = client
        self._path = f"/api/conversations/{opened['id']}"
        self._headers = {"Authorization": f"Bearer {opened['token']}"}
        self._heard = heard
        self._finals: dict[int, asyncio.Future[tuple[float, str]]] = defaultdict(asyncio.Future)

    async def listen(self, listens: asyncio.Event | None = None) -> None:
        """Until it is cancelled. A stream that ends is a fault: nobody has ended it."""
        try:
            async with self._client.stream("GET", f"{self._path}/stream", headers=self._headers) as stream:
                stream.raise_for_status()
                if listens:
                    listens.set()
                async for event in events(stream):
                    if event.kind == "message":
                        self._take(json.loads(event.data))
            self._heard.faults.append("a stream ended")
        except httpx.HTTPError as error:
            self._heard.faults.append(f"a stream: {type(error).__name__}")

    def _take(self, message: Mapping[str, object]) -> None:
        reply_to = message.get("reply_to")
        if not (message.get("final") and isinstance(reply_to, int)):
            return
        final = self._finals[reply_to]
        if final.done():
            self._heard.faults.append("answered twice")
        else:
            final.set_result((time.perf_counter(), str(message["kind"])))

    async def say(self, text: str) -> Answer | None:
        """From the POST until the answer was in the stream; None where none came, which is a fault."""
        began = time.perf_counter()
        try:
            body = {"client_id": str(uuid4()), "text": text}
            sent = await self._client.post(f"{self._path}/messages", json=body, headers=self._headers)
            sent.raise_for_status()
            came, kind = await asyncio.wait_for(self._finals[sent.json()["sequence"]], ANSWER_SECONDS)
        except (httpx.HTTPError, TimeoutError) as error:
            self._heard.faults.append(f"a message: {type(error).__name__}")
            return None
        return Answer(came - began, kind)


async def let_chat(door: Door, pace: Pace, said: Sequence[str], seed: int = 7) -> Heard:
    """Lets a crowd chat for its time and waits for the last answers."""
    heard, gate = Heard(), asyncio.Semaphore(OPEN_AT_ONCE)
    chances = [random.Random(f"{seed} {number}") for number in range(pace.people)]  # noqa: S311 - no secret
    await asyncio.gather(*(_chats(door, pace, said, chance, gate, heard) for chance in chances))
    return heard


async def _chats(
    door: Door,
    pace: Pace,
    said: Sequence[str],
    chance: random.Random,
    gate: asyncio.Semaphore,
    heard: Heard,
) -> None:
    until = time.monotonic() + pace.seconds
    # Nobody has waited for the others: the first message of each comes at another moment.
    pause = chance.uniform(0, pace.thinking[1])
    async with _arrived(door, gate, heard) as person:
        while time.monotonic() + pause < until:
            await asyncio.sleep(pause)
            danger = chance.random() < IN_DANGER
            answer = await person.say(chance.choice(DANGERS if danger else said))
            if answer and danger and answer.kind != "danger":
                heard.faults.append("danger met without a danger message")
            if answer:
                (heard.dangers if danger else heard.answers).append(answer)
            pause = chance.uniform(*pace.thinking)


@asynccontextmanager
async def watched(door: Door, streams: int) -> AsyncIterator[Heard]:
    """So many people keep the chat open and write nothing, from the beginning of the block until its end.

    Faults tell of streams that broke. Raises httpx.HTTPError where somebody could not come in.
    """
    heard, gate = Heard(), asyncio.Semaphore(OPEN_AT_ONCE)
    async with AsyncExitStack() as stack:
        await asyncio.gather(*(stack.enter_async_context(_arrived(door, gate, heard)) for _ in range(streams)))
        yield heard


@asynccontextmanager
async def _arrived(door: Door, gate: asyncio.Semaphore, heard: Heard) -> AsyncIterator[_Person]:
    async with door() as client:
        async with gate:
            opened = await client.post("/api/conversations", json={"municipality": MUNICIPALITY})
            opened.raise_for_status()
            person, listens = _Person(client, opened.json(), heard), asyncio.Event()
            listening = asyncio.create_task(person.listen(listens))
            heard_of_it = asyncio.create_task(listens.wait())
            await asyncio.wait({listening, heard_of_it}, return_when=asyncio.FIRST_COMPLETED)
            heard_of_it.cancel()
        try:
            yield person
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
