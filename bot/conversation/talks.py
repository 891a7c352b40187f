"""Talks found, moved and cancelled by their three words, and booked without any dialogue server."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID, uuid4, uuid5

from anyio.to_thread import run_sync

from bot.casework import arranging as rules
from bot.casework.along import Along
from bot.casework.arranging import Moved, Seeker
from bot.casework.bookings import OPEN, About, AgentNotOfferedError, Booking, Contact, WayNotOfferedError, Wish
from bot.casework.choosing import Choice, called, choosable, name_of_chosen, offer_of, still_chosen
from bot.casework.free_times import Way, danish_day
from bot.casework.reminders import Address, Channel, remind
from bot.casework.ways import held_by
from bot.conversation.alone import lock_talks
from bot.conversation.moving import move_and_tell
from bot.conversation.notices import Notices
from bot.conversation.sentences import CANCELLED_BY_WORDS
from bot.conversation.talk_news import tell_changed
from bot.municipality.towns import Municipality
from bot.store.store import Store, Work
from bot.store.whose import Town, of_booking_code

_ATTEMPTS = UUID("6b1f0c4e-8f3e-4d53-9d0c-2f6f5f0a7f11")


@dataclass(frozen=True)
class Asked:
    """The talk that a form asks for. `attempt` tells a form sent twice from two wishes."""

    way: Way
    starts_at: datetime
    contact: Contact
    attempt: str = ""
    about: About = About.YOUNG
    along: Along = field(default_factory=Along)
    chosen: int | None = None


@dataclass(frozen=True)
class Target:
    """What a talk is moved to: with who was `chosen` or else whoever is free, and in another way if one is named.

    `contact` is what was given for it; only what the way needs of it is taken.
    """

    starts_at: datetime
    chosen: int | None = None
    way: Way | None = None
    contact: Contact = field(default_factory=Contact)


@dataclass(frozen=True)
class Shown:
    """What who was chosen for a talk is called, if somebody was, and whom it may be moved to, by their number."""

    name: str = ""
    names: Mapping[int, str] = field(default_factory=dict)


class Talks:
    """The talks of this installation. Lives as long as the web process."""

    def __init__(self, store: Store, notices: Notices, municipalities: Mapping[str, Municipality]) -> None:
        self._store = store
        self._notices = notices
        self._municipalities = municipalities

    async def offer(
        self, municipality: str, way: Way, chosen: int | None = None, moved: Booking | None = None
    ) -> Choice:
        """The free times of who was chosen, or of all, soonest first; for the talk that is to be moved, if one is."""
        return await run_sync(self._offer, municipality, way, chosen, moved)

    async def still_chosen(self, booking: Booking) -> int | None:
        """Whom this talk was asked to be with, if that one still works there."""
        return await run_sync(self._still_chosen, booking)

    async def shown(self, booking: Booking) -> Shown:
        """The names that whose talk it is may be shown; none where the town lets nobody choose."""
        shows = self._municipalities[booking.municipality].choose_agent
        return await run_sync(self._shown, booking) if shows else Shown()

    def may_be_with(self, booking: Booking, agent: int | None) -> int | None:
        """The same agent. Raises AgentNotOfferedError where the town lets nobody choose another than before."""
        town = self._municipalities[booking.municipality]
        if agent in (None, booking.chosen) or town.choose_agent:
            return agent
        raise AgentNotOfferedError

    async def book(self, municipality: str, asked: Asked) -> Booking:
        """Raises TimeTakenError, TimeNotOfferedError, and of these AgentNotOfferedError.

        The same wish with the same `attempt`, a secret of whoever asks, is booked once and answered alike each time.
        """
        return await run_sync(self._book, self._wish(municipality, asked))

    async def find(self, code: str) -> Booking:
        """Raises BookingNotFoundError."""
        return await run_sync(self._find, code)

    async def move(self, code: str, target: Target) -> Moved:
        """Moves it in one step.

        Raises BookingNotFoundError, TimeTakenError, TimeNotOfferedError, and of these AgentNotOfferedError,
        WayNotOfferedError, and PhoneMissingError or PlaceMissingError for a way that needs one; the talk then stands as
        it was.
        """
        moved = await run_sync(self._move, code, target)
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

    async def reminder_of(self, booking: Booking) -> tuple[datetime | None, Channel | None]:
        """When a reminder of this talk will be sent and by what, as it was asked for; None where none waits."""
        return await run_sync(self._reminder_of, booking)

    def _told(self, booking: Booking) -> Booking:
        if booking.conversation:
            self._notices.tell(booking.conversation)
        return booking

    def _offer(self, municipality: str, way: Way, chosen: int | None = None, moved: Booking | None = None) -> Choice:
        town = self._municipalities[municipality]
        with self._store.read(Town(municipality)) as work:
            return offer_of(work, municipality, way, town.rules, datetime.now(UTC), Seeker(chosen=chosen, moved=moved))

    def _still_chosen(self, booking: Booking) -> int | None:
        with self._store.read(Town(booking.municipality)) as work:
            return still_chosen(work, booking, datetime.now(UTC))

    def _shown(self, booking: Booking) -> Shown:
        now, rules = datetime.now(UTC), self._municipalities[booking.municipality].rules
        with self._store.read(Town(booking.municipality)) as work:
            working = work.agents.of(booking.municipality, danish_day(now))
        names = called(working)
        movable = choosable(working, booking.way, rules, now) if booking.status in OPEN else []
        return Shown(name_of_chosen(booking, names), {agent.id: names[agent.id] for agent in movable})

    def _wish(self, municipality: str, asked: Asked) -> Wish:
        # A digest: the desk knows the ids of bookings, and must not learn from them how to ask for their words.
        told = f"{asked.attempt} {municipality} {asked.way} {asked.starts_at.isoformat()} {asked.chosen}"
        return Wish(
            id=str(uuid5(_ATTEMPTS, told) if asked.attempt else uuid4()),
            municipality=municipality,
            starts_at=asked.starts_at,
            way=asked.way,
            place=self._municipalities[municipality].places[asked.way],
            contact=asked.contact,
            about=asked.about,
            along=asked.along,
            chosen=asked.chosen,
        )

    def _book(self, wish: Wish) -> Booking:
        town = self._municipalities[wish.municipality]
        with self._store.write(Town(wish.municipality)) as work:
            work.agents.lock(wish.municipality)
            booked = work.bookings.by_id(wish.id)
            return booked or rules.book(work, wish, town.rules, datetime.now(UTC))

    def _find(self, code: str) -> Booking:
        with self._store.read(of_booking_code(code)) as work:
            return rules.find(work, code)

    def _move(self, code: str, target: Target) -> Moved:
        with self._store.write(of_booking_code(code)) as work:
            found = _find_alone(work, code)
            town = self._municipalities[found.municipality]
            wanted = _as_wanted(replace(found, chosen=target.chosen), target, town)
            return move_and_tell(work, found, wanted, target.starts_at, town.rules, datetime.now(UTC))

    def _ask_along(self, code: str, along: Along) -> Booking:
        with self._store.write(of_booking_code(code)) as work:
            return rules.ask_along(work, _find_alone(work, code), along, datetime.now(UTC))

    def _remind(self, code: str, address: Address | None) -> Booking:
        with self._store.write(of_booking_code(code)) as work:
            found = _find_alone(work, code)
            if address:
                remind(work, found, address, datetime.now(UTC))
            else:
                work.reminders.forget(found)
            return found

    def _reminder_of(self, booking: Booking) -> tuple[datetime | None, Channel | None]:
        with self._store.read(Town(booking.municipality)) as work:
            return work.reminders.due_for(booking), work.reminders.waiting_by([booking.id]).get(booking.id)

    def _cancel(self, code: str) -> Booking:
        with self._store.write(of_booking_code(code)) as work:
            found = _find_alone(work, code)
            cancelled = rules.cancel(work, found, datetime.now(UTC))
            if cancelled != found:
                tell_changed(work, cancelled, CANCELLED_BY_WORDS)
            return cancelled


def _as_wanted(booking: Booking, target: Target, town: Municipality) -> Booking:
    if target.way and target.way not in town.places:
        raise WayNotOfferedError
    way = target.way or booking.way
    if way not in town.places or not (target.way or target.contact.filled()):
        # Only the time is another; of a way that the town has given up since, no time is found.
        return booking
    return held_by(booking, way, town.places[way], target.contact)


def _find_alone(work: Work, code: str) -> Booking:
    """The booking as it is now that nobody else changes it. Raises BookingNotFoundError."""
    seen = rules.find(work, code)
    lock_talks(work, seen.municipality, [seen])
    return rules.find(work, code)
