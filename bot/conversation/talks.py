"""Talks found, moved and cancelled by their three words, and booked without any dialogue server."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4, uuid5

from anyio.to_thread import run_sync

from bot.casework import arranging as rules
from bot.casework.along import Along
from bot.casework.arranging import Moved
from bot.casework.bookings import About, Booking, Contact, Wish
from bot.casework.free_times import Span, Way
from bot.casework.reminders import Address, remind
from bot.conversation.alone import lock_talks
from bot.conversation.moving import move_and_tell
from bot.conversation.notices import Notices
from bot.conversation.sentences import CANCELLED_BY_WORDS
from bot.conversation.talk_news import tell_changed
from bot.municipality.towns import Municipality
from bot.store.store import Store, Work

_ATTEMPTS = UUID("6b1f0c4e-8f3e-4d53-9d0c-2f6f5f0a7f11")


class Talks:
    """The talks of this installation. Lives as long as the web process."""

    def __init__(self, store: Store, notices: Notices, municipalities: Mapping[str, Municipality]) -> None:
        self._store = store
        self._notices = notices
        self._municipalities = municipalities

    async def free(self, municipality: str, way: Way) -> list[Span]:
        """The free times of a municipality, soonest first."""
        return await run_sync(self._free, municipality, way)

    async def book(
        self,
        municipality: str,
        way: Way,
        starts_at: datetime,
        contact: Contact,
        attempt: str = "",
        about: About = About.YOUNG,
        along: Along | None = None,
    ) -> Booking:
        """Raises TimeTakenError, TimeNotOfferedError.

        The same wish with the same `attempt`, a secret of whoever asks, is booked once and answered alike each time.
        """
        wish = self._wish(municipality, way, starts_at, contact, attempt)
        return await run_sync(self._book, replace(wish, about=about, along=along or Along()))

    async def find(self, code: str) -> Booking:
        """Raises BookingNotFoundError."""
        return await run_sync(self._find, code)

    async def move(self, code: str, starts_at: datetime) -> Moved:
        """Raises BookingNotFoundError, TimeTakenError, TimeNotOfferedError; the old time then stands."""
        moved = await run_sync(self._move, code, starts_at)
        self._told(moved.booking)
        return moved

    async def cancel(self, code: str) -> Booking:
        """Raises BookingNotFoundError."""
        return self._told(await run_sync(self._cancel, code))

    async def ask_along(self, code: str, along: Along) -> Booking:
        """Sets what goes along with the talk. Raises BookingNotFoundError for one that is over or cancelled."""
        return await run_sync(self._ask_along, code, along)

    async def remind(self, code: str, address: Address) -> Booking:
        """Asks for a reminder, instead of one asked for before.

        Raises BookingNotFoundError, and TooLateToRemindError for a talk that is soon, over or cancelled.
        """
        return await run_sync(self._remind, code, address)

    async def stop_reminding(self, code: str) -> Booking:
        """No reminder is sent, and the address is forgotten. Raises BookingNotFoundError."""
        return await run_sync(self._remind, code, None)

    async def reminded_at(self, booking: Booking) -> datetime | None:
        """When a reminder of this talk will be sent; None when none will."""
        return await run_sync(self._reminded_at, booking)

    def _told(self, booking: Booking) -> Booking:
        if booking.conversation:
            self._notices.tell(booking.conversation)
        return booking

    def _free(self, municipality: str, way: Way) -> list[Span]:
        town = self._municipalities[municipality]
        with self._store.read() as work:
            return rules.free_times(work, municipality, way, town.rules, datetime.now(UTC))

    def _wish(self, municipality: str, way: Way, starts_at: datetime, contact: Contact, attempt: str) -> Wish:
        # A digest: the desk knows the ids of bookings, and must not learn from them how to ask for their words.
        asked = f"{attempt} {municipality} {way} {starts_at.isoformat()}"
        number = uuid5(_ATTEMPTS, asked) if attempt else uuid4()
        place = self._municipalities[municipality].places[way]
        return Wish(str(number), municipality, starts_at, way, place, contact=contact)

    def _book(self, wish: Wish) -> Booking:
        town = self._municipalities[wish.municipality]
        with self._store.write() as work:
            work.agents.lock(wish.municipality)
            booked = work.bookings.by_id(wish.id)
            return booked or rules.book(work, wish, town.rules, datetime.now(UTC))

    def _find(self, code: str) -> Booking:
        with self._store.read() as work:
            return rules.find(work, code)

    def _move(self, code: str, starts_at: datetime) -> Moved:
        with self._store.write() as work:
            found = _find_alone(work, code)
            town = self._municipalities[found.municipality]
            return move_and_tell(work, found, starts_at, town.rules, datetime.now(UTC))

    def _ask_along(self, code: str, along: Along) -> Booking:
        with self._store.write() as work:
            return rules.ask_along(work, _find_alone(work, code), along, datetime.now(UTC))

    def _remind(self, code: str, address: Address | None) -> Booking:
        with self._store.write() as work:
            found = _find_alone(work, code)
            if address:
                remind(work, found, address, datetime.now(UTC))
            else:
                work.reminders.forget(found)
            return found

    def _reminded_at(self, booking: Booking) -> datetime | None:
        with self._store.read() as work:
            return work.reminders.due_for(booking)

    def _cancel(self, code: str) -> Booking:
        with self._store.write() as work:
            found = _find_alone(work, code)
            cancelled = rules.cancel(work, found, datetime.now(UTC))
            if cancelled != found:
                tell_changed(work, cancelled, CANCELLED_BY_WORDS)
            return cancelled


def _find_alone(work: Work, code: str) -> Booking:
    """The booking as it is now that nobody else changes it. Raises BookingNotFoundError."""
    seen = rules.find(work, code)
    lock_talks(work, seen.municipality, [seen])
    return rules.find(work, code)
