"""Bookings in the store."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    RowMapping,
    Update,
    and_,
    delete,
    func,
    insert,
    not_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from bot.casework.along import Along
from bot.casework.bookings import GIVEN_UP, About, Booking, BookingStatus, Contact, TimeTakenError
from bot.casework.chat_talks import BEGINS, OPENS_BEFORE
from bot.casework.codes import CodeError, orders_of, tidy_code
from bot.casework.free_times import LONGEST_TALK, Span, Taken, Way
from bot.store.tables import bookings
from bot.store.vault import Vault

# Whatever is only held is no booking yet.
_MADE = bookings.c.status != BookingStatus.HELD

# Beside the contact, whose fields have names of their own.
_ALONG = "along"
_CHOSEN = "chosen"


def no_longer_held(now: datetime) -> ColumnElement[bool]:
    """Rows of times that were held until this moment or before."""
    return and_(bookings.c.status == BookingStatus.HELD, bookings.c.held_until <= now)


def can_be_begun(now: datetime) -> ColumnElement[bool]:
    """Rows of talks in the chat that a caseworker may begin at this moment."""
    own = bookings.c
    return and_(
        own.way == Way.CHAT,
        own.status.in_(BEGINS),
        own.starts_at <= now + OPENS_BEFORE,
        own.ends_at > now,
        # Follows from its end, and lets the index leave out what is long over.
        own.starts_at > now - LONGEST_TALK,
    )


class BookingRows:
    """The `Bookings` of casework, over one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def add(self, booking: Booking) -> None:
        """Raises TimeTakenError when an active or a held booking of the agent overlaps."""
        values = self._values(booking) | {"id": booking.id, "created_at": datetime.now(UTC)}
        self._guarded(insert(bookings).values(values))

    def change(self, booking: Booking) -> None:
        """Raises TimeTakenError when an active or a held booking of the agent overlaps; the old row then stands."""
        self._guarded(update(bookings).where(bookings.c.id == booking.id).values(self._values(booking)))

    def knows(self, code: str) -> bool:
        """Whether any booking has or had these words, in whatever order, also one that is held or cancelled."""
        return self._first(self._has_words(code)) is not None

    def remove(self, booking: Booking) -> None:
        self._connection.execute(delete(bookings).where(bookings.c.id == booking.id))

    def let_go(self, municipality: str, now: datetime) -> None:
        """Removes what is held no longer."""
        self._connection.execute(delete(bookings).where(bookings.c.municipality == municipality, no_longer_held(now)))

    def held_by(self, conversation: str) -> Booking | None:
        """The booking whose time is held for this conversation; whether still, `let_go` sees to."""
        return self._first(bookings.c.status == BookingStatus.HELD, bookings.c.conversation == conversation)

    def by_code(self, code: str) -> Booking | None:
        """The one booking with these words, in whatever order; None where two have them, as where none has."""
        try:
            words = tidy_code(code)
        except CodeError:
            return None
        found = self._connection.execute(select(bookings).where(_MADE, self._has_words(words)).limit(2))
        rows = found.mappings().all()
        return self._booking(rows[0]) if len(rows) == 1 else None

    def by_id(self, booking: str) -> Booking | None:
        return self._first(_MADE, bookings.c.id == booking)

    def active_of(self, conversation: str, now: datetime) -> Booking | None:
        """The next talk booked in this conversation that is not over; one that is called off only where no other is."""
        own = (bookings.c.conversation == conversation, bookings.c.ends_at > now)
        active = self._first(*own, bookings.c.status == BookingStatus.ACTIVE)
        return active or self._first(*own, bookings.c.status == BookingStatus.CALLED_OFF)

    def ahead_of(self, conversation: str, now: datetime) -> Sequence[Booking]:
        """The talks booked in this conversation that will be held and have not begun, soonest first."""
        rows = self._connection.execute(
            select(bookings)
            .where(bookings.c.conversation == conversation, bookings.c.status == BookingStatus.ACTIVE)
            .where(bookings.c.starts_at > now)
            .order_by(bookings.c.starts_at, bookings.c.id)
        )
        return [self._booking(row) for row in rows.mappings()]

    def called_off_of(self, conversation: str, since: datetime | None = None) -> Booking | None:
        """The first talk from then on, booked in this conversation, that was called off and waits for an answer.

        Without `since` of all: who has not answered by its time may answer still.
        """
        own = (bookings.c.conversation == conversation, bookings.c.status == BookingStatus.CALLED_OFF)
        return self._first(*own, *(() if since is None else (bookings.c.starts_at > since,)))

    def chat_talk_of(self, conversation: str, now: datetime) -> Booking | None:
        """The talk in this very chat that can be begun now."""
        return self._first(bookings.c.conversation == conversation, can_be_begun(now))

    def chat_talks(self, municipality: str, now: datetime) -> Sequence[Booking]:
        """The talks in the chat that can be begun now and have no outcome yet, soonest first."""
        rows = self._connection.execute(
            select(bookings)
            .where(bookings.c.municipality == municipality, bookings.c.conversation.is_not(None))
            .where(can_be_begun(now), bookings.c.status == BookingStatus.ACTIVE)
            .order_by(bookings.c.starts_at)
        )
        return [self._booking(row) for row in rows.mappings()]

    def of(self, conversation: str) -> Sequence[Booking]:
        """All bookings made in a conversation, cancelled ones too."""
        rows = self._connection.execute(select(bookings).where(_MADE, bookings.c.conversation == conversation))
        return [self._booking(row) for row in rows.mappings()]

    def taken(
        self, municipality: str, since: datetime, until: datetime, now: datetime, besides: Collection[str]
    ) -> Sequence[Taken]:
        """What overlaps that stretch, but nothing given up, or held no more `now`, or one of these ids."""
        rows = self._connection.execute(
            select(bookings.c.agent, bookings.c.starts_at, bookings.c.ends_at, bookings.c.way).where(
                bookings.c.municipality == municipality,
                bookings.c.status.not_in(GIVEN_UP),
                not_(no_longer_held(now)),
                bookings.c.ends_at > since,
                bookings.c.starts_at < until,
                # Follows from its end, and lets the index leave out what is long over.
                bookings.c.starts_at > since - LONGEST_TALK,
                bookings.c.id.not_in(besides),
            )
        )
        return [Taken(Span(agent, starts_at, ends_at), Way(way)) for agent, starts_at, ends_at, way in rows]

    def between(self, municipality: str, since: datetime, until: datetime) -> Sequence[Booking]:
        """All bookings of a municipality that start in this stretch, cancelled ones too, soonest first."""
        rows = self._connection.execute(
            select(bookings)
            .where(_MADE, bookings.c.municipality == municipality)
            .where(bookings.c.starts_at >= since, bookings.c.starts_at < until)
            .order_by(bookings.c.starts_at)
        )
        return [self._booking(row) for row in rows.mappings()]

    def talks_of(self, of: Collection[str], since: datetime, until: datetime) -> Mapping[str, datetime]:
        """When the first talk that stands in this stretch begins, of each of these conversations that has one."""
        rows = self._connection.execute(
            select(bookings.c.conversation, func.min(bookings.c.starts_at))
            .where(bookings.c.conversation.in_(of), bookings.c.status == BookingStatus.ACTIVE)
            .where(bookings.c.starts_at >= since, bookings.c.starts_at < until)
            .group_by(bookings.c.conversation)
        )
        return dict(rows.tuples().all())

    def called_off(self, municipality: str) -> Sequence[Booking]:
        """The talks that were called off, and whose people have not answered, soonest first."""
        rows = self._connection.execute(
            select(bookings)
            .where(bookings.c.municipality == municipality, bookings.c.status == BookingStatus.CALLED_OFF)
            .order_by(bookings.c.starts_at)
        )
        return [self._booking(row) for row in rows.mappings()]

    def standing(self, municipality: str, since: datetime) -> Mapping[str, Span]:
        """When each talk that starts from then on is held, by its id; nothing sealed is opened for it."""
        rows = self._connection.execute(
            select(bookings.c.id, bookings.c.agent, bookings.c.starts_at, bookings.c.ends_at).where(
                bookings.c.municipality == municipality,
                bookings.c.status == BookingStatus.ACTIVE,
                bookings.c.starts_at >= since,
            )
        )
        return {row.id: Span(row.agent, row.starts_at, row.ends_at) for row in rows}

    def of_agent(self, agent: int, since: datetime, until: datetime | None = None) -> Sequence[Booking]:
        """The bookings of an agent that start in this stretch and take their time, soonest first.

        Without `until` all of them: what was booked stands though a municipality has shortened its horizon since.
        """
        own = (_MADE, bookings.c.agent == agent, bookings.c.status.not_in(GIVEN_UP), bookings.c.starts_at >= since)
        ends = () if until is None else (bookings.c.starts_at < until,)
        rows = self._connection.execute(select(bookings).where(*own, *ends).order_by(bookings.c.starts_at))
        return [self._booking(row) for row in rows.mappings()]

    def _first(self, *which: ColumnElement[bool]) -> Booking | None:
        row = self._connection.execute(select(bookings).where(*which).order_by(bookings.c.starts_at)).mappings().first()
        return self._booking(row) if row else None

    def _has_words(self, code: str) -> ColumnElement[bool]:
        return bookings.c.code_digest.in_([self._vault.digest(order) for order in orders_of(code)])

    def _guarded(self, statement: Insert | Update) -> None:
        try:
            with self._connection.begin_nested():
                self._connection.execute(statement)
        except IntegrityError as error:
            if "ex_bookings_overlap" in str(error.orig):
                raise TimeTakenError from error
            raise

    def _values(self, booking: Booking) -> dict[str, object]:
        return {
            "municipality": booking.municipality,
            "agent": booking.agent,
            "starts_at": booking.starts_at,
            "ends_at": booking.ends_at,
            "way": booking.way,
            "place": booking.place,
            "status": booking.status,
            "about": booking.about,
            "code_digest": self._vault.digest(booking.code),
            "sealed": self._vault.encrypt(_sealed(booking)),
            "conversation": booking.conversation,
            "held_until": booking.held_until,
            "revision": booking.revision,
        }

    def _booking(self, row: RowMapping) -> Booking:
        opened = self._vault.decrypt(row["sealed"])
        along, chosen = Along.from_dict(opened.pop(_ALONG, {})), opened.pop(_CHOSEN, None)
        return Booking(
            id=row["id"],
            municipality=row["municipality"],
            agent=row["agent"],
            starts_at=row["starts_at"],
            ends_at=row["ends_at"],
            way=Way(row["way"]),
            place=row["place"],
            code=opened.pop("code"),
            conversation=row["conversation"],
            contact=Contact(**opened),
            status=BookingStatus(row["status"]),
            about=About(row["about"]),
            held_until=row["held_until"],
            revision=row["revision"],
            along=along,
            chosen=chosen,
        )


def _sealed(booking: Booking) -> dict[str, Any]:
    along: dict[str, Any] = {_ALONG: booking.along.as_dict()} if booking.along else {}
    chosen = {} if booking.chosen is None else {_CHOSEN: booking.chosen}
    # Where to meet belongs to no other way, whatever the contact of the conversation holds.
    return {"code": booking.code, **booking.contact.of_way(booking.way).filled(), **along, **chosen}
