"""A helper books: asked whose talk it is, and nothing of the young person is asked for or seen."""

import pytest

from actions.ask_booking_about import AskBookingAbout
from actions.ask_booking_confirmed import AskBookingConfirmed
from actions.ask_booking_contact import AskBookingContact
from actions.book import Book
from actions.booking_status import BookingStatus
from actions.move_booking import MoveBooking
from actions.validate_booking_form import ValidateBookingForm
from bot.casework.bookings import About, Contact
from bot.store.store import Store
from tests.support.actions import Talk, titles
from tests.support.the_tests import THE_TESTS


@pytest.fixture
def helper(talk: Talk) -> Talk:
    talk.slots["role"] = "helper"
    return talk


async def test_a_helper_is_asked_whose_talk_it_is(helper: Talk) -> None:
    await helper.run(ValidateBookingForm(), "booking_request")
    assert helper.slots["booking_about"] is None
    (question,) = await helper.run(AskBookingAbout())
    assert question["response"] == "utter_booking_about"
    assert titles(question) == ["Ja, vi er sammen om det", "Nej, det er min bekymring", "Tiden er til mig selv"]


@pytest.mark.parametrize(("answer", "about"), [("chat_affirm", "with_helper"), ("chat_deny", "worry")])
async def test_yes_is_together_and_no_is_a_talk_of_ones_own(helper: Talk, answer: str, about: str) -> None:
    helper.slots["requested_slot"] = "booking_about"
    (told,) = await helper.run(ValidateBookingForm(), answer)
    assert helper.slots["booking_about"] == about
    assert told["response"] in {"utter_booking_together", "utter_booking_worry"}


async def test_a_question_in_the_place_of_an_answer_is_none(helper: Talk) -> None:
    helper.slots["requested_slot"] = "booking_about"
    assert await helper.run(ValidateBookingForm(), "support_notification") == []
    assert helper.events == []


async def test_the_talk_is_booked_as_what_it_is(helper: Talk) -> None:
    await helper.choose()
    helper.slots["booking_about"] = "worry"
    (message,) = await helper.run(Book())
    assert helper.booking(message["custom"]["booking"]).about is About.WORRY


async def test_for_a_worry_only_the_helper_s_own_number_and_name_are_asked_for(helper: Talk) -> None:
    await helper.choose(way="phone")
    helper.slots["booking_about"] = "worry"
    (question,) = await helper.run(AskBookingContact())
    assert all("eget" in field["label"] for field in question["custom"]["fields"])
    helper.slots["booking_way"] = "office"
    (question,) = await helper.run(AskBookingConfirmed())
    assert all("eget" in field["label"] for field in question["custom"]["fields"])


async def test_a_number_given_before_is_not_used_once_a_helper_has_spoken(helper: Talk, acting: Store) -> None:
    with acting.write(THE_TESTS) as work:
        work.conversations.keep_contact(work.conversations.get("one"), Contact(phone="12345678"))
    helper.slots["requested_slot"] = None
    await helper.run(ValidateBookingForm(), "booking_request")
    with acting.read(THE_TESTS) as work:
        assert work.conversations.contact("one") == Contact()


async def test_somebody_elses_talk_is_not_the_helpers_own(helper: Talk) -> None:
    await helper.choose()
    helper.slots["booking_about"] = "worry"
    await helper.run(Book())
    asked = helper.tracker("booking_status", {}, text="hvornår har min søn tid")
    helper.tracker = lambda *_args, **_more: asked  # type: ignore[method-assign]
    (told,) = await helper.run(BookingStatus())
    assert told["response"] == "utter_booking_unknown"


async def test_a_moved_talk_stays_what_it_was(helper: Talk) -> None:
    await helper.choose()
    helper.slots["booking_about"] = "with_helper"
    await helper.run(Book())
    await helper.run(MoveBooking(), "booking_reschedule")
    assert helper.slots["booking_about"] == "with_helper"


async def test_a_helper_who_has_none_to_move_and_names_a_time_is_asked_whose_it_is(helper: Talk) -> None:
    await helper.run(MoveBooking(), "booking_reschedule", time_wish={"soonest": True})
    assert helper.slots["requested_slot"] == "booking_about"
