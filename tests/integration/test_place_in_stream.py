"""Whoever waits learns in their open stream that those before them have gone, of which nothing tells them."""

import asyncio
import json
from pathlib import Path
from uuid import uuid4

import httpx

from bot.benchmark.events import events
from bot.municipality.demo import seed_demo
from bot.web.app import create_app
from bot.web.chat_api import PLACE_SECONDS
from tests.support.chat_app import settings
from tests.support.model import danger_screen
from tests.support.running import PASSWORD
from tests.support.served import served

# Less than the seldom look takes, which would show it as well.
PATIENCE = PLACE_SECONDS + 5


async def _waits(client: httpx.AsyncClient) -> tuple[str, dict[str, str]]:
    """The path of somebody's conversation who is in the queue, and what opens it."""
    opened = (await client.post("/api/conversations", json={"municipality": "eksempel"})).json()
    path, key = f"/api/conversations/{opened['id']}", {"Authorization": f"Bearer {opened['token']}"}
    body = {"client_id": str(uuid4()), "text": "jeg vil ikke leve mere"}
    (await client.post(f"{path}/messages", json=body, headers=key)).raise_for_status()
    return path, key


async def _places(address: str) -> list[int]:
    """What the second of two is told of their place, until the first has gone and they have heard of it."""
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as client, asyncio.timeout(PATIENCE):
        (first, key_of_first), (second, key) = await _waits(client), await _waits(client)
        told = list[int]()
        async with client.stream("GET", f"{second}/stream", headers=key) as stream:
            async for event in events(stream):
                if event.kind != "state":
                    continue
                told.append(json.loads(event.data)["queue_position"])
                if len(told) > 1:
                    return told
                await client.delete(first, headers=key_of_first)
    raise AssertionError(told)


def test_a_place_that_others_have_changed_is_told_in_the_stream(tmp_path: Path) -> None:
    danger_screen()
    app = create_app(settings(tmp_path))
    with served(app) as address:
        seed_demo(app.state.store, app.state.municipalities["eksempel"], PASSWORD)
        assert asyncio.run(_places(address)) == [2, 1]
