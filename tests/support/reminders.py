"""A talk that somebody wants to be reminded of, and the days that pass until it is due."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

from sqlalchemy import select, update

from bot.casework.arranging import book, free_times, move
from bot.casework.bookings import Booking, Contact, Wish
from bot.casework.free_times import DANISH_TIME, Way, danish_day
from bot.casework.reminders import Address, Channel, ReminderState, remind
from bot.conversation.post import Post
from bot.conversation.reminding import Reminding
from bot.municipality.towns import Municipality
from bot.settings import Settings
from bot.store.store import Store
from bot.store.tables import bookings, outbox
from tests.support.the_tests import THE_TESTS

NOON = datetime.combine(danish_day(datetime.now(UTC)), time(12), DANISH_TIME)
"""Today, by day: reminders are not sent at night, and tests run then too."""
MAILBOX = Address(Channel.MAIL, "ung@eksempel.example")
PHONE = Address(Channel.SMS, "+4512345678")


def talk_far_ahead(store: Store, town: Municipality, contact: Contact | None = None) -> Booking:
    """The last talk that can be booked."""
    now = datetime.now(UTC)
    with store.write(THE_TESTS) as work:
        last = free_times(work, town.slug, Way.OFFICE, town.rules, now)[-1].starts_at
        wish = Wish(str(uuid4()), town.slug, last, Way.OFFICE, town.places[Way.OFFICE], contact=contact or Contact())
        return book(work, wish, town.rules, now)


def wished(store: Store, booking: Booking, address: Address = MAILBOX) -> datetime:
    with store.write(THE_TESTS) as work:
        return remind(work, booking, address, NOON)


def due_now(store: Store) -> None:
    """As if the time had come to send all that waits."""
    with store.write(THE_TESTS) as work:
        work._connection.execute(update(outbox).values(due_at=NOON - timedelta(seconds=1)))


def began_earlier(store: Store, by: timedelta) -> None:
    """As if whoever is sending had begun so much earlier."""
    with store.write(THE_TESTS) as work:
        began = work._connection.scalar(select(outbox.c.began_at))
        work._connection.execute(update(outbox).values(began_at=began - by))


def talk_begins(store: Store, booking: Booking) -> None:
    """As if the talk had begun a minute ago."""
    talk_starts(store, booking, min(NOON, datetime.now(UTC)) - timedelta(minutes=1))


def talk_starts(store: Store, booking: Booking, start: datetime) -> None:
    """As if the talk had been booked for that time."""
    with store.write(THE_TESTS) as work:
        changed = update(bookings).where(bookings.c.id == booking.id)
        work._connection.execute(changed.values(starts_at=start, ends_at=start + timedelta(minutes=45)))


def state_of(store: Store, booking: Booking) -> ReminderState | None:
    with store.read(THE_TESTS) as work:
        return work.reminders.states([booking.id]).get(booking.id)


def address_is_kept(store: Store) -> bool:
    with store.read(THE_TESTS) as work:
        return any(work._connection.scalars(select(outbox.c.sealed)))


@dataclass
class Clock:
    """Says what a test makes it say."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


def next_due(store: Store, *talks: Booking) -> datetime:
    """When the next of their reminders that wait is to be tried."""
    with store.read(THE_TESTS) as work:
        return min(due for talk in talks if (due := work.reminders.due_for(talk)))


def reminding(store: Store, settings: Settings, now: datetime = NOON) -> Reminding:
    return Reminding(store, Post(settings), lambda: now)


def moved(store: Store, town: Municipality, talk: Booking) -> Booking:
    """The talk at one of the last times there are."""
    now = datetime.now(UTC)
    with store.write(THE_TESTS) as work:
        times = [span.starts_at for span in free_times(work, town.slug, Way.OFFICE, town.rules, now)]
        return move(work, talk, times[-3], town.rules, now)
