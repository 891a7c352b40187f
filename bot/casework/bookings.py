"""Booking a talk: made, found, moved and cancelled. What must never happen is held by the store below."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from bot.casework.codes import new_code
from bot.casework.free_times import (
    DANISH_TIME,
    Agent,
    BookingRules,
    Span,
    Taken,
    Way,
    danish_day,
    free_spans,
    offered_spans,
)


class TimeTakenError(Exception):
    """The time was free when it was shown and is not any more."""


class TimeNotOfferedError(Exception):
    """The time is in the past, outside the opening hours, too soon or too far away."""


class BookingNotFoundError(Exception):
    """No booking has this code; the same error whatever part of it is wrong."""


class BookingStatus(StrEnum):
    """What has become of a booking."""

    ACTIVE = "active"
    CANCELLED = "cancelled"


class About(StrEnum):
    """Whose talk it is: a young person's, made together with a helper by their yes, or a helper's own about a worry."""

    YOUNG = "young"
    WITH_HELPER = "with_helper"
    WORRY = "worry"


@dataclass(frozen=True)
class Contact:
    """What whoever booked gave to be reached; stored encrypted, never shown in the transcript."""

    first_name: str | None = None
    phone: str | None = None
    email: str | None = None

    def filled(self) -> dict[str, str]:
        """Only what was given."""
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class Booking:
    """One talk with a boligagent. `code` belongs to whose talk it is and is never shown at the desk."""

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

    @property
    def span(self) -> Span:
        """The stretch of the agent's time it takes."""
        return Span(self.agent, self.starts_at, self.ends_at)


class Bookings(Protocol):
    """Where bookings are kept. Adding and changing raise TimeTakenError when an active one overlaps."""

    def add(self, booking: Booking) -> None: ...
    def change(self, booking: Booking) -> None: ...
    def by_code(self, code: str) -> Booking | None: ...
    def taken(self, municipality: str, since: datetime, until: datetime) -> Sequence[Taken]: ...


class Agents(Protocol):
    """Where boligagents and their hours are kept."""

    def of(self, municipality: str, since: date) -> Sequence[Agent]:
        """All of a municipality, with their exceptions from that date on."""

    def hold(self, municipality: str) -> None:
        """Lets nobody else book in this municipality until the work is done."""


class Work(Protocol):
    """One transaction over the store: all of it happens or nothing."""

    @property
    def bookings(self) -> Bookings: ...
    @property
    def agents(self) -> Agents: ...


@dataclass(frozen=True)
class Wish:
    """The talk somebody asks for."""

    id: str
    municipality: str
    starts_at: datetime
    way: Way
    place: str
    conversation: str | None = None
    contact: Contact = field(default_factory=Contact)
    about: About = About.YOUNG


def free_times(work: Work, municipality: str, way: Way, rules: BookingRules, now: datetime) -> list[Span]:
    """The free spans of a municipality, one for each moment, soonest first."""
    spans = free_spans(_agents(work, municipality, now), _taken(work, municipality, rules, now), way, rules, now)
    return list({span.starts_at: span for span in reversed(spans)}.values())[::-1]


def book(work: Work, wish: Wish, rules: BookingRules, now: datetime) -> Booking:
    """Books the talk with the agent who has the fewest ahead.

    Raises TimeTakenError when the time went to somebody else, TimeNotOfferedError when it never was one.
    """
    work.agents.hold(wish.municipality)
    span = _choose(work, wish.municipality, wish.starts_at, wish.way, rules, now)
    booking = Booking(
        id=wish.id,
        municipality=wish.municipality,
        agent=span.agent,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        way=wish.way,
        place=wish.place,
        code=new_code(),
        conversation=wish.conversation,
        contact=wish.contact,
        about=wish.about,
    )
    work.bookings.add(booking)
    return booking


def find(work: Work, code: str) -> Booking:
    """The booking with this code, also when it is cancelled. Raises BookingNotFoundError."""
    booking = work.bookings.by_code(code)
    if booking is None:
        raise BookingNotFoundError
    return booking


def move(work: Work, booking: Booking, starts_at: datetime, rules: BookingRules, now: datetime) -> Booking:
    """Moves an active booking in one step, to the way and place it carries; without the new time the old one stands.

    Raises TimeTakenError or TimeNotOfferedError, and BookingNotFoundError for a talk that is cancelled or has begun.
    """
    if booking.status is not BookingStatus.ACTIVE or booking.starts_at <= now:
        raise BookingNotFoundError
    work.agents.hold(booking.municipality)
    span = _choose(work, booking.municipality, starts_at, booking.way, rules, now, leaving=booking.span)
    moved = replace(booking, agent=span.agent, starts_at=span.starts_at, ends_at=span.ends_at)
    work.bookings.change(moved)
    return moved


def cancel(work: Work, booking: Booking, now: datetime) -> Booking:
    """Cancels a booking, and forgets how to reach whoever made it; doing it twice changes nothing.

    Raises BookingNotFoundError for a talk that has begun.
    """
    if booking.starts_at <= now:
        raise BookingNotFoundError
    cancelled = replace(booking, status=BookingStatus.CANCELLED, contact=Contact())
    work.bookings.change(cancelled)
    return cancelled


def _choose(
    work: Work,
    municipality: str,
    starts_at: datetime,
    way: Way,
    rules: BookingRules,
    now: datetime,
    leaving: Span | None = None,
) -> Span:
    agents, taken = _agents(work, municipality, now), _taken(work, municipality, rules, now)
    if not any(span.starts_at == starts_at for agent in agents for span in offered_spans(agent, way, rules, now)):
        raise TimeNotOfferedError
    others = [one for one in taken if one.span != leaving]
    free = [span for span in free_spans(agents, others, way, rules, now) if span.starts_at == starts_at]
    if not free:
        raise TimeTakenError
    ahead = Counter(one.span.agent for one in others)
    return min(free, key=lambda span: ahead[span.agent])


def _agents(work: Work, municipality: str, now: datetime) -> Sequence[Agent]:
    return work.agents.of(municipality, danish_day(now))


def _taken(work: Work, municipality: str, rules: BookingRules, now: datetime) -> Sequence[Taken]:
    """All from the beginning of today in Danish time, for what is over counts in the day, to the horizon's end."""
    today = datetime.combine(danish_day(now), time.min, DANISH_TIME)
    # A day beyond: the last day to its end, and the pauses of its last talk.
    return work.bookings.taken(municipality, today, now + rules.horizon + timedelta(days=1))
