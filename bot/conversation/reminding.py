"""Sends the reminders that wait in the store, each at most once across whatever dies, and never of a cancelled talk."""

import logging
from datetime import UTC, datetime

from anyio.to_thread import run_sync

from bot.casework.bookings import BookingStatus
from bot.casework.free_times import danish_day
from bot.casework.reminders import next_try
from bot.conversation.post import Post, PostError
from bot.conversation.sweeping import sweep
from bot.language.danish import clock, spoken_time
from bot.store.reminders import Reminder
from bot.store.store import Store

log = logging.getLogger(__name__)

LOOK_SECONDS = 10.0


class Reminding:
    """Lives as long as the web process; several may run beside each other.

    A reminder is marked as being sent before it is sent. Where a process dies in between, it may have been sent or not
    and is not tried again: it is shown at the desk as unclear. One that the service refuses is tried until the talk.
    """

    def __init__(self, store: Store, post: Post) -> None:
        self._store = store
        self._post = post

    async def sweep(self) -> None:
        """Looks again and again; runs until it is cancelled."""
        await sweep(self.look, LOOK_SECONDS, "reminders")

    async def look(self) -> None:
        """Sends everything that is due, once. Raises StoreUnreachableError."""
        await run_sync(self._tidy)
        for reminder in await run_sync(self._due):
            await run_sync(self._try, reminder)

    def state(self) -> str:
        """`ready`, `not set up` without a service, `failing` while one is late. Raises StoreUnreachableError."""
        if not self._post.channels:
            return "not set up"
        with self._store.read() as work:
            return "failing" if work.reminders.is_late(datetime.now(UTC)) else "ready"

    def _tidy(self) -> None:
        with self._store.write() as work:
            unclear, late = work.reminders.give_up_what_is_late(datetime.now(UTC))
        if unclear:
            log.error("%d reminders may or may not have been sent: a process died meanwhile", unclear)
        if late:
            log.error("%d reminders could not be sent before their talk", late)

    def _due(self) -> list[Reminder]:
        with self._store.read() as work:
            return work.reminders.due(datetime.now(UTC))

    def _try(self, reminder: Reminder) -> None:
        now = datetime.now(UTC)
        with self._store.write() as work:
            if not work.reminders.begin(reminder, now):
                return
        try:
            self._post.send(reminder.address, text_of(reminder, now))
        except PostError as error:
            self._failed(reminder, now, error)
        else:
            with self._store.write() as work:
                work.reminders.sent(reminder, now)

    def _failed(self, reminder: Reminder, began_at: datetime, error: PostError) -> None:
        until = next_try(reminder.tries + 1, reminder.starts_at, datetime.now(UTC))
        with self._store.write() as work:
            work.reminders.put_off(reminder, began_at, until)
        rest = "it is tried again" if until else "NOBODY WAS REMINDED, and it is not tried any more"
        log.error("a reminder in %s was %s; %s", reminder.municipality, error, rest)


def text_of(reminder: Reminder, now: datetime) -> str:
    """Says when, as in "Aftale i morgen kl. 14.30.", and nothing of who sends it or what it is about."""
    days = (danish_day(reminder.starts_at) - danish_day(now)).days
    near = {0: "i dag", 1: "i morgen"}.get(days)
    time = f"{near} kl. {clock(reminder.starts_at)}" if near else spoken_time(reminder.starts_at)
    if reminder.status is BookingStatus.CALLED_OFF:
        return f"Aftalen {time} kan ikke holdes. Undskyld. Brug dine tre ord, og vælg en ny tid."
    return f"Aftale {time}."
