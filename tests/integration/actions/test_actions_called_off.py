"""The actions on a talk that the boligagent cannot hold: it is answered by another time, and hides no other talk."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import anyio
import pytest

from actions.ask_booking_time import AskBookingTime
from actions.ask_cancel import AskCancel
from actions.book import Book
from actions.booking_status import BookingStatus
from actions.cancel_booking import CancelBooking
from actions.keep_booking import KeepBooking
from actions.move_booking import MoveBooking
from actions.no_other_time import NoOtherTime
from actions.validate_booking_form import ValidateBookingForm
from bot.casework import bookings as rules
from bot.casework.after_booking import call_off, note_outcome
from bot.casework.bookings import Booking, Contact
from bot.casework.free_times import danish_day
from bot.casework.talk_questions import no_other
from bot.conversation.talk_news import tell_called_off
from bot.municipality.towns import load_municipalities
from bot.store.store import Store
from tests.support.actions import WEDNESDAY, Talk, titles
from tests.support.the_tests import THE_TESTS

NOW = datetime.fromisoformat(WEDNESDAY)


def called_off(store: Store, booking: Booking) -> Booking:
    with store.write(THE_TESTS) as work:
        return call_off(work, booking, NOW)


def with_a_colleague(store: Store) -> int:
    with store.write(THE_TESTS) as work:
        [agent] = work.agents.of("eksempel", danish_day(NOW))
        return work.agents.add("eksempel", "Bo", agent.openings)


def status_of(talk: Talk, booking: Booking) -> rules.BookingStatus:
    return talk.booking(booking.id).status


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
    with acting.write(THE_TESTS) as work:
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
    with acting.read(THE_TESTS) as work:
        assert work.bookings.called_off("eksempel") == []
        assert len(work.bookings.of("one")) == 1


async def test_a_time_under_the_news_moves_it(talk: Talk, acting: Store) -> None:
    """The button comes from nowhere: no form asks when it is pressed."""
    booking = await talk.book()
    called_off(acting, booking)
    with acting.write(THE_TESTS) as work:
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
    with acting.read(THE_TESTS) as work:
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
    assert [button["payload"] for button in shown["buttons"]] == ["/booking_reschedule", no_other(first.id)]


@pytest.mark.parametrize("later", [timedelta(), timedelta(days=20)])
async def test_who_cancels_it_is_asked_whether_they_want_another_and_is_taken_off_the_list_by_a_no(
    talk: Talk, acting: Store, later: timedelta
) -> None:
    booking = called_off(acting, await talk.book())
    talk.now = (booking.starts_at + later if later else NOW).isoformat()
    (question,) = await talk.run(AskCancel(), "booking_cancel")
    assert (question["response"], titles(question)) == ("utter_booking_is_off", ["Find en ny tid", "Nej tak"])
    # "Ja" and "nej" in words mean what the two buttons do.
    find, no = [button["payload"] for button in question["buttons"]]
    assert (question["yes"], question["no"]) == (find, no) == ("/booking_reschedule", no_other(booking.id))
    assert status_of(talk, booking) is rules.BookingStatus.CALLED_OFF, "it is answered by an answer alone"
    (told,) = await talk.run(NoOtherTime(), "booking_no_other", booking_id=booking.id)
    assert (told["response"], told["custom"]["event"]) == ("utter_booking_given_up", "cancelled")
    assert status_of(talk, booking) is rules.BookingStatus.CANCELLED
    with acting.read(THE_TESTS) as work:
        assert work.bookings.called_off("eksempel") == []
    (again,) = await talk.run(NoOtherTime(), "booking_no_other", booking_id=booking.id)
    assert again["response"] == "utter_booking_given_up", "a button that is pressed twice"


async def test_nobody_whose_talk_was_called_off_is_told_that_they_keep_it(talk: Talk, acting: Store) -> None:
    """The question whether to cancel stands in the chat, with its buttons, while the boligagent calls the talk off."""
    booking = await talk.book()
    await talk.run(AskCancel(), "booking_cancel")
    (kept,) = await talk.run(KeepBooking(), "chat_deny")
    assert kept["response"] == "utter_booking_kept"
    called_off(acting, booking)
    (told,) = await talk.run(KeepBooking(), "chat_deny")
    assert told["response"] == "utter_booking_is_off"
    await talk.run(CancelBooking(), "chat_affirm")
    assert status_of(talk, booking) is rules.BookingStatus.CANCELLED
    (nothing,) = await talk.run(KeepBooking(), "chat_deny")
    assert nothing["response"] == "utter_chat_deny"


async def test_a_no_of_before_gives_up_no_talk_that_stands(talk: Talk, other: Talk, acting: Store) -> None:
    booking = called_off(acting, await talk.book())
    await talk.run(MoveBooking(), "booking_reschedule")
    moved = await talk.book_on(1)
    assert moved.id == booking.id
    sooner = await talk.book()
    assert sooner.starts_at < moved.starts_at
    assert await talk.run(NoOtherTime(), "booking_no_other", booking_id=booking.id) == []
    assert talk.goes_on_with == ["action_ask_cancel"], "whose yes cancels it"
    (told,) = await talk.run(AskCancel(), "booking_no_other", booking_id=booking.id)
    assert (told["response"], talk.slots["booking_to_cancel"]) == ("utter_booking_ask_cancel", booking.id)
    (told,) = await other.run(NoOtherTime(), "booking_no_other", booking_id=booking.id)
    assert told["response"] == "utter_booking_no_new"
    assert status_of(talk, booking) is rules.BookingStatus.ACTIVE
    await talk.run(CancelBooking())
    assert (status_of(talk, booking), status_of(talk, sooner)) == (
        rules.BookingStatus.CANCELLED,
        rules.BookingStatus.ACTIVE,
    )


async def test_a_no_of_before_to_a_talk_that_has_begun_is_told_so(talk: Talk, acting: Store) -> None:
    booking = called_off(acting, await talk.book())
    await talk.run(MoveBooking(), "booking_reschedule")
    moved = await talk.book_on(1)
    talk.now = (moved.starts_at + timedelta(minutes=5)).isoformat()
    (told,) = await talk.run(NoOtherTime(), "booking_no_other", booking_id=booking.id)
    assert (told["response"], talk.events) == ("utter_booking_begun", [])


async def test_who_missed_a_talk_and_wants_no_other_is_let_go_kindly(talk: Talk, acting: Store) -> None:
    missed, waiting = await talk.book(), called_off(acting, await talk.book(place=3))
    with acting.write(THE_TESTS) as work:
        note_outcome(work, missed, rules.BookingStatus.MISSED, missed.starts_at)
    (told,) = await talk.run(NoOtherTime(), "booking_no_other", booking_id=missed.id)
    assert told["response"] == "utter_booking_no_new"
    assert status_of(talk, waiting) is rules.BookingStatus.CALLED_OFF, "that one was not asked about"


async def test_a_cancellation_waits_for_whoever_changes_the_talk_and_stands(talk: Talk, acting: Store) -> None:
    """Else a talk that is handed over at that moment would stand again, with its contact."""
    with acting.write(THE_TESTS) as work:
        work.conversations.keep_contact(work.conversations.get("one"), Contact("Sofie", "12345678"))
    booking = await talk.book()
    with ThreadPoolExecutor(1) as beside:
        with acting.write(THE_TESTS) as work:
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
