"""Where Rasa asks for an action: one of the servers of the actions, which is told what request it is about."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import aiohttp
from rasa.utils.endpoints import EndpointConfig

from bot.avoiding import Avoided
from bot.inside import PASS
from bot.logs import REQUEST, this_request

PATIENCE_SECONDS = 6.0
"""How long an action may take: less than the web process waits for the whole turn."""
AVOIDED_SECONDS = 30.0
"""For how long one that did not answer in time is asked only where there is no other."""


class ActionServer(EndpointConfig):
    """Rasa's, over several servers of which any will do.

    One that cannot be reached has heard nothing, so that the next is asked; what another has heard is asked of nobody
    else, who might do it twice. `must_be_open` raises where the turn is over.
    """

    def __init__(self, urls: Sequence[str], shown: str, must_be_open: Callable[[], None], **kwargs: Any) -> None:
        super().__init__(urls[0], headers={PASS: shown}, **kwargs)
        self._servers = {url: EndpointConfig(url, headers=self.headers, **kwargs) for url in urls}
        self._must_be_open = must_be_open
        self._avoided = Avoided(AVOIDED_SECONDS)

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """As Rasa's. Raises TurnOverError, aiohttp.ClientError, TimeoutError."""
        await asyncio.to_thread(self._must_be_open)
        kwargs["headers"] = dict(kwargs.get("headers") or {}) | {REQUEST: this_request()}
        *others, last = self._avoided.last(self._servers)
        for url in others:
            try:
                return await self._ask(url, *args, **kwargs)
            except aiohttp.ClientConnectorError:
                self._avoided.note(url)
        return await self._ask(last, *args, **kwargs)

    async def _ask(self, url: str, *args: Any, **kwargs: Any) -> Any:
        try:
            return await asyncio.wait_for(self._servers[url].request(*args, **kwargs), PATIENCE_SECONDS)
        except TimeoutError:
            self._avoided.note(url)
            raise
