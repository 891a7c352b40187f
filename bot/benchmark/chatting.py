"""How long people wait for an answer: from the POST of a message to its final reply."""

import asyncio
import random
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx

from bot.composed_yaml import content_of

MUNICIPALITY = "eksempel"
ANSWER_SECONDS = 60.0
# Each is answered by a danger message on its own.
DANGERS = (
    "jeg vil ikke leve mere",
    "har taget alle pillerne nu",
    "min far slog mig igen i går",
    "jeg har ingen steder at sove i nat",
)


def percentile_95(seconds: Sequence[float]) -> float:
    """What 95 of 100 stayed at or below; of a single one that one, of none 0."""
    return (
        statistics.quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else max(seconds, default=0.0)
    )


@dataclass(frozen=True)
class Answer:
    """The final reply to a message: the seconds until it was there, and its kind."""

    seconds: float
    kind: str


@dataclass(frozen=True)
class Waiting:
    """The final replies to so many people chatting at once, and the seconds it took altogether."""

    people: int
    answers: tuple[Answer, ...]
    elapsed: float

    @property
    def seconds(self) -> tuple[float, ...]:
        return tuple(answer.seconds for answer in self.answers)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def percentile_95(self) -> float:
        return percentile_95(self.seconds)

    @property
    def messages_a_second(self) -> float:
        return len(self.seconds) / self.elapsed


def utterances(folder: Path, seed: int = 7) -> list[str]:
    """What people write, in a fixed random order: the training utterances but for those of danger and bookings."""
    files = [file for file in sorted(folder.glob("*.yml")) if file.stem not in ("crisis", "booking", "handoff")]
    entries = [entry for file in files for entry in content_of(file.read_text(encoding="utf-8"))["nlu"]]
    lines = [line.removeprefix("- ") for entry in entries for line in entry["examples"].splitlines()]
    random.Random(seed).shuffle(lines)  # noqa: S311 - an order, not a secret
    return lines


async def chat(address: str, people: int, messages_each: int, said: Sequence[str]) -> Waiting:
    """Lets so many people chat at once, each writing as soon as the answer has come."""
    began = time.perf_counter()
    turns = (said[number * messages_each :][:messages_each] for number in range(people))
    answered = await asyncio.gather(*(_one(address, turn) for turn in turns))
    return Waiting(people, tuple(answer for one in answered for answer in one), time.perf_counter() - began)


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[tuple[httpx.AsyncClient, str]]:
    """A client with the token of a conversation of its own, and the conversation's path."""
    async with httpx.AsyncClient(base_url=address, timeout=ANSWER_SECONDS) as client:
        conversation = (await client.post("/api/conversations", json={"municipality": MUNICIPALITY})).json()
        client.headers["Authorization"] = f"Bearer {conversation['token']}"
        yield client, f"/api/conversations/{conversation['id']}"


async def _one(address: str, said: Sequence[str]) -> list[Answer]:
    async with opened(address) as (client, path):
        return [await _answer(client, f"{path}/messages", text) for text in said]


async def _answer(client: httpx.AsyncClient, path: str, text: str) -> Answer:
    began = time.perf_counter()
    sent = await client.post(path, json={"client_id": str(uuid4()), "text": text})
    sent.raise_for_status()
    sequence = after = sent.json()["sequence"]
    while True:
        news = (await client.get(path, params={"after": after, "wait": 25})).json()["messages"]
        for message in news:
            if message["final"] and message["reply_to"] == sequence:
                return Answer(time.perf_counter() - began, message["kind"])
        after = news[-1]["sequence"] if news else after
