"""How long whoever tells of danger waits: from the POST to the message in their open stream."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import uuid4

import httpx

from bot.benchmark.chatting import Answer, opened

_DATA = "data:"


async def told_in_streams(address: str, said: Sequence[str]) -> tuple[Answer, ...]:
    """Lets one person for each of the texts open a stream; all write at once when the last one is open."""
    open_streams = asyncio.Barrier(len(said))
    return tuple(await asyncio.gather(*(_one(address, text, open_streams) for text in said)))


async def _one(address: str, text: str, open_streams: asyncio.Barrier) -> Answer:
    async with opened(address) as (client, path), client.stream("GET", f"{path}/stream") as stream:
        await open_streams.wait()
        began = time.perf_counter()
        sent = asyncio.create_task(client.post(f"{path}/messages", json={"client_id": str(uuid4()), "text": text}))
        async for message in _messages(stream):
            if message.get("final") and message.get("reply_to"):
                answer = Answer(time.perf_counter() - began, message["kind"])
                (await sent).raise_for_status()
                return answer
    raise httpx.RemoteProtocolError("the stream ended without an answer")


async def _messages(stream: httpx.Response) -> AsyncIterator[dict[str, Any]]:
    async for line in stream.aiter_lines():
        if line.startswith(_DATA):
            content = json.loads(line.removeprefix(_DATA))
            if isinstance(content, dict):
                yield content
