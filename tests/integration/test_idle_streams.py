"""A page that is only kept open costs next to nothing, and yet hears at once what is new."""

import asyncio
from pathlib import Path

import httpx
import pytest

from bot.benchmark.chatting import opened
from bot.benchmark.events import events
from bot.casework.conversations import Message
from bot.conversation.service import Conversations, State
from bot.municipality.demo import seed_demo
from bot.web.app import create_app
from tests.support.chat_app import settings
from tests.support.model import danger_screen
from tests.support.running import PASSWORD
from tests.support.served import served

IDLE_SECONDS, PATIENCE = 3.5, 10.0


async def _looks_while_idle(address: str, looks: list[int]) -> tuple[int, bool]:
    """How often the store was asked while nothing came, and whether what was said then is the next that is heard."""
    async with (
        asyncio.timeout(PATIENCE + IDLE_SECONDS),
        opened(address) as (client, path),
        client.stream("GET", f"{path}/stream", params={"after": 1}) as stream,
    ):
        heard = events(stream)
        await anext(heard)
        await asyncio.sleep(IDLE_SECONDS)
        idle = len(looks)
        body = {"client_id": "0f8fad5b-d9cb-469f-a165-70867728950e", "text": "jeg vil ikke leve mere"}
        sent: httpx.Response = await client.post(f"{path}/messages", json=body)
        return idle, (await anext(heard)).id == str(sent.json()["sequence"])


def test_an_idle_stream_asks_once_and_hears_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    danger_screen()
    looks, real = list[int](), Conversations.messages

    async def counted(conversations: Conversations, conversation: str, after: int) -> tuple[list[Message], State]:
        looks.append(after)
        return await real(conversations, conversation, after)

    monkeypatch.setattr(Conversations, "messages", counted)
    app = create_app(settings(tmp_path))
    with served(app) as address:
        seed_demo(app.state.store, app.state.municipalities["eksempel"], PASSWORD)
        assert asyncio.run(_looks_while_idle(address, looks)) == (1, True)
