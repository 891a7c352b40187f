"""What goes along with a talk, said in the chat: told back, kept with the booking, and taken back again."""

import pytest

from actions.ask_booking_confirmed import AskBookingConfirmed
from actions.ask_booking_time import AskBookingTime
from actions.book import Book
from actions.booking_status import BookingStatus
from actions.move_booking import MoveBooking
from actions.practical import Practical
from actions.validate_booking_form import ValidateBookingForm
from bot.casework.along import Along, Ask
from bot.casework.arranging import ask_along, cancel
from bot.store.store import Store
from tests.support.actions import Talk
from tests.support.the_tests import THE_TESTS

WOMAN = "det skal være en kvinde"
INTERPRETER = "jeg har brug for en tolk på dari"
TO_DARI = Along(frozenset({Ask.INTERPRETER}), "dari")


async def says(talk: Talk, text: str, intent: str = "booking_practical") -> list[tuple[str, str]]:
    """The responses of the form to these words, each with what it tells."""
    messages = await talk.run(ValidateBookingForm(), intent, text)
    return [(message["response"], message.get("along", "")) for message in messages]


async def at_confirming(talk: Talk) -> Talk:
    await talk.choose()
    talk.slots["requested_slot"] = "booking_confirmed"
    return talk


async def test_what_is_said_while_booking_goes_into_the_booking(talk: Talk) -> None:
    await at_confirming(talk)
    assert await says(talk, WOMAN) == [("utter_booking_along", "helst en kvinde")]
    assert await says(talk, INTERPRETER) == [("utter_booking_along", "helst en kvinde, tolk (dari)")]
    (asked,) = await talk.run(AskBookingConfirmed())
    assert asked["also"] == "\nDu har bedt om: helst en kvinde, tolk (dari)."
    (made,) = await talk.run(Book())
    booking = talk.booking(made["custom"]["booking"])
    assert booking.along == Along(frozenset({Ask.WOMAN, Ask.INTERPRETER}), "dari")
    assert not talk.slots["booking_along"]


async def test_a_first_message_may_book_and_ask_at_once(talk: Talk) -> None:
    talk.slots["requested_slot"] = None
    assert await says(talk, f"jeg vil gerne have en tid, {WOMAN}", "booking_request") == [
        ("utter_booking_along", "helst en kvinde")
    ]
    assert talk.slots["booking_way"] == "office"


async def test_a_yes_that_also_asks_books_with_it(talk: Talk) -> None:
    await at_confirming(talk)
    assert await says(talk, "ja, og min mor kommer med", "chat_affirm") == [
        ("utter_booking_along_company", "en mere kommer med")
    ]
    assert talk.slots["booking_confirmed"]


async def test_who_takes_it_back_says_no_to_that_alone(talk: Talk) -> None:
    time = (await at_confirming(talk)).slots["booking_time"]
    await says(talk, INTERPRETER)
    assert await says(talk, "nej, jeg behøver ikke nogen tolk", "chat_deny") == [("utter_booking_along_dropped", "")]
    assert talk.slots["booking_time"] == time
    (made,) = await talk.run(Book())
    assert not talk.booking(made["custom"]["booking"]).along


async def test_a_no_to_what_nobody_asked_for_is_any_other_no(talk: Talk) -> None:
    await at_confirming(talk)
    assert await says(talk, "nej, ingen tolk", "chat_deny") == []
    assert talk.slots["booking_time"] is None


async def test_what_matters_more_is_not_read_for_it(talk: Talk) -> None:
    await at_confirming(talk)
    assert await says(talk, WOMAN, "handoff_request") == []


async def test_after_the_booking_it_is_still_heard(talk: Talk) -> None:
    booking = await talk.book()
    (noted,) = await talk.run(Practical(), "booking_practical", INTERPRETER)
    assert (noted["response"], noted["along"]) == ("utter_booking_along", "tolk (dari)")
    assert noted["along_in_english"] == "an interpreter (Dari)"
    assert talk.booking(booking.id).along == TO_DARI
    (shown,) = await talk.run(BookingStatus(), "booking_status")
    assert "tolk (dari)" in shown["also"]


async def test_said_before_any_booking_it_waits_for_one(talk: Talk) -> None:
    (first,) = await talk.run(Practical(), "booking_practical", INTERPRETER)
    assert first["response"] == "utter_booking_along_first"
    booking = await talk.book()
    assert booking.along == TO_DARI


async def test_a_question_that_asks_for_nothing_is_answered(talk: Talk) -> None:
    (answer,) = await talk.run(Practical(), "booking_practical", "hvad skal jeg have med")
    assert answer["response"] == "utter_booking_practical"


async def test_it_stays_with_a_talk_that_is_moved_and_can_be_dropped_on_the_way(talk: Talk) -> None:
    booking = await talk.book()
    await talk.run(Practical(), "booking_practical", INTERPRETER)
    await talk.run(MoveBooking(), "booking_reschedule")
    talk.slots["requested_slot"] = "booking_time"
    await talk.run(AskBookingTime())
    await says(talk, WOMAN)
    await talk.run(
        ValidateBookingForm(), "booking_inform", booking_time=talk.slots["booking_offered"][2], booking_way="office"
    )
    (moved,) = await talk.run(Book())
    assert moved["custom"]["event"] == "moved"
    assert talk.booking(booking.id).along.asks == {Ask.INTERPRETER, Ask.WOMAN}


async def test_wishes_said_while_moving_are_kept_though_the_time_stays(talk: Talk) -> None:
    booking = await talk.book()
    await talk.run(MoveBooking(), "booking_reschedule")
    talk.slots |= {"requested_slot": "booking_confirmed", "booking_time": booking.starts_at.isoformat()}
    await says(talk, INTERPRETER)
    await talk.run(Book())
    assert talk.booking(booking.id).along == TO_DARI


async def test_a_move_that_was_given_up_leaves_no_wishes_for_another_talk(talk: Talk, acting: Store) -> None:
    booking = await talk.book()
    await talk.run(Practical(), "booking_practical", INTERPRETER)
    await talk.run(MoveBooking(), "booking_reschedule")
    with acting.write(THE_TESTS) as work:
        cancel(work, talk.booking(booking.id), booking.starts_at.replace(year=2026, month=1))
    assert not (await talk.book()).along


async def test_two_wishes_from_two_places_are_both_kept(talk: Talk, acting: Store) -> None:
    """One set by the three words while the message was on its way."""
    booking = await talk.book()
    stale = talk.booking(booking.id)
    with acting.write(THE_TESTS) as work:
        ask_along(work, stale, Along(frozenset({Ask.WHEELCHAIR})), booking.starts_at.replace(year=2026, month=1))
    await talk.run(Practical(), "booking_practical", INTERPRETER)
    assert talk.booking(booking.id).along.asks == {Ask.WHEELCHAIR, Ask.INTERPRETER}


async def test_who_takes_a_woman_back_is_not_answered_about_company(talk: Talk) -> None:
    await at_confirming(talk)
    await says(talk, WOMAN)
    await says(talk, "min mor kommer med")
    assert await says(talk, "det er lige meget om det er en kvinde") == [("utter_booking_along", "en mere kommer med")]


async def test_a_cancelled_talk_remembers_none_of_it(talk: Talk, acting: Store) -> None:
    booking = await talk.book()
    await talk.run(Practical(), "booking_practical", INTERPRETER)
    with acting.write(THE_TESTS) as work:
        cancel(work, talk.booking(booking.id), booking.starts_at.replace(year=2026, month=1))
    assert not talk.booking(booking.id).along


@pytest.mark.parametrize("kept", [{"asks": ["unicorn"]}, {"asks": 3}])
def test_what_was_never_kept_is_not_read(kept: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        Along.from_dict(kept)
