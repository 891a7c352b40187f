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
    """The reception of this process, opened by `make` as soon as what it reads can be used, and kept up to date.

    `wanted` tells what it would be made of now: where that differs from what it was made of, it is made anew. Until
    that has succeeded, the one before goes on: whatever somebody does to the files, danger is heard.
    """

    def __init__(self, make: Callable[[], Reception], wanted: Callable[[], object]) -> None:
        self._make = make
        self._wanted = wanted
        self._reception: Reception | None = None
        self._made_of: object = None

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
        """Opens it, or renews it where that is due; False, and an ERROR in the log, while it cannot be opened."""
        try:
            # Looked at before: what changes while it is made is seen at the next look.
            wanted = self._wanted()
            if self._reception is None or wanted != self._made_of:
                self._reception, self._made_of = self._make(), wanted
        except Exception as error:  # noqa: BLE001 - whatever it is, the page for tonight must still be served
            # It is about our own files alone; nobody has written anything yet.
            state = "goes on with the danger screen before" if self.is_open else "is closed"
            log.error(  # noqa: TRY400 - the text names the file, the trace helps nobody
                "the chat %s, for the danger screen cannot be used: %s: %s", state, type(error).__name__, error
            )
        return self.is_open

    async def sweep(self) -> None:
        """Looks again and again, without end."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await run_sync(self.open)
