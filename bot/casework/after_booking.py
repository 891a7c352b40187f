"""What the desk does with a talk that was booked: calls it off, hands it over, or notes whether they met."""

from dataclasses import replace
from datetime import datetime

from bot.casework.arranging import ChangingWork, taken_ahead, with_fewest_ahead
from bot.casework.bookings import OPEN, AnsweredError, Booking, BookingNotFoundError, BookingStatus, count_talk
from bot.casework.figures import TalkEvent
from bot.casework.free_times import BookingRules, Taken, danish_day, has_room
from bot.casework.hours import outside_hours
from bot.casework.reminders import remind_of_changed

OUTCOMES = (BookingStatus.MET, BookingStatus.MISSED)


class TalkNotBegunError(Exception):
    """Nobody knows yet whether they will meet."""


class TalkBegunError(Exception):
    """It is too late to move or to cancel it."""


def check_as_seen(booking: Booking, seen: int | None, now: datetime) -> None:
    """That it is what the desk saw, and can be moved and cancelled for whose it is.

    `seen` is the revision that was shown; without one it was a talk that waits for an answer. Raises AnsweredError and
    TalkBegunError.
    """
    is_as_seen = booking.status is BookingStatus.CALLED_OFF if seen is None else booking.revision == seen
    if booking.status not in OPEN or not is_as_seen:
        raise AnsweredError
    if booking.has_begun(now):
        raise TalkBegunError


def call_off(work: ChangingWork, booking: Booking, now: datetime) -> Booking:
    """Calls a talk off that the boligagent cannot hold; whose it is chooses a new time, or cancels.

    Its time is free from then on. Again changes nothing. Raises BookingNotFoundError for one that is cancelled or has
    begun.
    """
    if booking.status is BookingStatus.CALLED_OFF:
        return booking
    if booking.status is not BookingStatus.ACTIVE or booking.starts_at <= now:
        raise BookingNotFoundError
    called_off = replace(booking, status=BookingStatus.CALLED_OFF, revision=booking.revision + 1)
    work.bookings.change(called_off)
    count_talk(work, called_off, TalkEvent.CALLED_OFF, now)
    remind_of_changed(work, called_off, now)
    return called_off


def hand_over(work: ChangingWork, booking: Booking, rules: BookingRules, now: datetime) -> Booking | None:
    """Gives a talk to the colleague with the fewest ahead who has that very time free; None where nobody has.

    It need be none of the times that the colleague is offered at: those are one way to divide the hours. Whoever hands
    over holds the lock of the municipality's agents.
    """
    others = [agent for agent in work.agents.of(booking.municipality, danish_day(now)) if agent.id != booking.agent]
    work.bookings.let_go(booking.municipality, now)
    # What was booked may lie beyond the horizon, where that was shortened since.
    so_far = replace(rules, horizon=max(rules.horizon, booking.starts_at - now))
    taken = taken_ahead(work, booking.municipality, so_far, now, {booking.id})
    talk = Taken(booking.span, booking.way)
    free = [one for one in others if not outside_hours(one, rules, [booking]) and has_room(one, taken, talk, rules)]
    if not free:
        return None
    agent = with_fewest_ahead([replace(booking.span, agent=one.id) for one in free], taken).agent
    handed = replace(booking, agent=agent, revision=booking.revision + 1)
    work.bookings.change(handed)
    return handed


def note_outcome(work: ChangingWork, booking: Booking, outcome: BookingStatus, now: datetime) -> Booking:
    """Notes whether they met; what was noted before is put right by it.

    Raises TalkNotBegunError before the talk, BookingNotFoundError for one that was cancelled or called off.
    """
    if booking.status not in (BookingStatus.ACTIVE, *OUTCOMES) or outcome not in OUTCOMES:
        raise BookingNotFoundError
    if booking.starts_at > now:
        raise TalkNotBegunError
    noted = replace(booking, status=outcome)
    work.bookings.change(noted)
    if booking.status is not outcome:
        if booking.status in OUTCOMES:
            count_talk(work, booking, TalkEvent(booking.status), now, -1)
        count_talk(work, noted, TalkEvent(outcome), now)
    return noted
