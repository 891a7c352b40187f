"""Hours as a caseworker writes them are read, or refused by name."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.casework.bookings import Booking
from bot.casework.free_times import DANISH_TIME, Agent, BookingRules, Opening, Way
from bot.casework.hours import HoursEndFirstError, HoursOverlapError, checked_hours, outside_hours
from bot.web.desk.hours_text import UnreadableHoursError, read_hours, write_hours

MONDAY = date(2026, 11, 2)
RULES = BookingRules({Way.OFFICE: timedelta(hours=1)}, timedelta(), timedelta(days=60))


def opening(start: str, end: str, weekday: int = 0) -> Opening:
    return Opening(weekday, time.fromisoformat(start), time.fromisoformat(end))


def talk(day: date, start: str, end: str) -> Booking:
    starts_at, ends_at = (datetime.combine(day, time.fromisoformat(at), DANISH_TIME) for at in (start, end))
    return Booking("1", "eksempel", 1, starts_at, ends_at, Way.OFFICE, "", "")


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("", []),
        ("10.00-12.00", [("10:00", "12:00")]),
        ("10-12, 13.30-15", [("10:00", "12:00"), ("13:30", "15:00")]),
        ("kl. 9:15 – 11 og 12 til 14", [("09:15", "11:00"), ("12:00", "14:00")]),
        (" 8-9 ;10-11 ,", [("08:00", "09:00"), ("10:00", "11:00")]),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, hours: list[tuple[str, str]]) -> None:
    assert read_hours(text, 0) == [opening(*each) for each in hours]


@pytest.mark.parametrize("text", ["hele dagen", "10", "10-", "25-26", "10.75-11", "10-12-14", "٣-٤x", "9.00-10.00 x"])
def test_what_is_no_hours_is_refused(text: str) -> None:
    with pytest.raises(UnreadableHoursError):
        read_hours(text, 0)


MINUTES = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@given(st.sets(st.builds(Opening, st.just(3), MINUTES, MINUTES), max_size=4))
def test_what_is_written_is_read_the_same(hours: set[Opening]) -> None:
    assert set(read_hours(write_hours(hours), 3)) == hours


@given(st.text(max_size=40) | st.text("0123456789.:-–, klogti", max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(UnreadableHoursError):
        read_hours(text, 0)


def test_hours_that_cannot_be_are_refused_by_name() -> None:
    with pytest.raises(HoursEndFirstError):
        checked_hours([opening("12:00", "10:00")])
    with pytest.raises(HoursOverlapError) as refused:
        checked_hours([opening("11:00", "13:00", 2), opening("10:00", "12:00", 2), opening("10:00", "12:00", 1)])
    assert refused.value.hours.weekday == 2
    in_order = [opening("10:00", "12:00"), opening("12:00", "13:00"), opening("10:00", "12:00", 4)]
    assert checked_hours(reversed(in_order)) == tuple(in_order)


def test_talks_outside_the_hours_are_found() -> None:
    agent = Agent(1, "eksempel", "", (opening("10:00", "12:00"),), {MONDAY + timedelta(days=7): ()})
    inside, late, away = (
        talk(MONDAY, "11:00", "12:00"),
        talk(MONDAY, "11:30", "12:30"),
        talk(MONDAY + timedelta(days=7), "11:00", "12:00"),
    )
    assert outside_hours(agent, RULES, [inside, late, away]) == [late, away]
    closed = BookingRules(RULES.lengths, RULES.notice, RULES.horizon, frozenset({MONDAY}))
    assert outside_hours(agent, closed, [inside]) == [inside]
