"""What a booking is, and what the rules of arranging one need of the store."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.casework.along import Along
from bot.casework.figures import Cell, Figure, Figures, TalkEvent
from bot.casework.free_times import Agent, Span, Taken, Way


class TimeTakenError(Exception):
    """The time was free when it was shown and is not any more."""


class TimeNotOfferedError(Exception):
    """The time is in the past, outside the opening hours, too soon or too far away."""


class AgentNotOfferedError(TimeNotOfferedError):
    """Who was chosen holds no talks in this municipality, or not any more; or nobody may choose there."""


class TooManyTalksError(Exception):
    """Whoever asks has as many talks to come as one conversation may have."""


class WayNotOfferedError(Exception):
    """Talks are not held that way in this municipality."""


class PhoneMissingError(Exception):
    """A talk by phone needs a number to ring."""


class PlaceMissingError(Exception):
    """A talk out of the office needs a place to meet."""


class AgentNotFoundError(Exception):
    """No boligagent of this municipality has that number."""


class AgentBusyError(Exception):
    """The boligagent has talks to come, which must be handed over or called off first."""


class BookingNotFoundError(Exception):
    """No booking has this code; the same error whatever part of it is wrong."""


class AnsweredError(Exception):
    """A talk was changed meanwhile, by whose it is or at the desk: one that was called off has its answer."""


class BookingStatus(StrEnum):
    """What has become of a booking. One that is only held is never shown as a booking.

    CALLED_OFF: the boligagent cannot hold it, and whose it is has not answered which time they want instead. MET and
    MISSED are what the boligagent noted of a talk that has begun.
    """

    HELD = "held"
    ACTIVE = "active"
    CANCELLED = "cancelled"
    CALLED_OFF = "called_off"
    MET = "met"
    MISSED = "missed"


# Whose it is can still move and cancel it until it begins.
OPEN = (BookingStatus.ACTIVE, BookingStatus.CALLED_OFF)
# It takes no time of a boligagent any more.
GIVEN_UP = (BookingStatus.CANCELLED, BookingStatus.CALLED_OFF)


class About(StrEnum):
    """Whose talk it is: a young person's, made together with a helper by their yes, or a helper's own about a worry."""

    YOUNG = "young"
    WITH_HELPER = "with_helper"
    WORRY = "worry"


@dataclass(frozen=True)
class Contact:
    """What whoever booked gave to be reached or met; stored encrypted, and never told again in the chat."""

    first_name: str | None = None
    phone: str | None = None
    email: str | None = None
    meeting_place: str | None = None

    def filled(self) -> dict[str, str]:
        """Only what was given."""
        return {name: value for name, value in vars(self).items() if value}

    @property
    def reach(self) -> tuple[str, ...]:
        """What was given to be reached: first name, phone, e-mail."""
        return tuple(filter(None, (self.first_name, self.phone, self.email)))

    def of_way(self, way: Way) -> "Contact":
        """What a talk of this way needs of it: where to meet is nobody's business at any other."""
        return self if way is Way.OUT else replace(self, meeting_place=None)


@dataclass(frozen=True)
class Booking:
    """One talk with a boligagent. `code` belongs to whose talk it is and is never shown at the desk.

    `revision` counts how often it was moved, handed over, called off or cancelled, so that a calendar knows the newer
    one. `along` is stored encrypted with the contact, and forgotten with it; so is `chosen`, the number of the agent
    who was asked for, which is another than `agent` after a colleague took the talk over.
    """

    id: str
    municipality: str
    agent: int
    starts_at: datetime
    ends_at: datetime
    way: Way
    place: str
    code: str
    conversation: str | None = None
    contact: Contact = field(default_factory=Contact)
    status: BookingStatus = BookingStatus.ACTIVE
    about: About = About.YOUNG
    held_until: datetime | None = None
    revision: int = 0
    along: Along = field(default_factory=Along)
    chosen: int | None = None

    @property
    def span(self) -> Span:
        """The stretch of the agent's time it takes."""
        return Span(self.agent, self.starts_at, self.ends_at)

    @property
    def where(self) -> str:
        """Where it is held: what the young person named, or the municipality's place."""
        return self.contact.meeting_place or self.place

    def has_begun(self, now: datetime) -> bool:
        """Whether its time has come; one that was called off never begins, and is answered afterwards too."""
        return self.status is not BookingStatus.CALLED_OFF and self.starts_at <= now

    def is_to_come(self, now: datetime) -> bool:
        """Whether it will be held, as far as anybody knows."""
        return self.status is BookingStatus.ACTIVE and self.starts_at > now


class Bookings(Protocol):
    """Where bookings are kept. Adding and changing raise TimeTakenError when an active or a held one overlaps."""

    def add(self, booking: Booking) -> None: ...
    def change(self, booking: Booking) -> None: ...
    def by_code(self, code: str) -> Booking | None:
        """The one booking with these words, in whatever order; None where two have them, as where none has."""

    def by_id(self, booking: str) -> Booking | None: ...
    def knows(self, code: str) -> bool:
        """Whether any booking has or had these words, in whatever order, also one that is held or cancelled."""

    def ahead_of(self, conversation: str, now: datetime) -> Sequence[Booking]:
        """The talks booked in a conversation that will be held and have not begun, soonest first."""

    def remove(self, booking: Booking) -> None: ...
    def held_by(self, conversation: str) -> Booking | None: ...
    def let_go(self, municipality: str, now: datetime) -> None:
        """Removes what is held no longer."""

    def taken(
        self, municipality: str, since: datetime, until: datetime, now: datetime, besides: Collection[str]
    ) -> Sequence[Taken]:
        """What overlaps that stretch, but nothing given up, or held no more `now`, or one of these ids."""


class Agents(Protocol):
    """Where boligagents and their hours are kept."""

    def of(self, municipality: str, since: date) -> Sequence[Agent]:
        """All of a municipality, with their exceptions from that date on."""

    def lock(self, municipality: str) -> None:
        """Lets nobody else book in this municipality until the work is done."""


class Work(Protocol):
    """One transaction over the store: all of it happens or nothing."""

    @property
    def bookings(self) -> Bookings: ...
    @property
    def agents(self) -> Agents: ...
    @property
    def figures(self) -> Figures: ...


def count_talk(work: Work, booking: Booking, event: TalkEvent, now: datetime, change: int = 1) -> None:
    """That this happened to a talk, for the figures; with -1 that it did not after all."""
    work.figures.count(booking.municipality, Cell(Figure.TALK, event), now, change)


@dataclass(frozen=True)
class Wish:
    """The talk somebody asks for. `chosen` is the number of the agent it must be with, None for whoever is free."""

    id: str
    municipality: str
    starts_at: datetime
    way: Way
    place: str
    conversation: str | None = None
    contact: Contact = field(default_factory=Contact)
    about: About = About.YOUNG
    along: Along = field(default_factory=Along)
    chosen: int | None = None
