"""What other web processes tell is heard in this one, and they hear what is told here."""

import asyncio
from collections.abc import Sequence

from anyio.to_thread import run_sync

from bot.conversation.notices import Notices
from bot.conversation.sweeping import sweep
from bot.store.calls import Call
from bot.store.store import Store

AGAIN_SECONDS = 3.0


def telling_others(store: Store) -> Notices:
    """The notices of a command: the web processes hear what it tells, where the store carries that."""
    notices = Notices()
    if store.calls.possible:
        notices.pass_on = store.calls.send
    return notices


class Elsewhere:
    """Passes on what is told between the web processes that share a store. Belongs to one event loop."""

    def __init__(self, store: Store, notices: Notices) -> None:
        self._calls = store.calls
        self._notices = notices
        self._untold = set[str]()
        self._to_tell = asyncio.Event()
        if self._calls.possible:
            notices.pass_on = self._keep

    async def sweep(self) -> None:
        """Runs until it is cancelled; where the store carries no calls there is nothing to do."""
        if self._calls.possible:
            await asyncio.gather(
                sweep(self._listen, AGAIN_SECONDS, "what other web processes tell"),
                sweep(self._tell, AGAIN_SECONDS, "a way to tell other web processes"),
            )

    def _keep(self, topics: Sequence[str]) -> None:
        self._untold.update(topics)
        self._to_tell.set()

    async def _tell(self) -> None:
        """All that was told since the last call goes with one, so many messages at once cost little."""
        while True:
            await self._to_tell.wait()
            self._to_tell.clear()
            topics, self._untold = self._untold, set()
            try:
                await run_sync(self._calls.send, topics)
            except Exception:
                # Whatever it was, they are told with the next.
                self._keep([*topics])
                raise

    async def _listen(self) -> None:
        try:
            async with self._calls.listen() as calls:
                # A pool before the store may take a LISTEN and bring nothing: believed when we hear ourselves.
                self._keep([])
                async for call in calls:
                    self._hear(call)
        finally:
            self._notices.hears_all = False
            # Whoever waits long for a bell must begin to look.
            self._notices.ring_all()

    def _hear(self, call: Call) -> None:
        if not call.own:
            self._notices.ring(*call.topics)
        elif not self._notices.hears_all:
            self._notices.hears_all = True
            # What was told before nobody heard.
            self._notices.ring_all()
