"""The calendar of one conversation's municipality, as the booking's steps ask it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import cached_property

from rasa_sdk import Tracker

from actions.context import municipality_of, now_of, store
from bot.casework.arranging import Seeker, free_times
from bot.casework.bookings import Booking, BookingStatus
from bot.casework.choosing import Choice, offer_of
from bot.casework.free_times import Way, danish_day
from bot.casework.ways import NEEDS
from bot.store.whose import Town


class TownCalendar:
    """Reads the free times anew at every question, of the agent if one is given. Raises StoreUnreachableError."""

    def __init__(self, tracker: Tracker, agent: int | None = None) -> None:
        self._agent = agent
        self._town = municipality_of(tracker)
        self._now = now_of(tracker)
        self._conversation = tracker.sender_id
        self._moved = tracker.get_slot("booking_moved")

    def free(self, way: Way) -> Sequence[datetime]:
        """The free times of this way, soonest first."""
        with store().read(Town(self._town.slug)) as work:
            spans = free_times(work, self._town.slug, way, self._town.rules, self._now, self._seeker)
        return [span.starts_at for span in spans]

    def choice(self, way: Way) -> Choice:
        """The same, or those of all where the agent has none, and among whom one may choose."""
        with store().read(Town(self._town.slug)) as work:
            return offer_of(work, self._town.slug, way, self._town.rules, self._now, self._seeker)

    @property
    def may_choose(self) -> bool:
        """Whether young people may choose whom they talk with in the town."""
        return self._town.choose_agent

    def has_what_it_needs(self, way: Way) -> bool:
        """Whether the young person has left what a talk of this way needs: a phone number, or where to meet."""
        if way not in NEEDS:
            return True
        with store().read(Town(self._town.slug)) as work:
            return getattr(work.conversations.contact(self._conversation), NEEDS[way]) is not None

    def moved_from(self) -> datetime | None:
        """When the talk is that is being moved, if one is."""
        booking = self._moved_booking
        return booking.starts_at if booking else None

    def moves_what_stands(self) -> bool:
        """Whether the talk that is being moved is theirs until they have chosen; not one that was called off."""
        booking = self._moved_booking
        return booking is not None and booking.status is BookingStatus.ACTIVE

    def moves_another_way(self, way: Way) -> bool:
        """Whether the talk that is being moved stands, and is held another way than this."""
        booking = self._moved_booking
        return booking is not None and self.moves_what_stands() and booking.way is not way

    def last_day(self) -> date:
        """The last one on which a talk may be booked now."""
        return danish_day(self._now + self._town.rules.horizon)

    def is_closed(self, day: date) -> bool:
        """Whether the municipality holds no talks at all on that day."""
        return day in self._town.rules.closed_days

    def ways(self) -> Collection[Way]:
        """How talks are held in the town."""
        return self._town.places.keys()

    def place(self, way: Way) -> str:
        """Where a talk of this way is held."""
        return self._town.places[way]

    @property
    def _seeker(self) -> Seeker:
        return Seeker(self._conversation, self._agent, self._moved_booking)

    @cached_property
    def _moved_booking(self) -> Booking | None:
        if self._moved is None:
            return None
        with store().read(Town(self._town.slug)) as work:
            return work.bookings.by_id(self._moved)
