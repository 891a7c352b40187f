"""Whoever asks for it is reminded of a talk once, by a message that tells nothing to others who see the phone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from bot.casework.bookings import Booking, BookingStatus
from bot.casework.free_times import DANISH_TIME
from bot.casework.trying_again import wait_after

# The day before at the hour of the talk; of a talk that is sooner, two hours before.
AHEAD = (timedelta(days=1), timedelta(hours=2))
# Nobody's phone rings at night.
FIRST_HOUR, LAST_HOUR = time(8), time(20)
# Whoever has just made a booking knows of it.
SOONEST = timedelta(minutes=30)
# By how much the clocks of two machines may differ.
CLOCKS_APART = timedelta(minutes=10)
# Longer than a try can take, by whichever clock: after it, whoever began to send is dead.
SENDING = timedelta(minutes=2) + CLOCKS_APART
# One that should have been sent so long ago tells that something is wrong.
LATE = timedelta(minutes=2)


class TooLateToRemindError(Exception):
    """The talk is so soon that a reminder would come after it or at once, or it will not be held."""


class Channel(StrEnum):
    """What a reminder is sent by."""

    SMS = "sms"
    MAIL = "mail"


ASKS: Mapping[frozenset[str], str] = {
    frozenset({Channel.SMS}): "Dit telefonnummer",
    frozenset({Channel.MAIL}): "Din e-mail",
    frozenset(Channel): "Dit telefonnummer eller din e-mail",
}
"""What is asked for where a message can be sent by these."""


@dataclass(frozen=True)
class Address:
    """Where a reminder goes: a phone number or an e-mail address. Used for nothing else, and not seen at the desk."""

    channel: Channel
    to: str


class ReminderState(StrEnum):
    """What has become of a reminder.

    UNCLEAR: a process died while it sent, so it may or may not have arrived. It is not sent again, for one that comes
    twice frightens more on a shared phone than one that is missing.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCLEAR = "unclear"


class Reminders(Protocol):
    """Where reminders are kept, at most one for each booking."""

    def ask(self, booking: Booking, address: Address, due_at: datetime) -> None: ...
    def postpone(self, booking: Booking, due_at: datetime) -> None:
        """Sends it then, also when it was sent before; nothing where none was asked for."""

    def forget(self, booking: Booking) -> None: ...
    def is_asked(self, booking: Booking) -> bool:
        """Whether one was asked for, and not taken back."""


class RemindingWork(Protocol):
    """One transaction over the store."""

    @property
    def reminders(self) -> Reminders: ...


def remind_at(booking: Booking, now: datetime) -> datetime:
    """When to remind of this talk, by day. Raises TooLateToRemindError."""
    for ahead in AHEAD:
        # In Danish time, so that a day before is the same hour when the clocks change.
        wished = booking.starts_at.astimezone(DANISH_TIME) - ahead
        hour = min(max(wished.time(), FIRST_HOUR), LAST_HOUR)
        due = datetime.combine(wished.date(), hour, DANISH_TIME)
        if booking.status is BookingStatus.ACTIVE and now + SOONEST <= due < booking.starts_at:
            return due
    raise TooLateToRemindError


def remind(work: RemindingWork, booking: Booking, address: Address, now: datetime) -> datetime:
    """Asks for a reminder, instead of one asked for before; when it will be sent. Raises TooLateToRemindError."""
    due = remind_at(booking, now)
    work.reminders.ask(booking, address, due)
    return due


def remind_of_changed(work: RemindingWork, booking: Booking, now: datetime) -> None:
    """After a talk was moved, cancelled or called off: reminds of it as it is now, or not at all."""
    if booking.status is BookingStatus.CALLED_OFF:
        work.reminders.postpone(booking, by_day(booking.status, booking.starts_at, now) or now)
        return
    try:
        work.reminders.postpone(booking, remind_at(booking, now))
    except TooLateToRemindError:
        work.reminders.forget(booking)


def by_day(status: BookingStatus, starts_at: datetime, moment: datetime) -> datetime | None:
    """The first moment from this one on at which a phone may ring for a talk; None when it would have begun.

    Whoever would set out for a talk that is called off is told at night as well, when the morning is too late.
    """
    local = moment.astimezone(DANISH_TIME)
    day = local.date() + timedelta(days=local.time() > LAST_HOUR)
    due = max(local, datetime.combine(day, FIRST_HOUR, DANISH_TIME))
    if due >= starts_at and status is BookingStatus.CALLED_OFF:
        due = local
    return due if due < starts_at else None


def next_try(tries: int, status: BookingStatus, starts_at: datetime, now: datetime) -> datetime | None:
    """When to try again, by day, after so many tries that failed; None when the talk would have begun."""
    return by_day(status, starts_at, now + wait_after(tries))
