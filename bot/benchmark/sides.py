"""The two sides of a conversation that a human holds, each by what its browser sends and is sent."""

import html
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx

from bot.benchmark.events import Event, events
from bot.web.desk.guard import CSRF_HEADER
from bot.web.desk.sessions import COOKIE, NewSession

# As static/desk and the page of a conversation have them.
_MESSAGE = re.compile(r'data-sequence="(\d+)".*?class="message-text">(.*?)</p>', re.DOTALL)
_SHARED = re.compile(r'data-shared="([^"]*)"')


@dataclass(frozen=True)
class Said:
    """A message as one side has it before them."""

    sequence: int
    text: str


@dataclass(frozen=True)
class Side:
    """Whoever reads and writes at one end. `mark` tells the server how far they have read."""

    client: httpx.AsyncClient
    writes_to: str
    stream: str
    news: str
    headers: Mapping[str, str]
    read: Callable[[str], list[Said]]
    listed: Callable[[str], list[Said]]
    mark: Callable[[int], str] = str
    extra: Mapping[str, str] = field(default_factory=dict)

    async def write(self, text: str, client_id: UUID | None = None) -> httpx.Response:
        """Sends it; the same `client_id` again changes nothing. Raises httpx.HTTPError where nobody answers."""
        body = {"client_id": str(client_id or uuid4()), "text": text}
        return await self.client.post(self.writes_to, json=body, headers=self.headers)

    @asynccontextmanager
    async def listen(self, after: int) -> AsyncIterator[AsyncIterator[Said]]:
        """What comes by the stream from now on, and was not there `after` that number. Raises httpx.HTTPError."""
        headers = {**self.headers, "Last-Event-ID": self.mark(after)}
        async with self.client.stream("GET", self.stream, headers=headers) as response:
            response.raise_for_status()
            yield self._said(events(response))

    async def ask(self, after: int) -> list[Said]:
        """The same by an ordinary request. Raises httpx.HTTPError."""
        response = await self.client.get(self.news, params={"after": after, **self.extra}, headers=self.headers)
        return self.listed(response.raise_for_status().text)

    async def _said(self, coming: AsyncIterator[Event]) -> AsyncIterator[Said]:
        async for event in coming:
            if event.kind == "message":
                for said in self.read(event.data):
                    yield said


def at_the_chat(client: httpx.AsyncClient, conversation: str, token: str) -> Side:
    """The young person, who falls back on long polls."""
    path = f"/api/conversations/{conversation}"
    return Side(
        client,
        writes_to=f"{path}/messages",
        stream=f"{path}/stream",
        news=f"{path}/messages",
        headers={"Authorization": f"Bearer {token}"},
        read=lambda data: [_said(json.loads(data))],
        listed=lambda body: [_said(message) for message in json.loads(body)["messages"]],
        extra={"wait": "2"},
    )


async def at_the_desk(client: httpx.AsyncClient, conversation: str, session: NewSession) -> tuple[Side, list[Said]]:
    """A caseworker who takes the conversation, and what they then see.

    Raises httpx.HTTPError.
    """
    path = f"/desk/conversations/{conversation}"
    headers = {"Cookie": f"{COOKIE}={session.token}", CSRF_HEADER: session.csrf}
    (await client.post(f"{path}/claim", headers=headers)).raise_for_status()
    page = (await client.get(path, headers={**headers, "Accept": "text/html"})).raise_for_status().text
    shared = html.unescape(_SHARED.findall(page)[0])
    side = Side(
        client,
        writes_to=f"{path}/messages",
        stream=f"{path}/events",
        news=f"{path}/news",
        headers=headers,
        read=_shown,
        listed=_shown,
        mark=lambda after: f"{after}~{shared}",
        extra={"shared": shared},
    )
    return side, _shown(page)


def _said(message: Mapping[str, Any]) -> Said:
    return Said(message["sequence"], message["text"])


def _shown(page: str) -> list[Said]:
    return [Said(int(number), html.unescape(text)) for number, text in _MESSAGE.findall(page)]
