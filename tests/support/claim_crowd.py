"""One process of the race for conversations: caseworkers at one web process who all claim the same ones in one order.

Run as `python -m tests.support.claim_crowd`. It reads a line of JSON, says that it is ready, begins at the next line it
reads, and prints for each conversation how each of them was answered.
"""

import asyncio
import json
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

import httpx
from starlette.applications import Starlette

from bot.settings import Settings
from bot.store.store import Store
from bot.web.desk.guard import CSRF_HEADER
from bot.web.desk.sessions import COOKIE
from tests.support.desk import desk_app

KEY = "a key for tests"
READY = "ready"


@dataclass(frozen=True)
class Shift:
    """What a crowd is told: the store, each of them by their session's token and csrf, and what they all claim."""

    url: str
    sessions: Sequence[tuple[str, str]]
    conversations: Sequence[str]


async def _work(desk: Starlette, shift: Shift) -> list[list[int]]:
    """How each of them was answered to each claim. All claim a conversation at once, and then go on to the next."""
    async with AsyncExitStack() as opened:
        crowd = [await opened.enter_async_context(_browser(desk, *session)) for session in shift.sessions]
        return [await asyncio.gather(*(_claim(one, what) for one in crowd)) for what in shift.conversations]


def _browser(desk: Starlette, token: str, csrf: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(desk),
        base_url="http://desk.example",
        cookies={COOKIE: token},
        headers={CSRF_HEADER: csrf},
    )


async def _claim(browser: httpx.AsyncClient, conversation: str) -> int:
    return (await browser.post(f"/desk/conversations/{conversation}/claim")).status_code


def run(shift: Shift) -> None:
    store = Store(shift.url, KEY)
    desk = desk_app(store, Settings(_env_file=None))
    store.ping()
    print(READY, flush=True)
    sys.stdin.readline()
    print(json.dumps(asyncio.run(_work(desk, shift))))
    store.close()


if __name__ == "__main__":
    run(Shift(**json.loads(sys.stdin.readline())))
