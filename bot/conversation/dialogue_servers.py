"""Which dialogue server is asked for a conversation."""

from collections.abc import Sequence
from datetime import UTC, datetime
from time import monotonic
from zlib import crc32

from anyio.to_thread import run_sync

from bot.store.database import StoreUnreachableError
from bot.store.store import Store
from bot.store.whose import Across

FRESH_SECONDS = 1.0
"""For how long a look into the store is believed: a server that leaves is asked for no longer than this."""


class DialogueServers:
    """The servers that say that they serve, or the one of the settings. Lives as long as the web process."""

    def __init__(self, store: Store, otherwise: str) -> None:
        """`otherwise` is the address that is asked while none says so."""
        self._store = store
        self._otherwise = otherwise
        self._found: Sequence[str] = (otherwise,)
        self._looked = -FRESH_SECONDS

    async def of(self, conversation: str) -> Sequence[str]:
        """All that may be asked: each conversation goes to the same one while that is there, and many are shared."""
        if monotonic() - self._looked >= FRESH_SECONDS:
            self._looked = monotonic()
            self._found = await run_sync(self._look)
        return sorted(self._found, key=lambda address: crc32(f"{address} {conversation}".encode()))

    def _look(self) -> Sequence[str]:
        try:
            with self._store.read(Across("a dialogue server serves every municipality")) as work:
                if serving := work.dialogue_servers.serving(datetime.now(UTC)):
                    return serving
                # The store may have been away, and who could not say so may serve all the same.
                return list(dict.fromkeys([*work.dialogue_servers.silent(), self._otherwise]))
        except StoreUnreachableError:
            # Who was there a moment ago most likely still is.
            return self._found
