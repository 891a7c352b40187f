"""Several talks of one conversation: none is booked unawares or without end, and it is asked which one is meant."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from actions import context
from actions.ask_booking_confirmed import AskBookingConfirmed
from actions.ask_booking_time import AskBookingTime
from actions.ask_cancel import AskCancel
from actions.ask_which_cancel import AskWhichCancel
from actions.ask_which_move import AskWhichMove
from actions.book import Book
from actions.booking_status import BookingStatus
from actions.booking_stopped import BookingStopped
from actions.cancel_booking import CancelBooking
from actions.move_booking import LEFT, MoveBooking
from actions.move_that_booking import MoveThatBooking
from actions.offers import exactly
from actions.validate_booking_form import ValidateBookingForm
from bot.casework import bookings as rules
from bot.casework.after_booking import call_off
from bot.casework.arranging import book
from bot.casework.bookings import About, Booking, TooManyTalksError
from bot.casework.free_times import Way, danish_day
from bot.casework.several import MOST_AHEAD
from bot.language.time_wish import TimeWish
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.actions import WEDNESDAY, Talk, titles
from tests.support.bookings import times, wish
from tests.support.two_towns import without_way

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
    with acting.write() as work:
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
    with acting.read() as work:
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
    with store.write() as work:
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


async def test_where_there_are_two_it_is_asked_which_to_cancel(talk: Talk) -> None:
    first, second = await booked(talk, 0, 3)
    assert await talk.run(AskCancel(), "booking_cancel", "aflys min tid") == []
    assert talk.goes_on_with == WHICH_CANCEL
    (asked,) = await talk.run(AskWhichCancel(), "booking_cancel")
    assert asked["response"] == "utter_booking_which_cancel"
    assert titles(asked) == ["ons. 2. dec. kl. 09.30", "ons. 2. dec. kl. 11.30", "Nej, behold dem"]
    said = json.loads(asked["buttons"][1]["payload"].removeprefix("/booking_cancel"))
    (question,) = await talk.run(AskCancel(), "booking_cancel", **said)
    assert (question["response"], question["when"][-5:]) == ("utter_booking_ask_cancel", "11.30")
    (cancelled,) = await talk.run(CancelBooking())
    assert (cancelled["custom"]["booking"], cancelled["when"][-5:]) == (second.id, "11.30")
    assert (stands(talk, first), stands(talk, second)) == (True, False)
    (question,) = await talk.run(AskCancel(), "booking_cancel")
    assert question["response"] == "utter_booking_ask_cancel", "with one left there is nothing to ask"


@pytest.mark.parametrize(
    ("text", "place"), [("den første", 0), ("den anden", 1), ("den sidste", 1), ("the second one", 1)]
)
async def test_which_one_can_be_said_by_its_place(talk: Talk, text: str, place: int) -> None:
    made = await booked(talk, 0, 3)
    await talk.run(AskCancel(), "booking_inform", text)
    assert talk.slots["booking_to_cancel"] == made[place].id


async def test_which_one_can_be_said_by_its_day_its_hour_or_its_way(talk: Talk) -> None:
    first, second = await a_week_apart(talk)
    for one in (first, second):
        await talk.run(AskCancel(), "booking_cancel", "aflys den på den dag", time_wish=on(one))
        assert talk.slots["booking_to_cancel"] == one.id
    by_phone = await talk.book(way="phone")
    await talk.run(AskCancel(), "booking_inform", "den på telefon", way="phone")
    assert talk.slots["booking_to_cancel"] == by_phone.id


@pytest.mark.parametrize("text", ["ja", "den fjerde", "det ved jeg ikke"])
async def test_what_names_none_of_them_is_asked_again(talk: Talk, text: str) -> None:
    await booked(talk, 0, 3)
    await talk.run(AskCancel(), "nlu_fallback", text)
    assert talk.goes_on_with == WHICH_CANCEL
    await talk.run(MoveThatBooking(), "nlu_fallback", text)
    assert talk.goes_on_with == WHICH_MOVE


async def test_a_no_right_after_the_second_booking_is_about_that_one(talk: Talk) -> None:
    first = await talk.book()
    second = await talk.book(3)
    await talk.run(AskCancel(), "chat_deny", "nej")
    assert talk.slots["booking_to_cancel"] == second.id
    await talk.run(CancelBooking())
    assert (stands(talk, first), stands(talk, second)) == (True, False)


async def test_what_was_asked_about_is_cancelled_though_another_is_sooner_by_now(talk: Talk) -> None:
    asked = await talk.book(3)
    await talk.run(AskCancel(), "booking_cancel")
    meanwhile = dict(talk.slots)
    sooner = await talk.book(0)
    talk.slots = meanwhile
    await talk.run(CancelBooking())
    assert (stands(talk, asked), stands(talk, sooner)) == (False, True)


async def test_where_there_are_two_it_is_asked_which_to_move_and_what_was_wished_for_is_kept(talk: Talk) -> None:
    first, second = await a_week_apart(talk)
    there = second.starts_at + timedelta(days=1)
    wished = TimeWish(day=danish_day(there)).as_dict()
    assert await talk.run(MoveBooking(), "booking_reschedule", "flyt min tid", time_wish=wished) == []
    assert (talk.goes_on_with, talk.slots.get("booking_moved")) == (WHICH_MOVE, None)
    (asked,) = await talk.run(AskWhichMove(), "booking_reschedule")
    assert [button["payload"].split("{")[0] for button in asked["buttons"]] == [
        "/booking_reschedule", "/booking_reschedule", "/chat_deny",
    ]  # fmt: skip
    await talk.run(MoveThatBooking(), "booking_inform", "den første", time_wish=on(first))
    assert talk.slots["booking_moved"] == first.id
    # The form reads the same message once more, and must not take the day of the talk for the one wished for.
    await talk.run(ValidateBookingForm(), "booking_inform", "den første", time_wish=on(first))
    await talk.run(AskBookingTime())
    assert days_offered(talk) == {danish_day(there)}
    await talk.run(ValidateBookingForm(), "booking_inform", "hellere den dag", time_wish=on(second))
    await talk.run(AskBookingTime())
    assert days_offered(talk) == {danish_day(second.starts_at)}


async def test_a_way_wished_for_is_kept_too_and_one_not_held_here_is_told_of(
    talk: Talk, municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = await booked(talk, 0, 3)
    await talk.run(MoveBooking(), "booking_practical", "kan det være på telefon i stedet", way="phone")
    await talk.run(MoveThatBooking(), "booking_reschedule", talk=first.id)
    assert (talk.slots["booking_moved"], talk.slots["booking_way"]) == (first.id, "phone")
    fewer = without_way(municipality, Way.PHONE)
    monkeypatch.setattr(context, "municipalities", lambda: {"eksempel": fewer})
    assert responses(await talk.run(MoveThatBooking(), "booking_reschedule", talk=first.id)) == [
        "utter_booking_way_not_here"
    ]
    assert talk.slots["booking_way"] == "office"


async def test_a_button_that_names_a_talk_still_does_so_later(talk: Talk) -> None:
    _, second = await booked(talk, 0, 3)
    await talk.run(MoveBooking(), "booking_reschedule", talk=second.id)
    assert talk.slots["booking_moved"] == second.id


async def test_what_was_just_booked_and_is_moved_to_a_day_takes_that_day(talk: Talk) -> None:
    booking = await talk.book()
    wished = TimeWish(day=danish_day(booking.starts_at + timedelta(days=1))).as_dict()
    await talk.run(MoveBooking(), "booking_reschedule", time_wish=wished)
    await talk.run(ValidateBookingForm(), "booking_reschedule", time_wish=wished)
    assert talk.slots["time_wish"] == wished


async def test_a_talk_that_is_moved_away_leaves_the_other_as_it_is_though_both_meet(talk: Talk, acting: Store) -> None:
    """With two agents the one may be moved to the time of the other."""
    first, second = await booked(talk, 0, 3)
    with acting.write() as work:
        [agent] = work.agents.of("eksempel", danish_day(NOW))
        work.agents.add("eksempel", "Bo", agent.openings)
    await talk.run(MoveThatBooking(), "booking_reschedule", talk=first.id)
    talk.slots |= {"booking_time": second.starts_at.isoformat(), "booking_confirmed": True}
    (moved,) = await talk.run(Book())
    assert moved["custom"] == {"kind": "booking", "booking": first.id, "event": "moved"}
    assert talk.booking(first.id).starts_at == talk.booking(second.id).starts_at
    assert talk.booking(first.id).agent != talk.booking(second.id).agent


async def test_a_second_booking_confirmed_twice_is_booked_once(talk: Talk, acting: Store) -> None:
    with acting.write() as work:
        [agent] = work.agents.of("eksempel", danish_day(NOW))
        work.agents.add("eksempel", "Bo", agent.openings)
    await talk.book()
    await talk.choose(3)
    before = dict(talk.slots)
    (once,) = await talk.run(Book())
    talk.slots = before
    (twice,) = await talk.run(Book())
    assert once["custom"] == twice["custom"]
    with acting.read() as work:
        assert len(work.bookings.of(talk.id)) == 2


async def test_who_asks_for_their_time_sees_all_of_them_with_their_words(talk: Talk) -> None:
    first, second = await booked(talk, 0, 3)
    said = await talk.run(BookingStatus(), "booking_status")
    assert responses(said) == ["utter_booking_shown", "utter_booking_shown_also"]
    assert [message["custom"]["booking"] for message in said] == [first.id, second.id]


async def test_a_helper_books_for_several_and_is_asked_which_one_is_meant(talk: Talk, acting: Store) -> None:
    made = []
    for place in range(MOST_AHEAD + 1):
        talk.slots |= {"requested_slot": None, "role": "helper"}
        await talk.run(ValidateBookingForm(), "booking_request")
        talk.slots["requested_slot"] = "booking_about"
        await talk.run(ValidateBookingForm(), "booking_inform", booking_about="with_helper")
        assert responses(await talk.run(AskBookingTime())) == ["utter_booking_offer_office"]
        made.append(await talk.book_on(place % 2))
    await talk.run(AskCancel(), "booking_cancel")
    assert talk.goes_on_with == WHICH_CANCEL
    assert len({one.id for one in made}) == MOST_AHEAD + 1


async def test_an_erased_or_other_conversation_names_no_talk(talk: Talk, other: Talk) -> None:
    booking = await talk.book()
    other.slots["booking_to_cancel"] = booking.id
    (said,) = await other.run(CancelBooking())
    assert (said["response"], stands(talk, booking)) == ("utter_booking_unknown", True)
    await other.run(MoveBooking(), "booking_reschedule", talk=booking.id)
    assert other.slots.get("booking_moved") is None
