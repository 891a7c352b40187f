"""Bookings and boligagenter in the store."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, Insert, Row, RowMapping, Update, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.casework.bookings import About, Booking, BookingStatus, Contact, TimeTakenError
from bot.casework.codes import CodeError, tidy_code
from bot.casework.free_times import Agent, Opening, Span, Way
from bot.store.tables import agents, bookings, openings
from bot.store.vault import Vault


class BookingRows:
    """The `Bookings` of casework, over one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def add(self, booking: Booking) -> None:
        """Raises TimeTakenError when an active booking of the agent overlaps."""
        values = self._values(booking) | {"id": booking.id, "created_at": datetime.now(UTC)}
        self._guarded(insert(bookings).values(values))

    def change(self, booking: Booking) -> None:
        """Raises TimeTakenError when an active booking of the agent overlaps; the old row then stands."""
        self._guarded(update(bookings).where(bookings.c.id == booking.id).values(self._values(booking)))

    def by_code(self, code: str) -> Booking | None:
        try:
            digest = self._vault.digest(tidy_code(code))
        except CodeError:
            return None
        return self._one(bookings.c.code_digest == digest)

    def by_id(self, booking: str) -> Booking | None:
        return self._one(bookings.c.id == booking)

    def active_of(self, conversation: str, now: datetime) -> Booking | None:
        """The next talk booked in this conversation that is not over."""
        return self._one(
            (bookings.c.conversation == conversation)
            & (bookings.c.status == BookingStatus.ACTIVE)
            & (bookings.c.ends_at > now)
        )

    def of(self, conversation: str) -> Sequence[Booking]:
        """All bookings made in a conversation, cancelled ones too."""
        rows = self._connection.execute(select(bookings).where(bookings.c.conversation == conversation))
        return [self._booking(row) for row in rows.mappings()]

    def taken(self, municipality: str, since: datetime, until: datetime) -> Sequence[Span]:
        rows = self._connection.execute(
            select(bookings.c.agent, bookings.c.starts_at, bookings.c.ends_at).where(
                bookings.c.municipality == municipality,
                bookings.c.status == BookingStatus.ACTIVE,
                bookings.c.ends_at > since,
                bookings.c.starts_at < until,
            )
        )
        return [Span(*row) for row in rows]

    def between(self, municipality: str, since: datetime, until: datetime) -> Sequence[Booking]:
        """All bookings of a municipality that start in this stretch, cancelled ones too, soonest first."""
        rows = self._connection.execute(
            select(bookings)
            .where(bookings.c.municipality == municipality)
            .where(bookings.c.starts_at >= since, bookings.c.starts_at < until)
            .order_by(bookings.c.starts_at)
        )
        return [self._booking(row) for row in rows.mappings()]

    def _one(self, which: ColumnElement[bool]) -> Booking | None:
        row = self._connection.execute(select(bookings).where(which).order_by(bookings.c.starts_at)).mappings().first()
        return self._booking(row) if row else None

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
            "sealed": self._vault.encrypt({"code": booking.code, **booking.contact.filled()}),
            "conversation": booking.conversation,
        }

    def _booking(self, row: RowMapping) -> Booking:
        opened = self._vault.decrypt(row["sealed"])
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
        )


class AgentRows:
    """The `Agents` of casework, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, municipality: str) -> Sequence[Agent]:
        hours = self._connection.execute(
            select(openings.c.agent, openings.c.weekday, openings.c.starts, openings.c.ends).where(
                openings.c.municipality == municipality
            )
        ).all()
        people = self._connection.execute(select(agents).where(agents.c.municipality == municipality))
        return [_agent(person, hours) for person in people]

    def add(self, municipality: str, name: str, hours: Sequence[Opening]) -> int:
        """The new agent's number."""
        row = self._connection.execute(
            insert(agents).values(municipality=municipality, name=name).returning(agents.c.id)
        )
        number: int = row.scalar_one()
        self._connection.execute(
            insert(openings),
            [
                {"agent": number, "municipality": municipality, "weekday": h.weekday, "starts": h.start, "ends": h.end}
                for h in hours
            ],
        )
        return number

    def hold(self, municipality: str) -> None:
        """Makes others who book here wait. On SQLite a writing transaction is the only one anyway."""
        self._connection.execute(
            select(agents.c.id).where(agents.c.municipality == municipality).order_by(agents.c.id).with_for_update()
        )


def _agent(person: Row[tuple[int, str, str]], hours: Sequence[Row[tuple[int, int, object, object]]]) -> Agent:
    own = tuple(Opening(weekday, starts, ends) for agent, weekday, starts, ends in hours if agent == person.id)
    return Agent(person.id, person.municipality, person.name, own)
