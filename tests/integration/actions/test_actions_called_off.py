"""The actions on a talk that the boligagent cannot hold: it is answered by another time, and hides no other talk."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import anyio
import pytest

from actions.ask_booking_time import AskBookingTime
from actions.book import Book
from actions.booking_status import BookingStatus
from actions.cancel_booking import CancelBooking
from actions.move_booking import MoveBooking
from actions.validate_booking_form import ValidateBookingForm
from bot.casework import bookings as rules
from bot.casework.after_booking import call_off
from bot.casework.bookings import Booking, Contact
from bot.casework.free_times import danish_day
from bot.conversation.talk_news import tell_called_off
from bot.municipality.towns import load_municipalities
from bot.store.store import Store
from tests.support.actions import WEDNESDAY, Talk

NOW = datetime.fromisoformat(WEDNESDAY)


def called_off(store: Store, booking: Booking) -> Booking:
    with store.write() as work:
        return call_off(work, booking, NOW)


def with_a_colleague(store: Store) -> int:
    with store.write() as work:
        [agent] = work.agents.of("eksempel", danish_day(NOW))
        return work.agents.add("eksempel", "Bo", agent.openings)


async def takes(talk: Talk, booking: Booking) -> list[dict[str, Any]]:
    """Takes the hour of a booking, of those offered now; what was said with them."""
    offered = await talk.run(AskBookingTime())
    assert booking.starts_at.isoformat() in talk.slots["booking_offered"]
    talk.slots["requested_slot"] = "booking_time"
    await talk.run(ValidateBookingForm(), "booking_inform", booking_time=booking.starts_at.isoformat())
    return offered


async def test_the_same_hour_with_a_colleague_is_booked(talk: Talk, acting: Store) -> None:
    colleague = with_a_colleague(acting)
    booking = await talk.book()
    called_off(acting, booking)
    with acting.write() as work:
        [ill] = [agent for agent in work.agents.of("eksempel", danish_day(NOW)) if agent.id == booking.agent]
        work.agents.set_day(ill, danish_day(booking.starts_at), ())
    await talk.run(MoveBooking(), "booking_reschedule")
    (offer,) = await takes(talk, booking)
    assert offer["response"] == "utter_booking_offer_office", "nothing is said of a time that they keep"
    (message,) = await talk.run(Book())
    now = talk.booking(booking.id)
    assert (message["custom"]["event"], now.status) == ("moved", rules.BookingStatus.ACTIVE)
    assert (now.starts_at, now.code) == (booking.starts_at, booking.code)
    assert now.agent == colleague


async def test_who_books_anew_has_answered(talk: Talk, acting: Store) -> None:
    booking = await talk.book()
    called_off(acting, booking)
    later = await talk.choose(place=2)
    await talk.run(Book())
    now = talk.booking(booking.id)
    assert (now.status, now.starts_at.isoformat()) == (rules.BookingStatus.ACTIVE, later)
    with acting.read() as work:
        assert work.bookings.called_off("eksempel") == []
        assert len(work.bookings.of("one")) == 1


async def test_a_time_under_the_news_moves_it(talk: Talk, acting: Store) -> None:
    """The button comes from nowhere: no form asks when it is pressed."""
    booking = await talk.book()
    called_off(acting, booking)
    with acting.write() as work:
        tell_called_off(work, booking, load_municipalities()["eksempel"].rules, NOW)
        button = work.conversations.after("one", 0)[-1].buttons[1]
    intent, _, entities = button.payload.removeprefix("/").partition("{")
    talk.slots["requested_slot"] = None
    said = json.loads("{" + entities)
    await talk.run(ValidateBookingForm(), intent, **said)
    assert talk.slots["booking_time"] == said["booking_time"]
    await talk.run(Book())
    now = talk.booking(booking.id)
    assert (now.status, now.starts_at.isoformat(), now.code) == (
        rules.BookingStatus.ACTIVE,
        said["booking_time"],
        booking.code,
    )


@pytest.mark.parametrize("begins", [MoveBooking(), None])
async def test_after_its_time_it_can_be_answered_still(talk: Talk, acting: Store, begins: MoveBooking | None) -> None:
    booking = await talk.book()
    called_off(acting, booking)
    talk.now = (booking.starts_at + timedelta(days=20)).isoformat()
    if begins:
        await talk.run(begins, "booking_reschedule")
        await talk.book_on(1)
    else:
        await talk.book()
    assert talk.booking(booking.id).status is rules.BookingStatus.ACTIVE
    with acting.read() as work:
        assert work.bookings.called_off("eksempel") == []
        assert len(work.bookings.of("one")) == 1


async def test_it_is_told_as_that_and_hides_no_other_talk(talk: Talk, acting: Store) -> None:
    first = await talk.book()
    (shown,) = await talk.run(BookingStatus(), "booking_status")
    assert shown["response"] == "utter_booking_shown"
    second = await talk.book(place=3)
    called_off(acting, first)
    (shown,) = await talk.run(BookingStatus(), "booking_status")
    assert (shown["response"], shown["custom"]["booking"]) == ("utter_booking_shown", second.id)
    await talk.run(MoveBooking(), "booking_reschedule")
    assert talk.slots["booking_moved"] == first.id, "the button under the news is about the talk it tells of"
    await talk.run(CancelBooking())
    assert talk.booking(second.id).status is rules.BookingStatus.CANCELLED
    (shown,) = await talk.run(BookingStatus(), "booking_status")
    assert shown["response"] == "utter_booking_called_off"
    assert [button["payload"] for button in shown["buttons"]] == ["/booking_reschedule"]


async def test_a_cancellation_waits_for_whoever_changes_the_talk_and_stands(talk: Talk, acting: Store) -> None:
    """Else a talk that is handed over at that moment would stand again, with its contact."""
    with acting.write() as work:
        work.conversations.keep_contact(work.conversations.get("one"), Contact("Sofie", "12345678"))
    booking = await talk.book()
    with ThreadPoolExecutor(1) as beside:
        with acting.write() as work:
            work.agents.lock("eksempel")
            seen = work.bookings.by_id(booking.id)
            assert seen
            cancelling = beside.submit(anyio.run, talk.run, CancelBooking())
            await anyio.sleep(0.5)
            work.bookings.change(replace(seen, revision=seen.revision + 1))
        cancelling.result()
    now = talk.booking(booking.id)
    assert (now.status, now.contact) == (rules.BookingStatus.CANCELLED, Contact())


async def test_its_time_is_free_for_others(talk: Talk, other: Talk, acting: Store) -> None:
    booking = await talk.book()
    called_off(acting, booking)
    assert await other.choose() == booking.starts_at.isoformat()
    assert (await other.book()).starts_at == booking.starts_at
