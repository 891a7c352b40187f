"""Wakes those who wait for something new in a conversation or in the queue."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from random import uniform
from time import monotonic

# For what nobody tells: that a talk begins by the clock, say.
SELDOM_SECONDS = 20.0
# For what another process tells while it cannot be heard.
LOOK_SECONDS = 1.0


class Bell:
    """Rings once for all that happened since it was last heard."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        self._event.set()

    async def heard(self, seconds: float) -> bool:
        """Returns when it rings, or after this many seconds; whether it rang."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), seconds)
        rang = self._event.is_set()
        self._event.clear()
        return rang


class Notices:
    """Topics and those who listen. Belongs to one event loop.

    `hears_all`: what other web processes tell is heard here too, or there are none. Until then whoever listens must
    look by itself as well, and with many who listen that is most of the work. `pass_on` gets what is told here.
    """

    def __init__(self, *, hears_all: bool = False) -> None:
        self._bells: defaultdict[str, set[Bell]] = defaultdict(set)
        self.hears_all = hears_all
        self.pass_on: Callable[[Sequence[str]], None] = lambda _topics: None

    def tell(self, *topics: str) -> None:
        """Something is new there: rings here, and in the other web processes."""
        self.ring(*topics)
        if topics:
            self.pass_on(topics)

    def ring(self, *topics: str) -> None:
        """Rings here alone."""
        for topic in topics:
            for bell in self._bells.get(topic, ()):
                bell.ring()

    def ring_all(self) -> None:
        """Rings here for whatever anybody listens to."""
        self.ring(*self._bells)

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

    def patience(self, seconds: float) -> float:
        """How long whoever has nothing else to do may wait for a bell that long; shorter while not all is heard."""
        return seconds if self.hears_all else min(seconds, LOOK_SECONDS)

    async def changes(self, topic: str, poll: float = 1.0) -> AsyncIterator[bool]:
        """Yields at once and then at the latest after `poll` seconds: whether something may be new.

        While all is heard that is so when it was told, and else once in SELDOM_SECONDS.
        """
        with self.listen(topic) as bell:
            may_be_new, looked = True, monotonic()
            while True:
                yield may_be_new
                rang = await bell.heard(poll)
                may_be_new = rang or not self.hears_all or monotonic() - looked >= SELDOM_SECONDS
                looked = monotonic() if may_be_new else looked


def spread(seconds: float) -> float:
    """Half as long to half as long again: a thousand who came in together would look together each time."""
    return seconds * uniform(0.5, 1.5)  # noqa: S311 - no secret


def queue_topic(municipality: str) -> str:
    """The topic of a municipality's queue; a conversation's topic is its id."""
    return f"queue:{municipality}"
