"""Where there are several talks it is asked which one is meant, and heard by its place, its time or its way."""

import json
from datetime import datetime, timedelta

import pytest

from actions import context
from actions.ask_booking_time import AskBookingTime
from actions.ask_cancel import AskCancel
from actions.ask_which_cancel import AskWhichCancel
from actions.ask_which_move import AskWhichMove
from actions.book import Book
from actions.booking_status import BookingStatus
from actions.cancel_booking import CancelBooking
from actions.move_booking import MoveBooking
from actions.move_that_booking import MoveThatBooking
from actions.validate_booking_form import ValidateBookingForm
from bot.casework.arranging import cancel
from bot.casework.free_times import Way, danish_day
from bot.casework.several import MOST_AHEAD
from bot.language.time_wish import TimeWish
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.actions import WEDNESDAY, Talk, titles
from tests.support.several_talks import (
    WHICH_CANCEL,
    WHICH_MOVE,
    a_week_apart,
    booked,
    days_offered,
    on,
    responses,
    stands,
)
from tests.support.the_tests import THE_TESTS
from tests.support.two_towns import without_way

NOW = datetime.fromisoformat(WEDNESDAY)


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
    with acting.write(THE_TESTS) as work:
        [agent] = work.agents.of("eksempel", danish_day(NOW))
        work.agents.add("eksempel", "Bo", agent.openings)
    await talk.run(MoveThatBooking(), "booking_reschedule", talk=first.id)
    talk.slots |= {"booking_time": second.starts_at.isoformat(), "booking_confirmed": True}
    (moved,) = await talk.run(Book())
    assert moved["custom"] == {"kind": "booking", "booking": first.id, "event": "moved"}
    assert talk.booking(first.id).starts_at == talk.booking(second.id).starts_at
    assert talk.booking(first.id).agent != talk.booking(second.id).agent


async def test_a_second_booking_confirmed_twice_is_booked_once(talk: Talk, acting: Store) -> None:
    with acting.write(THE_TESTS) as work:
        [agent] = work.agents.of("eksempel", danish_day(NOW))
        work.agents.add("eksempel", "Bo", agent.openings)
    await talk.book()
    await talk.choose(3)
    before = dict(talk.slots)
    (once,) = await talk.run(Book())
    talk.slots = before
    (twice,) = await talk.run(Book())
    assert once["custom"] == twice["custom"]
    with acting.read(THE_TESTS) as work:
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


async def test_where_the_one_asked_about_is_gone_nothing_untrue_is_said_of_the_other(talk: Talk) -> None:
    first, second = await booked(talk, 0, 3)
    await talk.run(AskCancel(), "booking_cancel", talk=first.id)
    with talk.store.write(THE_TESTS) as work:
        cancel(work, first, NOW)
    (said,) = await talk.run(CancelBooking())
    assert said["response"] == "utter_booking_unknown"
    assert stands(talk, second)
