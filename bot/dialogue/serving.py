"""A dialogue server says in the store that it serves, and that it leaves before it does."""

import asyncio
import logging
from datetime import UTC, datetime
from typing import Any

from bot.store.database import StoreUnreachableError
from bot.store.dialogue_servers import SAYS_SO_EVERY
from bot.store.store import Store

LEAVING_SECONDS = 2.0
"""How long it goes on answering after it has said that it leaves: longer than a web process believes what it knew."""

log = logging.getLogger(__name__)


class Serving:
    """What a server at an address says of itself. Belongs to the loop of that server."""

    def __init__(self, store: Store, address: str, model: str) -> None:
        self._store = store
        self._address = address
        self._model = model
        self._saying: asyncio.Task[None] | None = None

    async def begin(self, *_: Any) -> None:
        """Says so now and every few seconds; to be called when it can be asked."""
        await self._say_once()
        self._saying = asyncio.create_task(self._say_on())

    async def leave(self, *_: Any) -> None:
        """Says that it leaves, and returns when nobody asks it any more; what was begun may still be under way."""
        if self._saying:
            self._saying.cancel()
        try:
            await asyncio.to_thread(self._write_leaving)
            await asyncio.sleep(LEAVING_SECONDS)
        except StoreUnreachableError:
            log.warning("cannot say that this dialogue server leaves: the store does not answer")

    async def end(self, *_: Any) -> None:
        """Takes away what it said; to be called when nothing is under way."""
        try:
            await asyncio.to_thread(self._forget)
        except StoreUnreachableError:
            log.warning("what this dialogue server said of itself stays until tomorrow: the store does not answer")
        self._store.close()

    async def _say_on(self) -> None:
        while True:
            await asyncio.sleep(SAYS_SO_EVERY.total_seconds())
            await self._say_once()

    async def _say_once(self) -> None:
        try:
            await asyncio.to_thread(self._write)
        except StoreUnreachableError:
            # Asked it is all the same for a while, and said again in a moment.
            log.warning("cannot say that this dialogue server serves: the store does not answer")

    def _write(self) -> None:
        with self._store.write() as work:
            work.dialogue_servers.serves(self._address, self._model, datetime.now(UTC))

    def _write_leaving(self) -> None:
        with self._store.write() as work:
            work.dialogue_servers.leaves(self._address)

    def _forget(self) -> None:
        with self._store.write() as work:
            work.dialogue_servers.forget(self._address)
