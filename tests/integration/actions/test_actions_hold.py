"""A time that somebody has chosen is theirs for a while, until they book it, choose another or let it run out."""

from datetime import datetime, timedelta

from actions.ask_booking_time import AskBookingTime
from actions.book import Book
from actions.move_booking import MoveBooking
from actions.validate_booking_form import ValidateBookingForm
from bot.casework.arranging import HELD_FOR
from bot.casework.bookings import Contact
from tests.support.actions import Talk
from tests.support.the_tests import THE_TESTS

# Not one of the first times, which are too near to be booked ten minutes later.
LATER = 3


async def shown(talk: Talk, way: str = "office") -> list[str]:
    """The times that are offered, of which none is taken yet."""
    talk.slots["requested_slot"] = None
    await talk.run(ValidateBookingForm(), "booking_request", way=way)
    await talk.run(AskBookingTime())
    talk.slots["requested_slot"] = "booking_time"
    return list(talk.slots["booking_offered"])


async def take(talk: Talk, time: str) -> None:
    await talk.run(ValidateBookingForm(), "booking_inform", booking_time=time)


def later(*talks: Talk, by: timedelta) -> None:
    for talk in talks:
        talk.now = (datetime.fromisoformat(talk.now) + by).isoformat()


async def take_shown(talk: Talk, time: str) -> None:
    assert time in await shown(talk)
    await take(talk, time)


async def test_a_time_that_was_chosen_is_offered_to_nobody_else(talk: Talk, other: Talk) -> None:
    time = await talk.choose()
    assert time not in await shown(other)
    (message,) = await talk.run(Book())
    assert message["response"] == "utter_booking_made"


async def test_who_chooses_a_moment_later_is_told_and_offered_the_nearest(talk: Talk, other: Talk) -> None:
    (time, *_) = await shown(other)
    await talk.choose()
    await take(other, time)
    (offer,) = await other.run(AskBookingTime())
    assert offer["response"] == "utter_booking_offer_nearest"
    assert other.slots["booking_offered"]
    assert time not in other.slots["booking_offered"]


async def test_a_time_that_ran_out_and_went_to_somebody_else_is_explained(talk: Talk, other: Talk) -> None:
    time = await talk.choose(LATER)
    later(talk, other, by=HELD_FOR)
    await take_shown(other, time)
    await other.run(Book())
    (message,) = await talk.run(Book())
    assert message["response"] == "utter_booking_ran_out"
    assert {"event": "active_loop", "timestamp": None, "name": "booking_form"} in talk.events
    assert talk.slots["requested_slot"] == "booking_time"
    (offer,) = await talk.run(AskBookingTime())
    assert offer["response"] == "utter_booking_offer_nearest"
    assert time not in talk.slots["booking_offered"]


async def test_a_time_that_ran_out_and_is_too_near_now_is_explained(talk: Talk) -> None:
    time = await talk.choose()
    later(talk, by=HELD_FOR)
    (message,) = await talk.run(Book())
    assert message["response"] == "utter_booking_gone"
    assert talk.slots["requested_slot"] == "booking_time"
    (offer,) = await talk.run(AskBookingTime())
    assert offer["response"] == "utter_booking_offer_nearest"
    assert time not in talk.slots["booking_offered"]


async def test_a_time_that_ran_out_and_is_still_free_is_booked(talk: Talk) -> None:
    await talk.choose(LATER)
    later(talk, by=HELD_FOR * 2)
    (message,) = await talk.run(Book())
    assert message["response"] == "utter_booking_made"


async def test_a_time_that_is_held_is_booked_though_it_has_come_near(talk: Talk) -> None:
    """Nobody loses a time for having looked for their number as long as it is held."""
    time = await talk.choose()
    talk.now = (datetime.fromisoformat(time) - timedelta(hours=2)).isoformat()
    await talk.choose()
    later(talk, by=HELD_FOR / 2)
    (message,) = await talk.run(Book())
    assert talk.booking(message["custom"]["booking"]).starts_at.isoformat() == time


async def test_each_answer_holds_the_time_for_longer(talk: Talk, other: Talk) -> None:
    time = await talk.choose(LATER, way="phone")
    talk.slots["requested_slot"] = "booking_contact"
    later(talk, other, by=HELD_FOR / 2)
    with talk.store.write(THE_TESTS) as work:
        work.conversations.keep_contact(work.conversations.get(talk.id), Contact(phone="12345678"))
    await talk.run(ValidateBookingForm(), "booking_inform", contact_given=True)
    later(talk, other, by=HELD_FOR / 2)
    assert time not in await shown(other, "phone")


async def test_another_time_gives_the_first_one_back(talk: Talk, other: Talk) -> None:
    first, second, *_ = await shown(talk)
    await take(talk, first)
    talk.slots["requested_slot"] = "booking_confirmed"
    await take(talk, second)
    offered = await shown(other)
    assert first in offered
    assert second not in offered


async def test_whoever_thinks_better_of_it_gives_the_time_back(talk: Talk, other: Talk) -> None:
    time = await talk.choose()
    talk.slots["requested_slot"] = "booking_confirmed"
    await talk.run(ValidateBookingForm(), "booking_inform", booking_page=0)
    assert time in await shown(other)


async def test_moving_holds_the_new_time_and_keeps_the_old(talk: Talk, other: Talk) -> None:
    booking = await talk.book()
    await talk.run(MoveBooking(), "booking_reschedule")
    await talk.run(AskBookingTime())
    new = talk.slots["booking_offered"][0]
    await take(talk, new)
    offered = await shown(other)
    assert not {booking.starts_at.isoformat(), new} & set(offered)
    (message,) = await talk.run(Book())
    moved = talk.booking(message["custom"]["booking"])
    assert (moved.id, moved.starts_at.isoformat()) == (booking.id, new)
    assert booking.starts_at.isoformat() in await shown(other)


async def test_what_is_held_is_no_booking_to_anybody(talk: Talk) -> None:
    time = datetime.fromisoformat(await talk.choose())
    with talk.store.read(THE_TESTS) as work:
        assert work.bookings.of(talk.id) == []
        assert work.bookings.active_of(talk.id, time) is None
        assert list(work.bookings.between("eksempel", time, time + timedelta(days=1))) == []
        held = work.bookings.held_by(talk.id)
        assert held is not None
        assert (work.bookings.by_id(held.id), work.bookings.by_code(held.code)) == (None, None)


async def test_whoever_taps_the_time_they_hold_once_more_keeps_it(talk: Talk) -> None:
    time = await talk.choose()
    talk.slots["requested_slot"] = "booking_confirmed"
    await take(talk, time)
    assert talk.slots["booking_time"] == time
    assert time in await shown(talk)
