"""Several talks of one conversation: none is booked unawares, and not without end."""

import json
from datetime import datetime, timedelta

import pytest

from actions.ask_booking_confirmed import AskBookingConfirmed
from actions.ask_booking_time import AskBookingTime
from actions.book import Book
from actions.booking_stopped import BookingStopped
from actions.cancel_booking import CancelBooking
from actions.move_booking import LEFT, MoveBooking
from actions.move_that_booking import MoveThatBooking
from actions.offers import exactly
from actions.validate_booking_form import ValidateBookingForm
from bot.casework.after_booking import call_off
from bot.casework.along import Along, Ask
from bot.casework.arranging import book
from bot.casework.bookings import About, TooManyTalksError
from bot.casework.several import MOST_AHEAD
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.actions import WEDNESDAY, Talk, titles
from tests.support.bookings import times, wish
from tests.support.several_talks import asks_for_one_more, booked, responses, stands
from tests.support.the_tests import THE_TESTS

NOW = datetime.fromisoformat(WEDNESDAY)


async def test_the_first_offer_tells_of_the_talk_that_stands_and_blocks_nothing(talk: Talk) -> None:
    booking = await talk.book()
    told, offer = await asks_for_one_more(talk)
    assert (told["response"], titles(told)) == ("utter_booking_beside", ["Flyt den", "En tid til"])
    assert told["when"].startswith("onsdag den 2. december")
    assert (offer["response"], len(talk.slots["booking_offered"])) == ("utter_booking_offer_office", 4)
    assert [button["payload"] for button in told["buttons"]] == ["/booking_reschedule", "/booking_request"]
    second = await talk.book_on(0)
    assert stands(talk, booking)
    assert second.id != booking.id


async def test_who_has_no_talk_is_told_of_none(talk: Talk, acting: Store) -> None:
    assert responses(await asks_for_one_more(talk)) == ["utter_booking_offer_office"]
    await talk.book()
    await talk.run(CancelBooking())
    assert responses(await asks_for_one_more(talk)) == ["utter_booking_offer_office"]


async def test_a_talk_that_has_begun_and_one_that_was_called_off_are_no_reason_to_ask(
    talk: Talk, acting: Store
) -> None:
    booking = await talk.book()
    with acting.write(THE_TESTS) as work:
        call_off(work, booking, NOW)
    assert "utter_booking_beside" not in responses(await asks_for_one_more(talk)), "one more answers it"
    again = await talk.book_on(0)
    talk.now = (again.starts_at + timedelta(minutes=5)).isoformat()
    assert responses(await asks_for_one_more(talk)) == ["utter_booking_offer_office"]


async def test_who_wants_one_more_is_told_of_the_other_once(talk: Talk) -> None:
    await talk.book()
    await asks_for_one_more(talk)
    shown = talk.slots["booking_offered"]
    for _ in range(2):
        await talk.run(ValidateBookingForm(), "booking_request")
        assert responses(await talk.run(AskBookingTime())) == ["utter_booking_offer_office"]
    assert talk.slots["booking_offered"] == shown


async def test_a_yes_to_that_question_takes_no_time(talk: Talk) -> None:
    await talk.book()
    await asks_for_one_more(talk)
    talk.slots["booking_offered"] = talk.slots["booking_offered"][:1]
    await talk.run(ValidateBookingForm(), "chat_affirm", "ja")
    assert talk.slots["booking_time"] is None
    await talk.run(ValidateBookingForm(), "chat_affirm", "ja")
    assert talk.slots["booking_time"] is not None, "now it means the only one"


async def test_the_confirmation_says_that_it_is_one_more(talk: Talk) -> None:
    await talk.book()
    await asks_for_one_more(talk)
    await talk.run(ValidateBookingForm(), "booking_inform", booking_time=talk.slots["booking_offered"][2])
    (asked,) = await talk.run(AskBookingConfirmed())
    assert asked["also"].startswith("\nDet bliver en tid til. Du beholder også din tid onsdag den 2. december")
    assert asked["also_in_english"].startswith("\nThis will be one more. You also keep your talk on Wednesday")
    assert titles(asked) == ["Ja, book tiden", "Flyt min tid hertil", "En anden tid", "Nej, glem det"]


async def test_at_the_confirmation_the_talk_can_be_moved_there_instead(talk: Talk, other: Talk) -> None:
    booking = await talk.book()
    await asks_for_one_more(talk)
    later = talk.slots["booking_offered"][2]
    await talk.run(ValidateBookingForm(), "booking_inform", booking_time=later, booking_way="office")
    (asked,) = await talk.run(AskBookingConfirmed())
    talk.slots["requested_slot"] = "booking_confirmed"
    [hither] = [button["payload"] for button in asked["buttons"] if button["title"] == "Flyt min tid hertil"]
    intent, said = hither[1:].split("{", 1)
    entities = json.loads("{" + said)
    # The form lets go, and the rules go on.
    await talk.run(ValidateBookingForm(), intent, **entities)
    assert talk.events == []
    await talk.run(MoveBooking(), intent, just_before=LEFT, **entities)
    await talk.run(ValidateBookingForm(), intent, just_before="action_move_booking", **entities)
    assert (talk.slots["booking_moved"], talk.slots["booking_time"]) == (booking.id, later)
    (moved,) = await talk.run(Book())
    assert moved["custom"] == {"kind": "booking", "booking": booking.id, "event": "moved"}
    assert talk.booking(booking.id).starts_at.isoformat() == later
    assert await other.choose() == booking.starts_at.isoformat()


@pytest.mark.parametrize("asks", ["booking_time", "booking_confirmed"])
async def test_to_move_it_instead_leaves_the_new_booking(talk: Talk, asks: str) -> None:
    booking = await talk.book()
    await asks_for_one_more(talk)
    talk.slots["requested_slot"] = asks
    await talk.run(ValidateBookingForm(), "booking_reschedule", "flyt den")
    assert talk.events == []
    await talk.run(MoveBooking(), "booking_reschedule", "flyt den", just_before=LEFT)
    assert talk.slots["booking_moved"] == booking.id


async def test_another_time_for_the_one_being_booked_is_no_move_of_the_other(talk: Talk) -> None:
    await talk.book()
    await asks_for_one_more(talk)
    later = talk.slots["booking_offered"][3]
    await talk.run(ValidateBookingForm(), "booking_inform", booking_time=talk.slots["booking_offered"][2])
    talk.slots["requested_slot"] = "booking_confirmed"
    wished = exactly(datetime.fromisoformat(later)).as_dict()
    await talk.run(ValidateBookingForm(), "booking_reschedule", "nej flyt den", time_wish=wished)
    assert (talk.slots["booking_time"], talk.slots["booking_moved"]) == (later, None)


async def test_the_way_whose_times_were_looked_at_goes_along_to_the_move(talk: Talk) -> None:
    await talk.book()
    await asks_for_one_more(talk)
    await talk.run(ValidateBookingForm(), "booking_inform", booking_way="phone")
    await talk.run(MoveBooking(), "booking_reschedule", just_before=LEFT)
    assert talk.slots["booking_way"] == "phone"
    await talk.run(MoveBooking(), "booking_reschedule")
    assert talk.slots["booking_way"] == "office", "out of the blue it is the way it has"


async def test_who_stops_there_keeps_the_talk_and_hears_when_it_is(talk: Talk) -> None:
    await talk.book()
    await asks_for_one_more(talk)
    (said,) = await talk.run(BookingStopped(), "chat_stop")
    assert (said["response"], said["when"][:6]) == ("utter_booking_keeps", "onsdag")


async def test_no_more_talks_are_booked_than_may_be(talk: Talk, acting: Store, municipality: Municipality) -> None:
    made = await booked(talk, *range(MOST_AHEAD))
    (said,) = await asks_for_one_more(talk)
    assert said["response"] == "utter_booking_full"
    assert said["times"].count("den 2. december") == MOST_AHEAD
    assert titles(said) == ["Flyt en tid", "Aflys en tid", "Tal med et menneske", "Nej, glem det"]
    free = [moment.isoformat() for moment in times(acting, municipality, NOW)]
    # A time that is written all the same, or pressed further up in the chat, is not taken.
    await talk.run(ValidateBookingForm(), "booking_inform", booking_time=free[0], booking_way="office")
    assert talk.slots["booking_time"] is None
    assert responses(await talk.run(AskBookingTime())) == ["utter_booking_full"]
    talk.slots |= {"booking_time": free[0], "requested_slot": "booking_confirmed"}
    assert responses(await talk.run(Book())) == ["utter_booking_full"]
    with acting.read(THE_TESTS) as work:
        assert len(work.bookings.of(talk.id)) == MOST_AHEAD
    assert all(stands(talk, one) for one in made)


async def test_who_moves_one_or_has_cancelled_one_may_go_on(talk: Talk) -> None:
    first, *_ = await booked(talk, *range(MOST_AHEAD))
    await talk.run(MoveThatBooking(), "booking_reschedule", talk=first.id)
    await talk.run(ValidateBookingForm(), "booking_reschedule", talk=first.id)
    assert (await talk.book_on(3)).id == first.id
    talk.slots["booking_to_cancel"] = first.id
    await talk.run(CancelBooking())
    await asks_for_one_more(talk)
    assert (await talk.book_on(1)).id != first.id


def test_the_limit_is_of_one_conversation_and_of_young_people_alone(store: Store, municipality: Municipality) -> None:
    with store.write(THE_TESTS) as work:
        for name in ("one", "two", "helper"):
            work.conversations.open(name, "eksempel", "da", name)
        free = times(store, municipality, NOW)
        for place in range(MOST_AHEAD):
            book(work, wish(free[place], conversation="one"), municipality.rules, NOW)
        with pytest.raises(TooManyTalksError):
            book(work, wish(free[9], conversation="one"), municipality.rules, NOW)
        book(work, wish(free[9], conversation="two"), municipality.rules, NOW)
        for place in range(10, 10 + MOST_AHEAD + 1):
            book(work, wish(free[place], conversation="helper", about=About.WITH_HELPER), municipality.rules, NOW)
        # On the pages nobody is known.
        for place in range(15, 15 + MOST_AHEAD + 1):
            book(work, wish(free[place]), municipality.rules, NOW)
        later = free[MOST_AHEAD - 1] + timedelta(minutes=1)
        [gone] = [one for one in times(store, municipality, later) if one == free[20]]
        book(work, wish(gone, conversation="one"), municipality.rules, later)


async def test_what_was_asked_for_meanwhile_goes_along_with_the_talk_that_is_moved(talk: Talk) -> None:
    booking = await talk.book()
    await asks_for_one_more(talk)
    talk.slots["booking_along"] = Along(frozenset({Ask.COMPANION})).as_dict()
    await talk.run(MoveBooking(), "booking_reschedule", just_before=LEFT)
    assert talk.slots["booking_along"] == {"asks": ["companion"], "language": ""}
    assert talk.slots["booking_moved"] == booking.id
