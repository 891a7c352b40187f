"""A message before the talk, asked for in the chat: what is said of it is so, and the card leads to its choice."""

from datetime import UTC, datetime

import pytest

from actions.booking_stopped import BookingStopped
from actions.move_booking import MoveBooking
from actions.practical import Practical
from bot.casework.after_booking import call_off
from bot.casework.bookings import Booking
from bot.casework.reminders import Address, Channel, remind
from bot.settings import load_settings
from tests.support.actions import Talk
from tests.support.on_call import mail_server_at
from tests.support.the_tests import THE_TESTS

ASKS = "kan i minde mig om det"
SMS = "json://127.0.0.1:9/{to}"


async def asked(talk: Talk) -> dict[str, object]:
    (said,) = await talk.run(Practical(), "booking_practical", ASKS)
    return said


@pytest.fixture
def can_send(monkeypatch: pytest.MonkeyPatch, acting: object) -> None:
    monkeypatch.setenv("HJEMAD_SMS_URL", SMS)
    load_settings.cache_clear()


@pytest.mark.usefixtures("can_send")
async def test_who_has_a_talk_is_led_to_where_it_is_chosen(talk: Talk) -> None:
    booking = await talk.book(3)
    said = await asked(talk)
    assert said["response"] == "utter_booking_remind"
    assert said["custom"] == {"kind": "booking", "booking": booking.id, "event": "shown"}


@pytest.mark.usefixtures("can_send")
async def test_who_is_reminded_already_is_told_so(talk: Talk) -> None:
    booking = await talk.book(3)
    with talk.store.write(THE_TESTS) as work:
        remind(work, booking, Address(Channel.SMS, "+4512345678"), datetime.fromisoformat(talk.now))
    assert (await asked(talk))["response"] == "utter_booking_remind_asked"


@pytest.mark.usefixtures("can_send")
async def test_of_a_talk_that_is_soon_nobody_can_be_reminded(talk: Talk) -> None:
    booking = await talk.book()
    talk.now = booking.starts_at.isoformat().replace(f"T{booking.starts_at:%H}", f"T{booking.starts_at.hour - 1:02}")
    assert (await asked(talk))["response"] == "utter_booking_remind_too_late"


async def test_where_nothing_can_be_sent_that_is_said(talk: Talk) -> None:
    await talk.book(3)
    assert (await asked(talk))["response"] == "utter_booking_remind_cannot"


@pytest.fixture
def can_mail_in_its_own_name(monkeypatch: pytest.MonkeyPatch, acting: object) -> None:
    for name, value in mail_server_at(9).items():
        monkeypatch.setenv(f"HJEMAD_{name.upper()}", "" if name == "reminder_from" else str(value))
    load_settings.cache_clear()


@pytest.mark.usefixtures("can_mail_in_its_own_name")
async def test_where_a_mail_would_say_who_it_is_from_none_is_offered_and_none_promised_any_more(talk: Talk) -> None:
    booking = await talk.book(3)
    assert (await asked(talk))["response"] == "utter_booking_remind_cannot"
    with talk.store.write(THE_TESTS) as work:
        remind(work, booking, Address(Channel.MAIL, "ung@eksempel.example"), datetime.fromisoformat(talk.now))
    assert (await asked(talk))["response"] == "utter_booking_remind_cannot"


async def test_who_has_no_talk_is_offered_one(talk: Talk) -> None:
    assert (await asked(talk))["response"] == "utter_booking_unknown"


async def test_of_a_talk_that_was_called_off_that_is_said_first(talk: Talk) -> None:
    booking = await talk.book(3)
    called_off(talk, booking)
    said = await asked(talk)
    assert (said["response"], said["custom"]) == ("utter_booking_called_off", {})


async def test_who_stops_moving_a_talk_keeps_it_and_is_told_when_it_is(talk: Talk) -> None:
    booking = await talk.book(3)
    await talk.run(MoveBooking(), "booking_reschedule")
    (said,) = await talk.run(BookingStopped(), "chat_stop", "nej behold den jeg har")
    assert (said["response"], bool(said["when"])) == ("utter_booking_keeps", True)
    assert talk.booking(booking.id) == booking


async def test_who_stops_booking_or_answering_a_called_off_talk_keeps_none(talk: Talk) -> None:
    (said,) = await talk.run(BookingStopped(), "chat_stop")
    assert said["response"] == "utter_booking_stopped"
    called_off(talk, await talk.book(3))
    await talk.run(MoveBooking(), "booking_reschedule")
    (said,) = await talk.run(BookingStopped(), "chat_stop")
    assert said["response"] == "utter_booking_stopped"


def called_off(talk: Talk, booking: Booking) -> None:
    with talk.store.write(THE_TESTS) as work:
        call_off(work, booking, min(datetime.now(UTC), datetime.fromisoformat(talk.now)))
