"""Sends the reminders that wait in the store, each at most once across whatever dies, and never of a cancelled talk."""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

from anyio.to_thread import run_sync

from bot.casework.bookings import BookingStatus
from bot.casework.free_times import danish_day
from bot.casework.reminders import Address, by_day, next_try
from bot.conversation.post import Post, PostError
from bot.conversation.sweeping import sweep
from bot.language.danish import clock, spoken_time
from bot.store.reminders import Reminder
from bot.store.store import Store
from bot.store.vault import VaultError
from bot.store.whose import Across, Town

log = logging.getLogger(__name__)

LOOK_SECONDS = 10.0


def now_in_utc() -> datetime:
    """What the clock says."""
    return datetime.now(UTC)


class Reminding:
    """Lives as long as the web process; several may run beside each other.

    A reminder is marked as being sent before it is sent. Where a process dies in between, it may have been sent or not
    and is not tried again: it is shown at the desk as unclear. One that the service refuses is tried until the talk.
    """

    def __init__(self, store: Store, post: Post, clock: Callable[[], datetime] = now_in_utc) -> None:
        self._store = store
        self._post = post
        self._now = clock
        self._has_warned = False

    async def sweep(self) -> None:
        """Looks again and again; runs until it is cancelled."""
        await sweep(self.look, LOOK_SECONDS, "reminders")

    async def look(self) -> None:
        """Sends everything that is due, once. Raises StoreUnreachableError."""
        if not await run_sync(self._any):
            return
        if not self._has_warned:
            await run_sync(self._warn)
        await run_sync(self._tidy)
        for reminder in await run_sync(self._due):
            await run_sync(self._try, reminder)

    def state(self) -> str:
        """`ready`, `not set up` without a service, `failing` while one is late. Raises StoreUnreachableError."""
        with self._store.read(Across("how the outbox does is told of it as a whole")) as work:
            if work.reminders.is_late(self._now()):
                return "failing"
        return "ready" if self._post.channels else "not set up"

    def _any(self) -> bool:
        with self._store.read(Across("how the outbox does is told of it as a whole")) as work:
            return work.reminders.any_kept()

    def _warn(self) -> None:
        """Of what was asked for while it could be sent, once: the settings stay as they are while the process lives."""
        with self._store.read(Across("what waits is counted for every municipality")) as work:
            waiting = Counter(work.reminders.waiting_by().values())
        for channel in waiting.keys() - self._post.channels:
            log.error("%d reminders wait, and NOTHING IS SET UP to send them by %s", waiting[channel], channel)
        self._has_warned = True

    def _tidy(self) -> None:
        with self._store.write(Across("what is late is given up in every municipality")) as work:
            unclear, late = work.reminders.give_up_what_is_late(self._now())
        if unclear:
            log.error("%d reminders may or may not have been sent: a process died meanwhile", unclear)
        if late:
            log.error("%d reminders could not be sent before their talk", late)

    def _due(self) -> list[Reminder]:
        with self._store.read(Across("what is due is sent for every municipality")) as work:
            return work.reminders.due(self._now())

    def _try(self, reminder: Reminder) -> None:
        now = self._now()
        by = by_day(reminder.status, reminder.starts_at, now)
        if by is None or by > now:
            # What waited through an outage may be due at night.
            self._wait(reminder, by or reminder.starts_at)
            return
        with self._store.write(Town(reminder.municipality)) as work:
            if not work.reminders.begin(reminder, now):
                return
        try:
            self._post.send(self._address(reminder), text_of(reminder, now))
        except PostError as error:
            until = next_try(reminder.tries + 1, reminder.status, reminder.starts_at, self._now())
            self._failed(reminder, now, error, until)
        except VaultError as error:
            self._failed(reminder, now, error, None)
        else:
            with self._store.write(Town(reminder.municipality)) as work:
                work.reminders.sent(reminder, now)

    def _wait(self, reminder: Reminder, until: datetime) -> None:
        with self._store.write(Town(reminder.municipality)) as work:
            work.reminders.wait(reminder, until)

    def _address(self, reminder: Reminder) -> Address:
        with self._store.read(Town(reminder.municipality)) as work:
            return work.reminders.address(reminder)

    def _failed(self, reminder: Reminder, began_at: datetime, error: Exception, until: datetime | None) -> None:
        with self._store.write(Town(reminder.municipality)) as work:
            work.reminders.put_off(reminder, began_at, until)
        rest = "it is tried again" if until else "NOBODY WAS REMINDED, and it is not tried any more"
        log.error("a reminder in %s was %s; %s", reminder.municipality, error, rest)


def text_of(reminder: Reminder, now: datetime) -> str:
    """Says when, as in "Aftale i morgen kl. 14.30.", and nothing of who sends it or what it is about."""
    days = (danish_day(reminder.starts_at) - danish_day(now)).days
    near = {0: "i dag", 1: "i morgen"}.get(days)
    time = f"{near} kl. {clock(reminder.starts_at)}" if near else spoken_time(reminder.starts_at)
    if reminder.status is BookingStatus.CALLED_OFF:
        return f"Aftalen {time} er aflyst. Undskyld. Du kan vælge en ny tid."
    return f"Aftale {time}."
