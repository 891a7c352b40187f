"""Arranging a talk: held, booked, found, moved and cancelled. What must never happen is held by the store below."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.casework.along import Along
from bot.casework.bookings import (
    GIVEN_UP,
    OPEN,
    About,
    AgentNotOfferedError,
    Booking,
    BookingNotFoundError,
    BookingStatus,
    Contact,
    TimeNotOfferedError,
    TimeTakenError,
    TooManyTalksError,
    Wish,
    Work,
    count_talk,
)
from bot.casework.codes import new_code
from bot.casework.figures import TalkEvent
from bot.casework.free_times import (
    Agent,
    BookingRules,
    Span,
    Taken,
    Way,
    danish_day,
    danish_midnight,
    free_spans,
    offered_spans,
)
from bot.casework.hours import outside_hours
from bot.casework.reminders import RemindingWork, remind_of_changed
from bot.casework.several import is_full

# Long enough to find a phone number, short enough that nobody else waits in vain.
HELD_FOR = timedelta(minutes=10)


class ChangingWork(Work, RemindingWork, Protocol):
    """What changing a booking needs of the store, its reminder included."""


@dataclass(frozen=True)
class Seeker:
    """Who looks for a time. What the `conversation` holds is free to it.

    Of the agent who was `chosen` alone, if one was: none where that one works there no more. The talk that is `moved`
    does not stand in its own way, and only its own time is none to move it to, unless it is to be held another way.
    """

    conversation: str | None = None
    chosen: int | None = None
    moved: Booking | None = None


ANYBODY = Seeker()


def free_times(
    work: Work, municipality: str, way: Way, rules: BookingRules, now: datetime, seeker: Seeker = ANYBODY
) -> list[Span]:
    """The free spans of a municipality, one for each moment, soonest first."""
    held = work.bookings.held_by(seeker.conversation) if seeker.conversation else None
    taken = taken_ahead(work, municipality, rules, now, besides={one.id for one in (held, seeker.moved) if one})
    spans = free_spans(_agents(work, municipality, now, seeker.chosen), taken, way, rules, now)
    if seeker.moved and seeker.moved.status not in GIVEN_UP and seeker.moved.way is way:
        spans = [span for span in spans if span != seeker.moved.span]
    return list({span.starts_at: span for span in reversed(spans)}.values())[::-1]


def hold(work: Work, wish: Wish, rules: BookingRules, now: datetime, moved: Booking | None = None) -> None:
    """Keeps the time for the wish's conversation for HELD_FOR, instead of any other that it held; again is longer.

    No time is held once it has begun. `moved` is the booking that it is to be moved from, beside which nothing is held
    where the two overlap. Raises TimeTakenError or TimeNotOfferedError; what was held before then stays.
    """
    until = min(now + HELD_FOR, wish.starts_at)
    held = _held(work, wish.municipality, wish.conversation, now)
    if held and _is_wanted(held, wish) and _still_stands(work, held, rules, now):
        work.bookings.change(replace(held, held_until=until))
        return
    if held:
        work.bookings.remove(held)
    span = _choose(work, wish, rules, now, leaving=moved)
    if moved is None or moved.status in GIVEN_UP or not span.overlaps(moved.span):
        work.bookings.add(
            replace(
                _booking(work, wish, span),
                status=BookingStatus.HELD,
                held_until=until,
                contact=Contact(),
                along=Along(),
                chosen=None,
            )
        )


def let_go(work: Work, municipality: str, conversation: str, now: datetime) -> None:
    """Gives a time back that is held for the conversation, if one is."""
    if held := _held(work, municipality, conversation, now):
        work.bookings.remove(held)


def book(work: Work, wish: Wish, rules: BookingRules, now: datetime) -> Booking:
    """Books the time that is held for the wish's conversation, or else with the agent who has the fewest ahead.

    Where one was chosen it is with that one or not at all.

    Raises TimeTakenError when the time went to somebody else, TimeNotOfferedError when it never was one, and
    TooManyTalksError for one more of a young person who has as many as may be in the conversation.
    """
    work.agents.lock(wish.municipality)
    own = work.bookings.ahead_of(wish.conversation, now) if wish.conversation else ()
    if wish.about is About.YOUNG and is_full(own):
        raise TooManyTalksError
    booking = _booking(work, wish, _given_up_for(work, wish, rules, now))
    work.bookings.add(booking)
    count_talk(work, booking, TalkEvent.BOOKED, now)
    return booking


def find(work: Work, code: str) -> Booking:
    """The booking with this code, also when it is cancelled. Raises BookingNotFoundError."""
    booking = work.bookings.by_code(code)
    if booking is None:
        raise BookingNotFoundError
    return booking


def move(work: ChangingWork, booking: Booking, starts_at: datetime, rules: BookingRules, now: datetime) -> Booking:
    """Moves a booking in one step, to the way, place and chosen agent it carries; else the old time stands.

    Raises TimeTakenError or TimeNotOfferedError, and BookingNotFoundError for a talk that is cancelled or has begun.
    """
    if booking.status not in OPEN or booking.has_begun(now):
        raise BookingNotFoundError
    before = work.bookings.by_id(booking.id) or booking
    span = _given_up_for(work, replace(booking, starts_at=starts_at), rules, now, leaving=booking)
    moved = replace(
        booking, agent=span.agent, starts_at=span.starts_at, ends_at=span.ends_at, status=BookingStatus.ACTIVE
    )
    # Its own time again, after it was called off, is news as well to a calendar that has taken it out.
    is_news = _as_held(moved) != _as_held(before) or before.status in GIVEN_UP
    moved = replace(moved, revision=before.revision + is_news)
    work.bookings.change(moved)
    # A reminder tells when and nothing else: who knows that already is not told twice.
    if (moved.starts_at, moved.status) != (before.starts_at, before.status):
        remind_of_changed(work, moved, now)
    return moved


def _as_held(booking: Booking) -> tuple[Span, Way, str]:
    """What a calendar tells of it."""
    return booking.span, booking.way, booking.place


@dataclass(frozen=True)
class Moved:
    """A booking after it was moved. `unreminded`: a reminder was asked for, and the new time is too soon for one."""

    booking: Booking
    unreminded: bool


def move_and_look(
    work: ChangingWork, booking: Booking, starts_at: datetime, rules: BookingRules, now: datetime
) -> Moved:
    """The same as `move`, and what became of its reminder. Raises as `move` does."""
    asked = work.reminders.is_asked(booking)
    moved = move(work, booking, starts_at, rules, now)
    return Moved(moved, asked and not work.reminders.is_asked(moved))


def cancel(work: ChangingWork, booking: Booking, now: datetime) -> Booking:
    """Cancels a booking, and forgets how to reach whoever made it and what they asked for; twice changes nothing.

    Raises BookingNotFoundError for a talk that has begun.
    """
    if booking.has_begun(now):
        raise BookingNotFoundError
    if booking.status is BookingStatus.CANCELLED:
        return booking
    cancelled = replace(
        booking,
        status=BookingStatus.CANCELLED,
        contact=Contact(),
        along=Along(),
        chosen=None,
        revision=booking.revision + 1,
    )
    work.bookings.change(cancelled)
    if booking.status is BookingStatus.ACTIVE:
        # One that was called off is counted as that.
        count_talk(work, booking, TalkEvent.CANCELLED, now)
    remind_of_changed(work, cancelled, now)
    return cancelled


def ask_along(work: Work, booking: Booking, along: Along, now: datetime) -> Booking:
    """Sets what goes along with a talk that has not begun. Raises BookingNotFoundError for any other."""
    if booking.status not in OPEN or booking.has_begun(now):
        raise BookingNotFoundError
    changed = replace(booking, along=along)
    work.bookings.change(changed)
    return changed


def _held(work: Work, municipality: str, conversation: str | None, now: datetime) -> Booking | None:
    """What the conversation still holds. Nobody else books in the municipality until the work is done."""
    work.agents.lock(municipality)
    work.bookings.let_go(municipality, now)
    return work.bookings.held_by(conversation) if conversation else None


def _given_up_for(
    work: Work, wanted: Wish | Booking, rules: BookingRules, now: datetime, leaving: Booking | None = None
) -> Span:
    """The span that the conversation held, if it is the one wanted, or else a free one; it holds none any more."""
    held = _held(work, wanted.municipality, wanted.conversation, now)
    if held:
        work.bookings.remove(held)
    if held and _is_wanted(held, wanted) and _still_stands(work, held, rules, now):
        return held.span
    return _choose(work, wanted, rules, now, leaving)


def _still_stands(work: Work, held: Booking, rules: BookingRules, now: datetime) -> bool:
    """Whether its agent still works there, at those hours."""
    agent = next((agent for agent in _agents(work, held.municipality, now) if agent.id == held.agent), None)
    return agent is not None and not outside_hours(agent, rules, [held])


def _is_wanted(held: Booking, wanted: Wish | Booking) -> bool:
    return (held.starts_at, held.way) == (wanted.starts_at, wanted.way) and wanted.chosen in (None, held.agent)


def _booking(work: Work, wish: Wish, span: Span) -> Booking:
    return Booking(
        id=wish.id,
        municipality=wish.municipality,
        agent=span.agent,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        way=wish.way,
        place=wish.place,
        code=next(code for code in iter(new_code, None) if not work.bookings.knows(code)),
        conversation=wish.conversation,
        contact=wish.contact,
        about=wish.about,
        along=wish.along,
        chosen=wish.chosen,
    )


def _choose(
    work: Work, wanted: Wish | Booking, rules: BookingRules, now: datetime, leaving: Booking | None = None
) -> Span:
    municipality, starts_at, way = wanted.municipality, wanted.starts_at, wanted.way
    agents = _agents(work, municipality, now, wanted.chosen)
    if not agents and wanted.chosen is not None:
        raise AgentNotOfferedError
    if not any(span.starts_at == starts_at for agent in agents for span in offered_spans(agent, way, rules, now)):
        raise TimeNotOfferedError
    taken = taken_ahead(work, municipality, rules, now, besides={leaving.id} if leaving else ())
    free = [span for span in free_spans(agents, taken, way, rules, now) if span.starts_at == starts_at]
    if not free:
        raise TimeTakenError
    return with_fewest_ahead(free, taken)


def with_fewest_ahead(free: Sequence[Span], taken: Sequence[Taken]) -> Span:
    """The one of these spans, of which there is one at least, whose agent has the fewest talks, so that all share."""
    ahead = Counter(one.span.agent for one in taken)
    return min(free, key=lambda span: ahead[span.agent])


def _agents(work: Work, municipality: str, now: datetime, chosen: int | None = None) -> Sequence[Agent]:
    agents = work.agents.of(municipality, danish_day(now))
    return [agent for agent in agents if chosen in (None, agent.id)]


def taken_ahead(
    work: Work, municipality: str, rules: BookingRules, now: datetime, besides: Collection[str] = ()
) -> Sequence[Taken]:
    """All from the beginning of today in Danish time, for what is over counts in the day, to the horizon's end."""
    today = danish_midnight(danish_day(now))
    # A day beyond: the last day to its end, and the pauses of its last talk.
    return work.bookings.taken(municipality, today, now + rules.horizon + timedelta(days=1), now, besides)
