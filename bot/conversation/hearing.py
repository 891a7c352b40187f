"""What messages are heard with: the danger screen, its reader, the encoder. Without them no message is taken in."""

import asyncio
import logging
from collections.abc import Callable

from anyio.to_thread import run_sync

from bot.conversation.arrival import Reception

log = logging.getLogger(__name__)

LOOK_SECONDS = 30.0


class ChatClosedError(Exception):
    """Danger in a message would not be heard, so none is taken in. Whatever else is served needs no screen."""


class Hearing:
    """The reception of this process, opened by `make` as soon as what it reads can be used."""

    def __init__(self, make: Callable[[], Reception]) -> None:
        self._make = make
        self._reception: Reception | None = None

    @property
    def reception(self) -> Reception:
        """Raises ChatClosedError."""
        if self._reception is None:
            raise ChatClosedError
        return self._reception

    @property
    def is_open(self) -> bool:
        return self._reception is not None

    def open(self) -> bool:
        """Opens it; False, and an ERROR in the log, while it cannot be."""
        try:
            self._reception = self._make()
        except Exception as error:  # noqa: BLE001 - whatever it is, the page for tonight must still be served
            # It is about our own files alone; nobody has written anything yet.
            log.error(  # noqa: TRY400 - the text names the file, the trace helps nobody
                "the chat is closed, for the danger screen cannot be used: %s: %s", type(error).__name__, error
            )
        return self.is_open

    async def open_when_possible(self) -> None:
        """Tries again and again until it is open."""
        while not self.is_open:
            await asyncio.sleep(LOOK_SECONDS)
            await run_sync(self.open)
