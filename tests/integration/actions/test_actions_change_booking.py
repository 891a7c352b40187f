"""The actions on a booking that is there: moved, cancelled and looked up by its own conversation alone."""

from datetime import time, timedelta

import pytest
from rasa_sdk import Action
from rasa_sdk.events import SlotSet

from actions.ask_booking_time import AskBookingTime
from actions.ask_cancel import AskCancel
from actions.book import Book
from actions.booking_status import BookingStatus
from actions.cancel_booking import CancelBooking
from actions.handoff import Handoff
from actions.move_booking import MoveBooking
from actions.tongue import told_begins
from actions.validate_booking_form import ValidateBookingForm
from bot.casework import bookings as rules
from bot.casework.bookings import Booking, Contact
from bot.casework.free_times import Way
from bot.casework.reminders import remind
from bot.language.time_wish import TimeWish
from bot.store.store import Store
from tests.support.actions import STAFFED, Talk, titles
from tests.support.reminders import MAILBOX
from tests.support.the_tests import THE_TESTS


async def moves(talk: Talk, **wish: object) -> list[str]:
    """Moves the talk to the time wished for, or else to the next one; the responses that answer it."""
    await talk.run(MoveBooking(), "booking_reschedule")
    await talk.run(AskBookingTime())
    wish = wish or {"booking_time": talk.slots["booking_offered"][0]}
    await talk.run(ValidateBookingForm(), "booking_inform", **wish)
    return [message["response"] for message in await talk.run(Book())]


@pytest.mark.parametrize("asks", [True, False])
async def test_who_asked_for_a_reminder_and_moves_to_a_time_that_is_soon_is_told_that_none_comes(
    talk: Talk, acting: Store, *, asks: bool
) -> None:
    booking = await talk.book(way="chat")
    assert await moves(talk, time_wish=TimeWish(weeks_later=1).as_dict()) == ["utter_booking_moved"]
    if asks:
        with acting.write(THE_TESTS) as work:
            remind(work, talk.booking(booking.id), MAILBOX, booking.starts_at)
    talk.now = STAFFED
    assert await moves(talk) == ["utter_booking_moved", *["utter_booking_unreminded"] * asks]


async def test_moving_keeps_the_three_words_and_frees_the_old_time(talk: Talk, other: Talk) -> None:
    booking = await talk.book()
    await talk.run(MoveBooking(), "booking_reschedule")
    assert talk.slots["booking_moved"] == booking.id
    (question,) = await talk.run(AskBookingTime())
    assert (question["response"], question["when"][:6]) == ("utter_booking_offer_move", "onsdag")
    later = talk.slots["booking_offered"][2]
    await talk.run(ValidateBookingForm(), "booking_inform", booking_time=later)
    (message,) = await talk.run(Book())
    moved = talk.booking(message["custom"]["booking"])
    assert (message["custom"]["event"], moved.code, moved.starts_at.isoformat()) == ("moved", booking.code, later)
    assert await other.choose() == booking.starts_at.isoformat()


async def test_the_same_hour_a_week_later_is_counted_from_the_talk_itself(talk: Talk) -> None:
    booking = await talk.book()
    await talk.run(MoveBooking(), "booking_reschedule")
    await talk.run(ValidateBookingForm(), "booking_inform", time_wish=TimeWish(weeks_later=1).as_dict())
    assert talk.slots["booking_time"] == (booking.starts_at + timedelta(weeks=1)).isoformat()


async def test_moving_to_another_way_keeps_the_words_and_frees_the_old_time(talk: Talk, other: Talk) -> None:
    booking = await talk.book()
    await talk.run(MoveBooking(), "booking_reschedule")
    await talk.run(ValidateBookingForm(), "booking_inform", way="chat")
    await talk.run(AskBookingTime())
    later = talk.slots["booking_offered"][2]
    await talk.run(ValidateBookingForm(), "booking_inform", booking_time=later)
    (message,) = await talk.run(Book())
    moved = talk.booking(message["custom"]["booking"])
    assert (moved.id, moved.code, moved.way.value) == (booking.id, booking.code, "chat")
    assert (moved.place, moved.starts_at.isoformat()) == ("Her i chatten", later)
    assert await other.choose() == booking.starts_at.isoformat()


async def test_who_cannot_have_the_new_time_keeps_the_old_one(talk: Talk, other: Talk) -> None:
    booking = await talk.book()
    await talk.run(MoveBooking(), "booking_reschedule")
    await talk.run(AskBookingTime())
    wanted = talk.slots["booking_offered"][0]
    await other.book()
    talk.slots["requested_slot"] = "booking_time"
    await talk.run(ValidateBookingForm(), "booking_inform", booking_time=wanted)
    assert talk.slots["booking_time"] is None
    assert talk.booking(booking.id) == booking


async def test_cancelling_asks_first_and_then_frees_the_time(talk: Talk, other: Talk) -> None:
    booking = await talk.book()
    (question,) = await talk.run(AskCancel(), "booking_cancel")
    assert question["response"] == "utter_booking_ask_cancel"
    assert talk.booking(booking.id).status is rules.BookingStatus.ACTIVE
    (message,) = await talk.run(CancelBooking())
    assert message["custom"] == {"kind": "booking", "booking": booking.id, "event": "cancelled"}
    assert await other.choose() == booking.starts_at.isoformat()


async def test_the_booking_of_another_conversation_is_not_seen(talk: Talk, other: Talk) -> None:
    await talk.book()
    for action, intent, events in (
        (BookingStatus(), "booking_status", []),
        (AskCancel(), "booking_cancel", []),
        (CancelBooking(), "chat_affirm", [SlotSet("booking_to_cancel", None)]),
        (MoveBooking(), "booking_reschedule", []),
    ):
        (message,) = await other.run(action, intent)
        assert (message["response"], other.events) == ("utter_booking_unknown", events)


async def test_who_asks_for_their_time_sees_it_with_its_words(talk: Talk) -> None:
    booking = await talk.book()
    (message,) = await talk.run(BookingStatus(), "booking_status")
    assert (message["custom"]["booking"], message["place"]) == (booking.id, booking.place)


async def test_who_has_no_talk_to_move_and_names_a_time_is_offered_it(talk: Talk) -> None:
    wish = TimeWish(earliest=time(13)).as_dict()
    await talk.run(MoveBooking(), "booking_reschedule", time_wish=wish)
    assert (talk.slots["requested_slot"], talk.slots["booking_moved"]) == ("booking_time", None)


async def test_who_has_no_talk_to_move_and_names_no_time_is_told(talk: Talk) -> None:
    (message,) = await talk.run(MoveBooking(), "booking_reschedule")
    assert message["response"] == "utter_booking_unknown"


async def test_who_has_cancelled_and_asks_for_another_time_is_offered_one(talk: Talk) -> None:
    await talk.book()
    await talk.run(CancelBooking())
    await talk.run(MoveBooking(), "booking_reschedule")
    assert (talk.slots["requested_slot"], talk.slots["booking_moved"]) == ("booking_time", None)


async def test_who_looks_for_a_talk_by_phone_and_has_none_is_offered_times(talk: Talk) -> None:
    await talk.run(BookingStatus(), "booking_status", way="phone")
    assert talk.slots["requested_slot"] == "booking_time"


async def test_who_waits_for_a_human_is_told_of_that_and_not_of_bookings(talk: Talk) -> None:
    await talk.run(Handoff(), "handoff_request")
    (message,) = await talk.run(BookingStatus(), "booking_status")
    assert message["response"].startswith("utter_handoff_waiting")


def begun(booking: Booking) -> str:
    """Five minutes into the talk."""
    return (booking.starts_at + timedelta(minutes=5)).isoformat()


@pytest.mark.parametrize(
    ("action", "intent"),
    [
        (AskCancel(), "booking_cancel"),
        (CancelBooking(), "chat_affirm"),
        (MoveBooking(), "booking_reschedule"),
        (BookingStatus(), "booking_status"),
    ],
)
async def test_a_talk_that_has_begun_is_told_of_and_neither_moved_nor_cancelled(
    talk: Talk, action: Action, intent: str
) -> None:
    booking = await talk.book()
    talk.now = begun(booking)
    talk.slots["requested_slot"] = None
    (told,) = await talk.run(action, intent)
    assert (told["response"], told["place"]) == ("utter_booking_begun", booking.place)
    assert titles(told) == ["Tal med et menneske", "Find en ny tid"]
    assert [button["payload"] for button in told["buttons"]] == ["/handoff_request", "/booking_request"]
    assert talk.slots["requested_slot"] is None, "no form is begun"
    assert talk.booking(booking.id) == booking


async def test_who_has_begun_one_talk_moves_and_cancels_the_next(talk: Talk) -> None:
    first, second = await talk.book(), await talk.book(place=3)
    talk.now = begun(first)
    await talk.run(MoveBooking(), "booking_reschedule")
    assert talk.slots["booking_moved"] == second.id
    (question,) = await talk.run(AskCancel(), "booking_cancel")
    assert question["response"] == "utter_booking_ask_cancel"
    await talk.run(CancelBooking())
    assert talk.booking(second.id).status is rules.BookingStatus.CANCELLED
    assert talk.booking(first.id) == first


async def test_a_yes_cancels_the_talk_that_was_asked_about_and_no_other(talk: Talk) -> None:
    first, second = await talk.book(), await talk.book(place=3)
    await talk.run(AskCancel(), "booking_cancel", talk=first.id)
    talk.now = begun(first)
    (told,) = await talk.run(CancelBooking())
    assert told["response"] == "utter_booking_begun"
    assert [talk.booking(one.id) for one in (first, second)] == [first, second]
    assert talk.slots["booking_to_cancel"] is None


async def test_a_yes_for_somebody_elses_talk_cancels_nothing(talk: Talk, acting: Store) -> None:
    booking = await talk.book()
    with acting.write(THE_TESTS) as work:
        work.conversations.open("two", "eksempel", "da", "another token")
    other = Talk(acting, "two", slots={"booking_to_cancel": booking.id})
    (told,) = await other.run(CancelBooking())
    assert told["response"] == "utter_booking_unknown"
    assert talk.booking(booking.id) == booking


async def test_a_talk_that_begins_while_a_new_time_is_chosen_is_not_followed_by_a_second_one(
    talk: Talk, acting: Store
) -> None:
    booking = await talk.book()
    await talk.run(MoveBooking(), "booking_reschedule")
    await talk.run(AskBookingTime())
    await talk.run(ValidateBookingForm(), "booking_inform", booking_time=talk.slots["booking_offered"][-1])
    talk.now = begun(booking)
    (told,) = await talk.run(Book())
    assert (told["response"], talk.slots["booking_moved"]) == ("utter_booking_begun", None)
    with acting.read(THE_TESTS) as work:
        assert work.bookings.of("one") == [booking]


async def test_who_stops_a_new_booking_during_their_talk_has_stopped(talk: Talk) -> None:
    booking = await talk.book()
    talk.now = begun(booking)
    (told,) = await talk.run(AskCancel(), "booking_cancel", just_before="action_deactivate_loop")
    assert told["response"] == "utter_booking_stopped"


@pytest.mark.parametrize("way", ["chat", "phone"])
async def test_who_books_moves_or_looks_up_a_talk_in_the_chat_is_told_how_it_begins(
    talk: Talk, acting: Store, way: str
) -> None:
    with acting.write(THE_TESTS) as work:
        work.conversations.keep_contact(work.conversations.get("one"), Contact(phone="12345678"))
    await talk.choose(way=way)
    said = await talk.run(Book())
    said += await talk.run(BookingStatus(), "booking_status")
    await talk.run(MoveBooking(), "booking_reschedule")
    await talk.run(AskBookingTime())
    await talk.run(ValidateBookingForm(), "booking_inform", booking_time=talk.slots["booking_offered"][-1])
    said += await talk.run(Book())
    assert [one["response"] for one in said] == ["utter_booking_made", "utter_booking_shown", "utter_booking_moved"]
    for one in said:
        assert ("Så skriver boligagenten til dig." in one["begins"]) is (way == "chat")
        assert bool(one["begins_in_english"]) is (way == "chat")


def test_who_was_chosen_for_a_talk_in_the_chat_is_named_as_who_writes() -> None:
    assert "Så skriver Mette til dig." in told_begins(Way.CHAT, "Mette")["begins"]
    assert "Then Mette writes to you." in told_begins(Way.CHAT, "Mette")["begins_in_english"]
