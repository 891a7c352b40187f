"""Talks of the example municipality, booked in a store."""

from datetime import datetime
from uuid import uuid4

from bot.casework.arranging import book, free_times
from bot.casework.bookings import Booking, Wish
from bot.casework.free_times import Way
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.the_tests import THE_TESTS


def wish(starts_at: datetime, **more: object) -> Wish:
    """A talk at the office at that time."""
    return Wish(str(uuid4()), "eksempel", starts_at, Way.OFFICE, "Ungehuset", **more)


def times(store: Store, town: Municipality, now: datetime) -> list[datetime]:
    """When the office is free, soonest first."""
    with store.read(THE_TESTS) as work:
        return [span.starts_at for span in free_times(work, "eksempel", Way.OFFICE, town.rules, now)]


def booked(store: Store, town: Municipality, now: datetime, starts_at: datetime, **more: object) -> Booking:
    """The talk booked at that time. Raises TimeTakenError, TimeNotOfferedError."""
    with store.write(THE_TESTS) as work:
        return book(work, wish(starts_at, **more), town.rules, now)
