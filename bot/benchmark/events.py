"""Server-sent events, read as a browser reads them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx


@dataclass(frozen=True)
class Event:
    """One event: its kind, what it brings, and its id, empty where it has none."""

    kind: str
    data: str
    id: str


async def events(stream: httpx.Response) -> AsyncIterator[Event]:
    """The events of a response until it ends; comments are passed over."""
    kind, data, number = "message", list[str](), ""
    async for line in stream.aiter_lines():
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "event":
            kind = value
        elif name == "data":
            data.append(value)
        elif name == "id":
            number = value
        elif not line:
            if data:
                yield Event(kind, "\n".join(data), number)
            kind, data, number = "message", [], ""
