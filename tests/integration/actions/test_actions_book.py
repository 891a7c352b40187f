"""The actions that book: each says what is true and leaves the store as it says."""

from datetime import date, time

import pytest

from actions import context
from actions.ask_booking_confirmed import AskBookingConfirmed
from actions.ask_booking_contact import AskBookingContact
from actions.ask_booking_time import AskBookingTime
from actions.ask_cancel import AskCancel
from actions.book import Book
from actions.booking_status import BookingStatus
from actions.validate_booking_form import ValidateBookingForm
from bot.casework.bookings import Contact
from bot.language.time_wish import Refused, TimeWish
from bot.language.told_wish import told_in_danish, told_in_english
from bot.settings import load_settings
from bot.store.store import Store
from tests.support.actions import SUNDAY, Talk, titles
from tests.support.the_tests import THE_TESTS

SECRETS = ("Sofie", "12345678")


async def test_the_first_question_offers_the_next_times_more_of_them_and_other_ways(talk: Talk) -> None:
    await talk.run(ValidateBookingForm(), "booking_request")
    (message,) = await talk.run(AskBookingTime())
    assert message["response"] == "utter_booking_offer_office"
    assert titles(message) == [
        "ons. 2. dec. kl. 09.30", "ons. 2. dec. kl. 10.00", "ons. 2. dec. kl. 10.30", "ons. 2. dec. kl. 11.00",
        "Vis flere tider", "På telefon", "På chat", "Et andet sted", "Nej, glem det",
    ]  # fmt: skip


async def test_a_first_no_to_the_times_asks_for_a_day_and_keeps_what_was_shown(talk: Talk) -> None:
    await talk.run(ValidateBookingForm(), "booking_request")
    await talk.run(AskBookingTime())
    shown = talk.slots["booking_offered"]
    talk.slots["requested_slot"] = "booking_time"
    await talk.run(ValidateBookingForm(), "chat_deny")
    (message,) = await talk.run(AskBookingTime())
    assert (message["response"], titles(message)) == (
        "utter_booking_write_a_day", ["Vis flere tider", "Nej, glem det"],
    )  # fmt: skip
    assert talk.slots["booking_offered"] == shown
    assert await talk.run(ValidateBookingForm(), "chat_deny") == []
    assert talk.events == []


async def test_who_gives_no_number_is_offered_the_office_and_the_chat(talk: Talk) -> None:
    time = await talk.choose(way="phone")
    talk.slots["requested_slot"] = "booking_contact"
    await talk.run(ValidateBookingForm(), "chat_deny")
    (message,) = await talk.run(AskBookingContact())
    assert (message["response"], titles(message)) == (
        "utter_booking_without_phone",
        ["Mødes i stedet", "På chat", "Et andet sted"],
    )
    await talk.run(ValidateBookingForm(), "booking_inform", booking_way="chat")
    assert talk.slots["booking_time"] is None
    (offer,) = await talk.run(AskBookingTime())
    assert offer["response"] == "utter_booking_offer_chat"
    assert time in talk.slots["booking_offered"]


async def test_a_confirmed_time_is_booked_with_the_contact_of_the_conversation(talk: Talk, acting: Store) -> None:
    with acting.write(THE_TESTS) as work:
        work.conversations.keep_contact(work.conversations.get("one"), Contact(*SECRETS))
    time = await talk.choose()
    (message,) = await talk.run(Book())
    booking = talk.booking(message["custom"]["booking"])
    assert (booking.starts_at.isoformat(), booking.conversation, booking.way.value) == (time, "one", "office")
    assert booking.contact == Contact(*SECRETS)
    assert message["custom"]["event"] == "made"


async def test_neither_name_number_nor_code_ever_reaches_the_dialogue(talk: Talk, acting: Store) -> None:
    with acting.write(THE_TESTS) as work:
        work.conversations.keep_contact(work.conversations.get("one"), Contact(*SECRETS))
    booking = await talk.book(way="phone")
    await talk.run(BookingStatus(), "booking_status")
    await talk.run(AskCancel(), "booking_cancel")
    seen = str((talk.slots, talk.said, talk.events))
    assert not any(secret in seen for secret in (*SECRETS, booking.code))


async def test_a_time_that_has_passed_since_is_refused_kindly(talk: Talk) -> None:
    await talk.choose()
    talk.now = SUNDAY
    (told,) = await talk.run(Book())
    assert told["response"] == "utter_booking_gone"
    (offer,) = await talk.run(AskBookingTime())
    assert offer["response"] == "utter_booking_offer_nearest"


@pytest.mark.parametrize(
    ("wish", "response"),
    [
        (TimeWish(refused=Refused.PAST), "utter_booking_offer_past"),
        (TimeWish(refused=Refused.NIGHT), "utter_booking_offer_night"),
        (TimeWish(exact=time(10), unclear=True), "utter_booking_offer_unclear"),
        (TimeWish(day=date(2026, 12, 24), exact=time(10)), "utter_booking_offer_closed"),
        (TimeWish(day=date(2026, 12, 25), last_day=date(2026, 12, 26)), "utter_booking_offer_closed"),
        (TimeWish(day=date(2026, 12, 26), last_day=date(2026, 12, 27)), "utter_booking_offer_nearest"),
        (TimeWish(day=date(2027, 3, 1)), "utter_booking_offer_too_far"),
    ],
)
async def test_what_cannot_be_or_is_not_sure_is_said_with_times_that_are_possible(
    talk: Talk, wish: TimeWish, response: str
) -> None:
    await talk.run(ValidateBookingForm(), "booking_request", time_wish=wish.as_dict())
    (offer,) = await talk.run(AskBookingTime())
    assert offer["response"] == response
    assert talk.slots["booking_time"] is None
    assert talk.slots["booking_offered"]


@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2026, 12, 26)])
async def test_the_wish_is_told_back_as_it_was_understood_whether_or_not_it_can_be_met(talk: Talk, day: date) -> None:
    wish = TimeWish(day=day, earliest=time(9))
    await talk.run(ValidateBookingForm(), "booking_inform", time_wish=wish.as_dict())
    (offer,) = await talk.run(AskBookingTime())
    assert offer["wish"] == told_in_danish(wish)
    assert offer["wish_in_english"] == told_in_english(wish)


async def test_who_rules_out_the_only_day_they_wished_for_is_offered_others(talk: Talk) -> None:
    thursday = TimeWish(day=date(2026, 12, 3))
    await talk.run(ValidateBookingForm(), "booking_inform", time_wish=thursday.as_dict())
    await talk.run(AskBookingTime())
    await talk.run(ValidateBookingForm(), "booking_inform", time_wish=TimeWish(not_days=(thursday.day,)).as_dict())
    (offer,) = await talk.run(AskBookingTime())
    assert offer["wish"] == "alle dage, men ikke torsdag den 3. december"
    assert talk.slots["booking_offered"]
    assert not any(time.startswith("2026-12-03") for time in talk.slots["booking_offered"])


async def test_a_confirmation_handled_twice_books_once(talk: Talk, acting: Store) -> None:
    await talk.choose()
    before = dict(talk.slots)
    (first,) = await talk.run(Book())
    talk.slots = before
    (second,) = await talk.run(Book())
    assert first["custom"] == second["custom"]


async def test_a_number_is_looked_for_in_the_store_and_nowhere_else(talk: Talk, acting: Store) -> None:
    await talk.choose(way="phone")
    talk.slots["requested_slot"] = "booking_contact"
    (question,) = await talk.run(AskBookingContact())
    assert [one["name"] for one in question["custom"]["fields"]] == ["phone", "first_name"]
    (complaint,) = await talk.run(ValidateBookingForm(), "booking_inform", contact_given=True)
    assert complaint["response"] == "utter_booking_phone_missing"
    with acting.write(THE_TESTS) as work:
        work.conversations.keep_contact(work.conversations.get("one"), Contact(phone="12345678"))
    assert await talk.run(ValidateBookingForm(), "booking_inform", contact_given=True) == []
    assert talk.slots["booking_contact"] is True


async def test_the_last_question_says_time_and_place_in_words(talk: Talk) -> None:
    await talk.choose()
    (message,) = await talk.run(AskBookingConfirmed())
    assert message["when"].startswith("Onsdag den 2. december kl. ")
    assert message["place"] == "Ungehuset, Eksempelgade 1"
    assert titles(message) == ["Ja, book tiden", "En anden tid", "Nej, glem det"]


async def test_a_store_out_of_reach_keeps_the_booking_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJEMAD_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    monkeypatch.setenv("HJEMAD_SECRET_KEY", "a key for tests")
    load_settings.cache_clear()
    context.store.cache_clear()
    slots = {"booking_time": "2026-12-02T10:00:00+00:00", "requested_slot": "booking_confirmed"}
    talk = Talk(context.store(), "one", slots=slots)
    (message,) = await talk.run(Book())
    assert message["response"] == "utter_store_unreachable"
    assert talk.slots == slots | {"booking_confirmed": None}
    (message,) = await talk.run(AskBookingTime())
    assert message["response"] == "utter_store_unreachable"
    context.store.cache_clear()
    load_settings.cache_clear()
