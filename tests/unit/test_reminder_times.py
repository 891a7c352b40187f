"""When somebody is reminded: the day before or two hours before, by day, and never too late."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.casework.bookings import Booking, BookingStatus
from bot.casework.free_times import DANISH_TIME, Way
from bot.casework.reminders import (
    FIRST_HOUR,
    LAST_HOUR,
    SOONEST,
    TooLateToRemindError,
    by_day,
    next_try,
    remind_at,
)
from bot.casework.trying_again import LONGEST_WAIT
from bot.conversation.reminding import text_of
from bot.store.reminders import Reminder

YEAR = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds it


def danish(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=DANISH_TIME)


def talk(starts_at: datetime, status: BookingStatus = BookingStatus.ACTIVE) -> Booking:
    return Booking("1", "eksempel", 1, starts_at, starts_at + timedelta(hours=1), Way.OFFICE, "", "", status=status)


def reminder(status: BookingStatus) -> Reminder:
    return Reminder("1", "eksempel", danish("2026-11-05 14:30"), status, b"", 0)


@pytest.mark.parametrize(
    ("starts_at", "now", "due"),
    [
        ("2026-11-05 14:30", "2026-11-01 09:00", "2026-11-04 14:30"),
        ("2026-11-05 07:30", "2026-11-01 09:00", "2026-11-04 08:00"),
        ("2026-11-05 21:00", "2026-11-01 09:00", "2026-11-04 20:00"),
        ("2026-11-05 14:30", "2026-11-04 14:10", "2026-11-05 12:30"),
        ("2026-11-05 09:00", "2026-11-04 16:00", "2026-11-05 08:00"),
        # The night between is an hour longer, and one shorter.
        ("2026-10-25 10:00", "2026-10-20 09:00", "2026-10-24 10:00"),
        ("2026-03-29 10:00", "2026-03-20 09:00", "2026-03-28 10:00"),
    ],
)
def test_the_day_before_at_the_same_hour_or_two_hours_before(starts_at: str, now: str, due: str) -> None:
    assert remind_at(talk(danish(starts_at)), danish(now)) == danish(due)


@pytest.mark.parametrize(
    ("starts_at", "now"), [("2026-11-05 14:30", "2026-11-05 12:15"), ("2026-11-05 08:00", "2026-11-04 21:00")]
)
def test_a_talk_that_is_soon_is_not_reminded_of(starts_at: str, now: str) -> None:
    with pytest.raises(TooLateToRemindError):
        remind_at(talk(danish(starts_at)), danish(now))


def test_a_talk_that_is_not_held_is_not_reminded_of() -> None:
    with pytest.raises(TooLateToRemindError):
        remind_at(talk(danish("2026-11-05 14:30"), BookingStatus.CANCELLED), danish("2026-11-01 09:00"))


@given(YEAR, st.timedeltas(timedelta(), timedelta(days=60)))
def test_nobody_is_reminded_at_night_or_after_the_talk(now: datetime, ahead: timedelta) -> None:
    starts_at = now + ahead
    try:
        due = remind_at(talk(starts_at), now)
    except TooLateToRemindError:
        assert ahead < timedelta(hours=36)
        return
    assert now + SOONEST <= due < starts_at
    assert FIRST_HOUR <= due.astimezone(DANISH_TIME).time() <= LAST_HOUR


def test_the_waits_grow_until_the_talk_begins() -> None:
    starts_at = danish("2026-11-05 18:30")
    now, waits = starts_at - timedelta(hours=8), []
    while until := next_try(len(waits) + 1, BookingStatus.ACTIVE, starts_at, now):
        waits.append(until - now)
        now = until
    assert waits[:3] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2)]
    assert max(waits) == LONGEST_WAIT
    assert starts_at - LONGEST_WAIT <= now < starts_at


@pytest.mark.parametrize(
    ("now", "text"),
    [
        ("2026-11-04 23:50", "Aftale i morgen kl. 14.30."),
        ("2026-11-05 12:30", "Aftale i dag kl. 14.30."),
        ("2026-11-02 12:30", "Aftale torsdag den 5. november kl. 14.30."),
    ],
)
def test_the_words_are_neutral_and_right_on_the_day_they_are_read(now: str, text: str) -> None:
    assert text_of(reminder(BookingStatus.ACTIVE), danish(now)) == text


def test_a_talk_that_was_called_off_is_told_as_that() -> None:
    text = text_of(reminder(BookingStatus.CALLED_OFF), danish("2026-11-04 09:00"))
    assert text.startswith("Aftalen i morgen kl. 14.30 er aflyst.")
    assert "bolig" not in text.casefold()


ACTIVE, CALLED_OFF = BookingStatus.ACTIVE, BookingStatus.CALLED_OFF


@pytest.mark.parametrize(
    ("status", "starts_at", "moment", "due"),
    [
        (ACTIVE, "2026-11-05 14:30", "2026-11-04 12:00", "2026-11-04 12:00"),
        (ACTIVE, "2026-11-05 14:30", "2026-11-04 20:10", "2026-11-05 08:00"),
        (ACTIVE, "2026-11-05 14:30", "2026-11-05 02:00", "2026-11-05 08:00"),
        (ACTIVE, "2026-11-05 08:00", "2026-11-05 02:00", None),
        (CALLED_OFF, "2026-11-05 14:30", "2026-11-04 22:00", "2026-11-05 08:00"),
        # They would set out in vain.
        (CALLED_OFF, "2026-11-05 08:00", "2026-11-04 22:00", "2026-11-04 22:00"),
        (CALLED_OFF, "2026-11-05 08:00", "2026-11-05 08:00", None),
    ],
)
def test_a_phone_rings_by_day(status: BookingStatus, starts_at: str, moment: str, due: str | None) -> None:
    assert by_day(status, danish(starts_at), danish(moment)) == (danish(due) if due else None)


def test_what_fails_in_the_evening_is_tried_in_the_morning() -> None:
    again = next_try(1, ACTIVE, danish("2026-11-05 14:30"), danish("2026-11-04 19:59:50"))
    assert again == danish("2026-11-05 08:00")
