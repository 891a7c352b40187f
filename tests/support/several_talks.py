"""Conversations with more than one talk."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from actions.ask_booking_time import AskBookingTime
from actions.book import Book
from actions.validate_booking_form import ValidateBookingForm
from bot.casework import bookings as rules
from bot.casework.bookings import Booking
from bot.casework.free_times import danish_day
from bot.language.time_wish import TimeWish
from tests.support.actions import WEDNESDAY, Talk

NOW = datetime.fromisoformat(WEDNESDAY)
WHICH_MOVE, WHICH_CANCEL = ["action_ask_which_move"], ["action_ask_which_cancel"]


async def asks_for_one_more(talk: Talk) -> list[dict[str, Any]]:
    """What is answered to "book en tid"."""
    talk.slots["requested_slot"] = None
    await talk.run(ValidateBookingForm(), "booking_request")
    said = await talk.run(AskBookingTime())
    talk.slots["requested_slot"] = "booking_time"
    return said


async def booked(talk: Talk, *places: int) -> list[Booking]:
    """So many talks, each at this place of the times offered then; soonest first."""
    made = [await talk.book(place) for place in places]
    return sorted(made, key=lambda booking: booking.starts_at)


def responses(said: Sequence[dict[str, Any]]) -> list[str]:
    return [message["response"] for message in said]


def stands(talk: Talk, booking: Booking) -> bool:
    return talk.booking(booking.id).status is rules.BookingStatus.ACTIVE


def on(booking: Booking) -> dict[str, Any]:
    return TimeWish(day=danish_day(booking.starts_at)).as_dict()


def days_offered(talk: Talk) -> set[date]:
    return {danish_day(datetime.fromisoformat(time)) for time in talk.slots["booking_offered"]}


async def a_week_apart(talk: Talk) -> list[Booking]:
    """Two talks on two days."""
    first = await talk.book()
    await asks_for_one_more(talk)
    later = (first.starts_at + timedelta(days=7)).isoformat()
    await talk.run(ValidateBookingForm(), "booking_inform", booking_time=later, booking_way="office")
    (message,) = await talk.run(Book())
    return [first, talk.booking(message["custom"]["booking"])]
