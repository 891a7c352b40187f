"""A dialogue server says in the store that it serves, and that it leaves before it does."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Lock
from typing import Any

from bot.store.dialogue_servers import SAYS_SO_EVERY
from bot.store.store import Store
from bot.store.whose import Across

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
        # What is being said when the server is told to leave must not be heard after that.
        self._speaking = Lock()
        self._leaves = False

    async def begin(self, *_: Any) -> None:
        """Says so now and every few seconds; to be called right before it can be asked."""
        await asyncio.to_thread(self._say)
        self._saying = asyncio.create_task(self._say_on())

    async def leave(self, *_: Any) -> None:
        """Says that it leaves, and returns when nobody asks it any more; what was begun may still be under way."""
        if self._saying:
            self._saying.cancel()
        await asyncio.to_thread(self._say_leaving)
        await asyncio.sleep(LEAVING_SECONDS)

    async def end(self, *_: Any) -> None:
        """Takes away what it said; to be called when nothing is under way."""
        await asyncio.to_thread(self._forget)
        self._store.close()

    async def _say_on(self) -> None:
        while True:
            await asyncio.sleep(SAYS_SO_EVERY.total_seconds())
            await asyncio.to_thread(self._say)

    def _say(self) -> None:
        # Where it cannot be said it is asked all the same for a while, and says so again in a moment.
        with (
            self._speaking,
            _logged("that it serves"),
            self._store.write(Across("a dialogue server serves every municipality")) as work,
        ):
            if not self._leaves:
                work.dialogue_servers.serves(self._address, self._model, datetime.now(UTC))

    def _say_leaving(self) -> None:
        with (
            self._speaking,
            _logged("that it leaves"),
            self._store.write(Across("a dialogue server serves every municipality")) as work,
        ):
            self._leaves = True
            work.dialogue_servers.leaves(self._address)

    def _forget(self) -> None:
        with (
            self._speaking,
            _logged("that it has left"),
            self._store.write(Across("a dialogue server serves every municipality")) as work,
        ):
            work.dialogue_servers.forget(self._address)


@contextmanager
def _logged(what: str) -> Iterator[None]:
    """Whatever goes wrong with the store, a dialogue server goes on."""
    try:
        yield
    except Exception as error:  # noqa: BLE001
        log.warning("this dialogue server could not say %s: %s", what, type(error).__name__)
