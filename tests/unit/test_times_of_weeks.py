"""Days told by what they are part of: what is left of a week, a part of a month, the days before something happens."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.language.time_wish import TimeWish
from bot.language.times import find_time_wish

TUESDAY = datetime(2026, 11, 24, 10, 20, tzinfo=ZoneInfo("Europe/Copenhagen"))


def wish(text: str) -> TimeWish:
    found = find_time_wish(text, TUESDAY)
    assert found is not None, text
    return found


def november(*days: int) -> tuple[date, ...]:
    return tuple(date(2026, 11, day) for day in days)


def december(*days: int) -> tuple[date, ...]:
    return tuple(date(2026, 12, day) for day in days)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("ugen efter næste", *december(7, 13)),
        ("the week after next", *december(7, 13)),
        ("de næste tre dage", *november(25, 27)),
        ("om et par uger", *december(7, 13)),
        ("midt i uge 50", *december(8, 10)),
        ("først i december", *december(1, 5)),
        ("midt i december", *december(12, 18)),
        ("sidst i december", *december(25, 31)),
        ("jeg kan først i december", *december(1, 31)),
        ("de første to dage i december", *december(1, 2)),
        ("min ex smider mig ud den 30., så jeg vil gerne tale med jer inden da", *november(24, 29)),
        (
            "min søster kommer den 5. december. jeg vil gerne tale med jer inden hun kommer",
            *(*november(24), *december(4)),
        ),
    ],
)
def test_a_stretch_of_days(text: str, first: date, last: date) -> None:
    assert (wish(text).day, wish(text).last_day, wish(text).unclear) == (first, last, False)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("den sidste i måneden", *november(30)),
        ("sidste hverdag i januar", date(2027, 1, 29)),
        ("can we take it wednesday next week", *december(2)),
    ],
)
def test_one_day(text: str, day: date) -> None:
    assert (wish(text).day, wish(text).last_day) == (day, None)


@pytest.mark.parametrize(
    ("text", "first", "last", "not_days"),
    [
        ("jeg kan ikke i dag og ikke i morgen, men resten af ugen", *november(26, 29), ()),
        ("torsdag går ikke, men resten af ugen er fin", *november(24, 29), november(26)),
        (
            "jeg kan ikke tirsdag og onsdag, men resten af næste uge er fin",
            *(*november(30), *december(6)),
            december(1, 2),
        ),
        ("alle andre dage i næste uge end fredag", *(*november(30), *december(6)), december(4)),
        ("hele december undtagen den 8., 9. og 10.", *december(1, 31), december(8, 9, 10)),
    ],
)
def test_what_is_left_beside_days_that_are_not_wished_for(
    text: str, first: date, last: date, not_days: tuple[date, ...]
) -> None:
    assert (wish(text).day, wish(text).last_day, wish(text).not_days) == (first, last, not_days)


@pytest.mark.parametrize("text", ["torsdag. resten af ugen er jeg i praktik", "torsdag, hele ugen har jeg vagt"])
def test_what_is_left_of_the_week_is_no_wish_where_one_is_busy(text: str) -> None:
    assert (wish(text).day, wish(text).last_day) == (*november(26), None)


def test_all_but_one_day_rules_that_one_out() -> None:
    assert wish("anything but friday").not_days == november(27)


def test_an_hour_with_a_nought_before_it_is_in_the_morning() -> None:
    assert wish("torsdag kl 08").exact == time(8)
    assert wish("torsdag kl 05").exact == time(5)


def test_the_hours_of_a_reason_are_no_wish() -> None:
    found = wish("findes der en tid i weekenden? i hverdagene har jeg praktik fra 8 til 16")
    assert (found.day, found.names_hours()) == (*november(28), False)


def test_where_it_hangs_on_somebody_else_it_is_asked_about() -> None:
    assert wish("hvis min chef siger ja, kan jeg torsdag").unclear
