"""Wakes those who wait for something new in a conversation or in the queue, within this process."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress


class Bell:
    """Rings once for all that happened since it was last heard."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        self._event.set()

    async def heard(self, seconds: float) -> None:
        """Returns when it rings, or after this many seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), seconds)
        self._event.clear()


class Notices:
    """Topics and those who listen. Belongs to one event loop.

    Another web process does not hear these: whoever listens must look by itself now and then as well.
    """

    def __init__(self) -> None:
        self._bells: defaultdict[str, set[Bell]] = defaultdict(set)

    def tell(self, *topics: str) -> None:
        for topic in topics:
            for bell in self._bells.get(topic, ()):
                bell.ring()

    @contextmanager
    def listen(self, topic: str) -> Iterator[Bell]:
        """Listen first and look afterwards: then nothing falls between."""
        bell = Bell()
        self._bells[topic].add(bell)
        try:
            yield bell
        finally:
            self._bells[topic].discard(bell)
            if not self._bells[topic]:
                del self._bells[topic]

    async def changes(self, topic: str, poll: float = 1.0) -> AsyncIterator[None]:
        """Yields at once and then whenever something may be new, at the latest after `poll` seconds."""
        with self.listen(topic) as bell:
            while True:
                yield
                await bell.heard(poll)


def queue_topic(municipality: str) -> str:
    """The topic of a municipality's queue; a conversation's topic is its id."""
    return f"queue:{municipality}"
