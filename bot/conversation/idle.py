"""A sign-in at the desk that nobody uses any more ends by itself, where an installation wishes that."""

from datetime import UTC, datetime, timedelta

from anyio.to_thread import run_sync

from bot.conversation.sweeping import sweep
from bot.store.sign_ins import SignIn
from bot.store.store import Store
from bot.store.whose import Across, of_user_named

LOOK_SECONDS = 15.0


class IdleSignIns:
    """Looks after sign-ins that were not used for so many seconds; none of them ends where that is 0.

    What its page asks by itself is no use. Whom somebody wrote with is called back into the queue by `Absences`, as
    when they had signed out.
    """

    def __init__(self, store: Store, seconds: int) -> None:
        self._store = store
        self._after = timedelta(seconds=seconds)

    async def sweep(self) -> None:
        """Looks again and again; runs until it is cancelled."""
        if self._after:
            await sweep(self.look, LOOK_SECONDS, "sign-ins that nobody uses")

    async def look(self) -> None:
        """Raises StoreUnreachableError."""
        await run_sync(self.end, datetime.now(UTC))

    def end(self, now: datetime) -> int:
        """How many it were. Each is noted."""
        since = now - self._after
        with self._store.read(Across("whoever is idle is signed out, wherever they work")) as work:
            idle = work.sign_ins.not_used_since(since)
        return sum(self._end(one, since) for one in idle)

    def _end(self, one: SignIn, since: datetime) -> bool:
        with self._store.write(of_user_named(one.name)) as work:
            user = work.people.user(one.name)
            # Somebody may just have come back, or another process was first.
            if user is None or not work.sign_ins.end_unused(one.id, since):
                return False
            work.people.note(user, "end_idle")
            return True
