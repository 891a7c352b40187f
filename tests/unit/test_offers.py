"""Which times are shown for a wish."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from actions.offers import SHOWN_AT_ONCE, fits, offer, page_near
from bot.language.time_wish import TimeWish

WEDNESDAY = date(2026, 12, 2)
# 9.00 to 15.30 Danish winter time on three days.
FREE = [
    datetime.combine(WEDNESDAY + timedelta(days=day), time(8), UTC) + timedelta(minutes=30 * half)
    for day in range(3)
    for half in range(14)
]
WISHES = some.builds(
    TimeWish,
    day=some.none() | some.dates(WEDNESDAY - timedelta(days=3), WEDNESDAY + timedelta(days=40)),
    exact=some.none() | some.times(),
    earliest=some.none() | some.times(),
    latest=some.none() | some.times(),
)


def test_without_a_wish_the_next_times_are_shown() -> None:
    shown = offer(FREE, None, 0)
    assert (shown.times, shown.fits, shown.more) == (tuple(FREE[:SHOWN_AT_ONCE]), True, True)


def test_a_day_ruled_out_has_no_time_that_fits() -> None:
    thursday = WEDNESDAY + timedelta(days=1)
    wish = TimeWish(day=WEDNESDAY, last_day=thursday, not_days=(thursday,))
    assert {moment.date() for moment in FREE if fits(moment, wish)} == {WEDNESDAY}
    assert {moment.date() for moment in FREE if fits(moment, TimeWish(not_days=(thursday,)))} == {
        WEDNESDAY,
        WEDNESDAY + timedelta(days=2),
    }


def test_the_second_page_goes_on_where_the_first_ended() -> None:
    assert offer(FREE, None, 1).times == tuple(FREE[SHOWN_AT_ONCE : 2 * SHOWN_AT_ONCE])


def test_after_the_last_page_comes_the_first() -> None:
    shown = offer(FREE[:6], None, 2)
    assert (shown.page, shown.times) == (0, tuple(FREE[:4]))


def test_thursday_afternoon_is_only_thursday_afternoon() -> None:
    wish = TimeWish(day=date(2026, 12, 3), earliest=time(12))
    shown = offer(FREE, wish, 0)
    assert shown.fits
    assert all(fits(moment, wish) for moment in shown.times)


def test_a_night_brings_the_nearest_times_instead() -> None:
    shown = offer(FREE, TimeWish(day=date(2026, 12, 3), exact=time(3)), 0)
    assert not shown.fits
    assert shown.times[0].date() == date(2026, 12, 3)


def test_a_sunday_brings_the_nearest_day() -> None:
    shown = offer(FREE, TimeWish(day=date(2026, 12, 6)), 0)
    assert not shown.fits
    assert {moment.date() for moment in shown.times} == {date(2026, 12, 4)}


def test_the_clocks_of_danish_summer_are_meant() -> None:
    june = datetime(2027, 6, 1, 8, 0, tzinfo=UTC)
    assert fits(june, TimeWish(exact=time(10)))


def test_without_free_times_there_is_nothing_to_show() -> None:
    assert offer([], TimeWish(day=WEDNESDAY), 0).times == ()


@pytest.mark.parametrize(("place", "page"), [(0, 0), (3, 0), (4, 1), (9, 2)])
def test_a_moment_lies_on_its_page(place: int, page: int) -> None:
    assert page_near(FREE, None, FREE[place]) == page
    assert FREE[place] in offer(FREE, None, page).times


def test_a_moment_after_all_times_lies_on_the_last_page() -> None:
    assert page_near(FREE[:6], None, FREE[20]) == 1
    assert page_near([], None, FREE[20]) == 0


@given(WISHES, some.integers(0, 20))
def test_whatever_is_wished_something_free_is_shown_soonest_first(wish: TimeWish, page: int) -> None:
    shown = offer(FREE, wish, page)
    assert 0 < len(shown.times) <= SHOWN_AT_ONCE
    assert set(shown.times) <= set(FREE)
    assert list(shown.times) == sorted(shown.times)
    assert shown.fits == any(fits(moment, wish) for moment in FREE)
