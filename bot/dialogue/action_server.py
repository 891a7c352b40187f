"""Where Rasa asks for an action: one of the servers of the actions, which is told what request it is about."""

import asyncio
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any

import aiohttp
from rasa.utils.endpoints import EndpointConfig

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
        super().__init__(urls[0], **kwargs)
        self._urls = urls
        self._pass = shown
        self._must_be_open = must_be_open
        self._avoided: dict[str, float] = {}

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """As Rasa's. Raises TurnOverError, aiohttp.ClientError, TimeoutError."""
        await asyncio.to_thread(self._must_be_open)
        kwargs["headers"] = dict(kwargs.get("headers") or {}) | {REQUEST: this_request(), PASS: self._pass}
        *others, last = sorted(self._urls, key=self._is_avoided)
        for url in others:
            try:
                return await self._ask(url, *args, **kwargs)
            except aiohttp.ClientConnectorError:
                self._avoid(url)
        return await self._ask(last, *args, **kwargs)

    async def _ask(self, url: str, *args: Any, **kwargs: Any) -> Any:
        one = EndpointConfig(url, **self.kwargs)
        try:
            return await asyncio.wait_for(one.request(*args, **kwargs), PATIENCE_SECONDS)
        except TimeoutError:
            self._avoid(url)
            raise

    def _is_avoided(self, url: str) -> bool:
        return self._avoided.get(url, 0.0) > monotonic()

    def _avoid(self, url: str) -> None:
        self._avoided[url] = monotonic() + AVOIDED_SECONDS
