"""What was understood of a wish is told back in words that are read as the same wish."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.day_span import days_from
from bot.language.time_wish import TimeWish
from bot.language.times import DENMARK, find_time_wish
from bot.language.told_wish import told_in_danish, told_in_english

TUESDAY = datetime(2026, 11, 24, 10, 20, tzinfo=DENMARK)
NOVEMBER, DECEMBER = (lambda day: date(2026, 11, day)), (lambda day: date(2026, 12, day))


@pytest.mark.parametrize(
    ("wish", "danish", "english"),
    [
        (TimeWish(day=NOVEMBER(27)), "fredag den 27. november", "Friday 27 November"),
        (
            TimeWish(day=NOVEMBER(24), last_day=NOVEMBER(29), not_days=(NOVEMBER(27),), earliest=time(14)),
            "fra tirsdag den 24. til torsdag den 26., lørdag den 28. eller søndag den 29. november, fra kl. 14.00",
            "from Tuesday 24 to Thursday 26, Saturday 28 or Sunday 29 November, from 14:00",
        ),
        (
            TimeWish(day=NOVEMBER(30), last_day=DECEMBER(2), not_days=(DECEMBER(1),), exact=time(9, 15)),
            "mandag den 30. november eller onsdag den 2. december, kl. 09.15",
            "Monday 30 November or Wednesday 2 December, at 09:15",
        ),
        (
            TimeWish(not_days=(NOVEMBER(27),), earliest=time(9), latest=time(12)),
            "alle dage, men ikke fredag den 27. november, mellem kl. 09.00 og 12.00",
            "any day, but not Friday 27 November, between 09:00 and 12:00",
        ),
        (
            TimeWish(day=DECEMBER(1), last_day=DECEMBER(7), not_days=tuple(map(DECEMBER, (2, 4, 6)))),
            (
                "fra tirsdag den 1. til mandag den 7. december, "
                "men ikke onsdag den 2., fredag den 4. og søndag den 6. december"
            ),
            "from Tuesday 1 to Monday 7 December, but not Wednesday 2, Friday 4 and Sunday 6 December",
        ),
        (TimeWish(latest=time(15)), "senest kl. 15.00", "by 15:00 at the latest"),
        (TimeWish(soonest=True), "så tidligt som muligt", "as soon as possible"),
    ],
)
def test_a_wish_is_told_in_words(wish: TimeWish, danish: str, english: str) -> None:
    assert told_in_danish(wish) == danish
    assert told_in_english(wish) == english


days = st.dates(date(2026, 11, 25), date(2027, 1, 31))
hours = st.times(time(8), time(17)).map(
    lambda moment: moment.replace(second=0, microsecond=0, minute=moment.minute // 5 * 5)
)


@settings(deadline=None)
@given(
    first=st.none() | days,
    length=st.integers(0, 3),
    ruled_out=st.lists(days, max_size=4).map(tuple),
    all_of_them=st.booleans(),
    bounds=st.tuples(st.none() | hours, st.none() | hours),
    soonest=st.booleans(),
)
def test_no_wish_is_told_without_words(first, length, ruled_out, all_of_them, bounds, soonest) -> None:
    """Also where the days that are ruled out come in any order, twice, and leave none of those wished for."""
    last = first and first + timedelta(days=length)
    not_days = (*ruled_out, *days_from(first, last)) if first and all_of_them else ruled_out
    wish = TimeWish(first, bounds[0], bounds[1], soonest=soonest, last_day=last, not_days=not_days)
    assert bool(told_in_danish(wish)) is bool(told_in_english(wish)) is (wish.says() > 0)


@settings(deadline=None)
@given(day=days, exact=hours)
def test_a_day_and_an_hour_told_are_read_as_they_were(day: date, exact: time) -> None:
    wish = TimeWish(day=day, exact=exact)
    assert find_time_wish(told_in_danish(wish), TUESDAY) == wish


@settings(deadline=None)
@given(day=days, later=st.integers(2, 9), earliest=hours)
def test_a_stretch_told_is_read_as_it_was(day: date, later: int, earliest: time) -> None:
    wish = TimeWish(day=day, last_day=date.fromordinal(day.toordinal() + later), earliest=earliest)
    found = find_time_wish(told_in_danish(wish), TUESDAY)
    assert found is not None
    assert replace(found, unclear=False) == wish
