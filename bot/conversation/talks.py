"""Talks found, moved and cancelled by their three words, and booked without any dialogue server."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import uuid4

from anyio.to_thread import run_sync

from bot.casework import bookings as rules
from bot.casework.bookings import Booking, Contact, Wish
from bot.casework.conversations import Draft
from bot.casework.free_times import Span, Way
from bot.conversation.notices import Notices
from bot.conversation.wording import from_booking
from bot.language.danish import spoken_time
from bot.municipality.towns import Municipality
from bot.store.store import Store, Work

MOVED = "Din tid er flyttet. Vi ses {time}."
CANCELLED = "Din tid er aflyst. Du kan altid finde en ny."


class Talks:
    """The talks of this installation. Lives as long as the web process."""

    def __init__(self, store: Store, notices: Notices, municipalities: Mapping[str, Municipality]) -> None:
        self._store = store
        self._notices = notices
        self._municipalities = municipalities

    async def free(self, municipality: str, way: Way) -> list[Span]:
        """The free times of a municipality, soonest first."""
        return await run_sync(self._free, municipality, way)

    async def book(self, municipality: str, way: Way, starts_at: datetime, contact: Contact) -> Booking:
        """Raises TimeTakenError, TimeNotOfferedError."""
        return await run_sync(self._book, municipality, way, starts_at, contact)

    async def find(self, code: str) -> Booking:
        """Raises BookingNotFoundError."""
        return await run_sync(self._find, code)

    async def move(self, code: str, starts_at: datetime) -> Booking:
        """Raises BookingNotFoundError, TimeTakenError, TimeNotOfferedError; the old time then stands."""
        return self._told(await run_sync(self._move, code, starts_at))

    async def cancel(self, code: str) -> Booking:
        """Raises BookingNotFoundError."""
        return self._told(await run_sync(self._cancel, code))

    def _told(self, booking: Booking) -> Booking:
        if booking.conversation:
            self._notices.tell(booking.conversation)
        return booking

    def _free(self, municipality: str, way: Way) -> list[Span]:
        town = self._municipalities[municipality]
        with self._store.read() as work:
            return rules.free_times(work, municipality, way, town.rules, datetime.now(UTC))

    def _book(self, municipality: str, way: Way, starts_at: datetime, contact: Contact) -> Booking:
        town = self._municipalities[municipality]
        wish = Wish(str(uuid4()), municipality, starts_at, way, town.places[way], contact=contact)
        with self._store.write() as work:
            return rules.book(work, wish, town.rules, datetime.now(UTC))

    def _find(self, code: str) -> Booking:
        with self._store.read() as work:
            return rules.find(work, code)

    def _move(self, code: str, starts_at: datetime) -> Booking:
        with self._store.write() as work:
            found = rules.find(work, code)
            town = self._municipalities[found.municipality]
            moved = rules.move(work, found, starts_at, town.rules, datetime.now(UTC))
            if moved != found:
                _tell_conversation(work, moved, MOVED.format(time=spoken_time(moved.starts_at)))
            return moved

    def _cancel(self, code: str) -> Booking:
        with self._store.write() as work:
            found = rules.find(work, code)
            cancelled = rules.cancel(work, found)
            if cancelled != found:
                _tell_conversation(work, cancelled, CANCELLED)
            return cancelled


def _tell_conversation(work: Work, booking: Booking, text: str) -> None:
    if booking.conversation:
        draft: Draft = from_booking(booking, text)
        work.conversations.append(work.conversations.lock(booking.conversation), [draft])
