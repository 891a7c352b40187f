"""By phone instead: a talk that stands is moved to another way of talking, by the words in which that is asked for."""

from datetime import datetime

import pytest

from actions import context
from actions.ask_booking_time import AskBookingTime
from actions.book import Book
from actions.move_booking import MoveBooking
from actions.practical import Practical
from actions.validate_booking_form import ValidateBookingForm
from bot.casework.along import Ask
from bot.casework.bookings import Booking, BookingStatus, Contact
from bot.casework.free_times import Way
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.actions import Talk, titles
from tests.support.the_tests import THE_TESTS
from tests.support.two_towns import without_way

BY_PHONE = "kan det være på telefon i stedet for at møde op"


async def asks(talk: Talk, text: str, way: str) -> list[str]:
    """What is answered to these words, which the form reads, too, where it is taken up again; the responses."""
    said = await talk.run(Practical(), "booking_practical", text, way=way)
    if any(event["event"] == "active_loop" for event in talk.events):
        after = "action_booking_practical"
        said += await talk.run(ValidateBookingForm(), "booking_practical", text, just_before=after, way=way)
        said += await talk.run(AskBookingTime())
    return [message["response"] for message in said]


async def takes(talk: Talk, booking: Booking, time: str, way: str) -> Booking:
    talk.slots["requested_slot"] = "booking_time"
    await talk.run(ValidateBookingForm(), "booking_inform", booking_time=time, booking_way=way)
    assert talk.slots["booking_time"] == time
    (message,) = await talk.run(Book())
    assert message["custom"] == {"kind": "booking", "booking": booking.id, "event": "moved"}
    return talk.booking(booking.id)


async def test_by_phone_instead_begins_a_move_to_the_phone(talk: Talk, acting: Store) -> None:
    booking = await talk.book()
    assert await asks(talk, BY_PHONE, "phone") == ["utter_booking_offer_move_way"]
    offer = talk.said[-1]
    assert offer["how"] == "hvor vi kan ringe til dig"
    assert offer["when"].startswith("onsdag den 2. december")
    assert "Mødes i stedet" in titles(offer)
    own = booking.starts_at.isoformat()
    assert own in talk.slots["booking_offered"], "the time that they have, by phone"
    talk.slots["requested_slot"] = "booking_time"
    await talk.run(ValidateBookingForm(), "booking_inform", booking_time=own, booking_way="phone")
    assert talk.slots["booking_contact"] is None, "a number is needed"
    assert talk.booking(booking.id) == booking, "it stands until the new one is confirmed"
    with acting.write(THE_TESTS) as work:
        work.conversations.keep_contact(work.conversations.get("one"), Contact(phone="12345678"))
    moved = await takes(talk, booking, own, "phone")
    assert (moved.way, moved.starts_at, moved.code) == (Way.PHONE, booking.starts_at, booking.code)
    assert (moved.place, moved.contact.phone) == ("På telefon: vi ringer til dig", "12345678")
    assert (moved.revision, moved.status) == (booking.revision + 1, BookingStatus.ACTIVE)


@pytest.mark.parametrize(
    ("text", "way"),
    [
        (BY_PHONE, "phone"),
        ("kan jeg skrive med boligagenten frem for at møde op, jeg bryder mig ikke om at tale", "chat"),
        ("kan agenten komme hjem til mig", "out"),
    ],
)
async def test_the_times_offered_are_those_near_the_talk(talk: Talk, text: str, way: str) -> None:
    booking = await talk.book(place=2)
    later = booking.starts_at.replace(day=9)
    await talk.run(MoveBooking(), "booking_reschedule")
    await takes(talk, booking, later.isoformat(), "office")
    assert await asks(talk, text, way) == ["utter_booking_offer_move_way"]
    offered = [datetime.fromisoformat(time) for time in talk.slots["booking_offered"]]
    assert min(offered) <= later <= max(offered)
    assert talk.slots["booking_way"] == way


async def test_a_way_that_it_has_already_is_told(talk: Talk) -> None:
    await talk.book(way="chat")
    assert await asks(talk, "kan det være på chat i stedet for", "chat") == ["utter_booking_shown"]
    assert talk.said[-1]["place"] == "Her i chatten"


@pytest.mark.parametrize(
    "text",
    [
        "skal jeg ringe først",
        "kan boligagenten stadig ringe til mig",
        "skal jeg ringe til jer på telefonen, hvis jeg bliver forsinket",
        "hvad er nummeret på telefonen hos jer",
    ],
)
async def test_a_question_that_only_names_a_way_is_answered(talk: Talk, text: str) -> None:
    await talk.book()
    assert await asks(talk, text, "phone") == ["utter_booking_practical"]


async def test_who_has_no_talk_is_answered_as_before(talk: Talk) -> None:
    assert await asks(talk, BY_PHONE, "phone") == ["utter_booking_practical"]


async def test_a_way_the_town_does_not_have_is_said_and_the_talk_can_be_moved(
    talk: Talk, municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    booking = await talk.book()
    fewer = without_way(municipality, Way.PHONE)
    monkeypatch.setattr(context, "municipalities", lambda: {"eksempel": fewer})
    assert await asks(talk, BY_PHONE, "phone") == ["utter_booking_way_not_here", "utter_booking_offer_move"]
    assert "På chat" in titles(talk.said[-1])
    assert talk.booking(booking.id) == booking


async def test_what_else_is_said_with_it_goes_along(talk: Talk) -> None:
    booking = await talk.book()
    assert await asks(talk, "kan det være på telefon i stedet, og min mor kommer med", "phone") == [
        "utter_booking_along_company",
        "utter_booking_offer_move_way",
    ]
    moved = await takes(talk, booking, talk.slots["booking_offered"][0], "phone")
    assert moved.along.asks == {Ask.COMPANION}


async def test_of_several_talks_it_is_asked_which(talk: Talk) -> None:
    await talk.book()
    await talk.book(3)
    assert await asks(talk, BY_PHONE, "phone") == []
    assert talk.goes_on_with == ["action_ask_which_move"]


async def test_the_own_time_is_none_to_move_to_in_the_same_way(talk: Talk) -> None:
    booking = await talk.book()
    await talk.run(MoveBooking(), "booking_reschedule")
    await talk.run(AskBookingTime())
    assert booking.starts_at.isoformat() not in talk.slots["booking_offered"]
