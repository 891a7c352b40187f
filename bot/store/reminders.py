"""Reminders that wait to be sent: written with the wish, sent later, by one process at a time."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, insert, null, select, update

from bot.casework.bookings import OPEN, Booking, BookingStatus
from bot.casework.reminders import LATE, SENDING, Address, Channel, ReminderState
from bot.store import addresses
from bot.store.tables import bookings, outbox
from bot.store.vault import Vault, VaultError

_IS_BOOKING = outbox.c.booking == bookings.c.id


@dataclass(frozen=True)
class Reminder:
    """A reminder that is to be sent. `status` is that of its talk: whether it is held or called off."""

    booking: str
    municipality: str
    starts_at: datetime
    status: BookingStatus
    sealed: bytes
    tries: int


class ReminderRows:
    """The `Reminders` of casework, over one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def ask(self, booking: Booking, address: Address, due_at: datetime) -> None:
        """Whoever asks holds the lock of the municipality's agents."""
        self.forget(booking)
        self._connection.execute(
            insert(outbox).values(
                booking=booking.id,
                municipality=booking.municipality,
                state=ReminderState.WAITING,
                sealed=addresses.sealed(self._vault, address),
                due_at=due_at,
                tries=0,
            )
        )

    def postpone(self, booking: Booking, due_at: datetime) -> None:
        """Sends it then, also when it was sent before; nothing where none was asked for."""
        own = (outbox.c.booking == booking.id, outbox.c.sealed.is_not(None))
        waits = {"state": ReminderState.WAITING, "due_at": due_at, "tries": 0, "began_at": None}
        self._connection.execute(update(outbox).where(*own).values(waits))

    def forget(self, booking: Booking) -> None:
        self._connection.execute(delete(outbox).where(outbox.c.booking == booking.id))

    def due_for(self, booking: Booking) -> datetime | None:
        """When this talk will be reminded of; None when it will not."""
        own = (outbox.c.booking == booking.id, outbox.c.state == ReminderState.WAITING)
        found: datetime | None = self._connection.scalar(select(outbox.c.due_at).where(*own))
        return found

    def is_asked(self, booking: Booking) -> bool:
        """Whether somebody asked for a reminder of this talk, and where to is still known; it may be sent already."""
        return self._is_there(outbox.c.booking == booking.id, outbox.c.sealed.is_not(None))

    def states(self, of: list[str]) -> dict[str, ReminderState]:
        """What has become of the reminders of these bookings."""
        rows = self._connection.execute(select(outbox.c.booking, outbox.c.state).where(outbox.c.booking.in_(of)))
        return {booking: ReminderState(state) for booking, state in rows}

    def waiting_by(self, of: Collection[str] | None = None) -> dict[str, Channel]:
        """What those that wait are to be sent by, by booking: of these bookings, or of all.

        One that was kept with another key is left out: its try will tell.
        """
        which = [outbox.c.state == ReminderState.WAITING, outbox.c.sealed.is_not(None)]
        if of is not None:
            which.append(outbox.c.booking.in_(of))
        found = {}
        for booking, sealed in self._connection.execute(select(outbox.c.booking, outbox.c.sealed).where(*which)):
            with suppress(VaultError):
                found[booking] = addresses.opened(self._vault, sealed).channel
        return found

    def any_kept(self) -> bool:
        """Whether where to is still known of any: else there is nothing to send or to end."""
        return self._is_there(outbox.c.sealed.is_not(None))

    def due(self, now: datetime) -> list[Reminder]:
        """What is to be tried now, the soonest talk first."""
        rows = self._connection.execute(
            select(outbox, bookings.c.starts_at, bookings.c.status)
            .join(bookings, _IS_BOOKING)
            .where(_waits(now), bookings.c.status.in_(OPEN), bookings.c.starts_at > now)
            .order_by(bookings.c.starts_at)
        )
        return [_reminder(row) for row in rows.mappings()]

    def begin(self, reminder: Reminder, now: datetime) -> bool:
        """Takes this try; False when another process took it, or the talk is moved or cancelled meanwhile."""
        # Locked, so that whoever calls the talk off at this moment has done so before, or waits.
        talk = select(bookings.c.id).where(
            bookings.c.id == reminder.booking,
            bookings.c.status == reminder.status,
            bookings.c.starts_at == reminder.starts_at,
            bookings.c.starts_at > now,
        )
        if self._connection.scalar(talk.with_for_update(read=True)) is None:
            return False
        begun = self._connection.execute(
            update(outbox)
            .where(outbox.c.booking == reminder.booking, outbox.c.tries == reminder.tries, _waits(now))
            .values(state=ReminderState.SENDING, tries=reminder.tries + 1, began_at=now)
        )
        return begun.rowcount == 1

    def wait(self, reminder: Reminder, until: datetime) -> None:
        """Leaves it until then, without a try; nothing when somebody sends it or the talk was moved meanwhile."""
        own = (outbox.c.booking == reminder.booking, outbox.c.tries == reminder.tries)
        self._connection.execute(
            update(outbox).where(*own, outbox.c.state == ReminderState.WAITING).values(due_at=until)
        )

    def address(self, reminder: Reminder) -> Address:
        """Where it goes. Raises VaultError when it was kept with another key."""
        return addresses.opened(self._vault, reminder.sealed)

    def sent(self, reminder: Reminder, began_at: datetime) -> None:
        self._end(reminder, began_at, state=ReminderState.SENT)

    def put_off(self, reminder: Reminder, began_at: datetime, until: datetime | None) -> None:
        """The next try; None when there will be none."""
        if until is None:
            self._end(reminder, began_at, state=ReminderState.FAILED)
        else:
            self._end(reminder, began_at, state=ReminderState.WAITING, due_at=until)

    def give_up_what_is_late(self, now: datetime) -> tuple[int, int]:
        """Ends what nobody can send any more: how many died while they were sent, and for how many it is too late."""
        died = (outbox.c.state == ReminderState.SENDING, outbox.c.began_at <= now - SENDING)
        unclear = self._connection.execute(update(outbox).where(*died).values(state=ReminderState.UNCLEAR))
        begun = outbox.c.booking.in_(select(bookings.c.id).where(bookings.c.starts_at <= now))
        late = update(outbox).where(outbox.c.state == ReminderState.WAITING, begun)
        failed = self._connection.execute(late.values(state=ReminderState.FAILED))
        # Where it went is of no more use.
        known = (outbox.c.sealed.is_not(None), outbox.c.state != ReminderState.SENDING, begun)
        self._connection.execute(update(outbox).where(*known).values(sealed=null()))
        return unclear.rowcount, failed.rowcount

    def is_late(self, now: datetime) -> bool:
        """Whether one waits that was tried without success, or should have been."""
        late = (outbox.c.tries > 0) | (outbox.c.due_at <= now - LATE)
        return self._is_there(outbox.c.state == ReminderState.WAITING, late)

    def _is_there(self, *which: ColumnElement[bool]) -> bool:
        return self._connection.scalar(select(outbox.c.booking).where(*which).limit(1)) is not None

    def _end(self, reminder: Reminder, began_at: datetime, **values: object) -> None:
        """Nothing when the talk was moved meanwhile: then another reminder waits in its place."""
        own = (outbox.c.booking == reminder.booking, outbox.c.state == ReminderState.SENDING)
        self._connection.execute(update(outbox).where(*own, outbox.c.began_at == began_at).values(**values))


def _reminder(row: RowMapping) -> Reminder:
    return Reminder(
        booking=row["booking"],
        municipality=row["municipality"],
        starts_at=row["starts_at"],
        status=BookingStatus(row["status"]),
        sealed=row["sealed"],
        tries=row["tries"],
    )


def _waits(now: datetime) -> ColumnElement[bool]:
    return (outbox.c.state == ReminderState.WAITING) & (outbox.c.due_at <= now)
