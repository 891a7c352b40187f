"""What a wish for a time does to a booking under way, where it is not one day and one hour."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from actions.booking_slots import as_slot
from bot.language.time_wish import Refused, TimeWish
from tests.support.booking_steps import CONFIRMING, DAYS, OFFERED, THURSDAY_10, YOUNG, Board, does


def test_what_may_mean_several_times_is_never_taken_by_itself() -> None:
    sure = TimeWish(day=DAYS[1], exact=time(10))
    assert does(OFFERED, "booking_inform", wish=sure).changes["booking_time"] == as_slot(THURSDAY_10)
    changes = does(OFFERED, "booking_inform", wish=replace(sure, unclear=True)).changes
    assert (changes["booking_time"], changes["time_wish"]["unclear"]) == (None, True)


def test_what_is_over_leaves_all_times_open() -> None:
    over = TimeWish(exact=time(12), refused=Refused.PAST)
    assert does(OFFERED, "booking_inform", wish=over).changes["time_wish"] == TimeWish(refused=Refused.PAST).as_dict()


def test_a_week_later_counts_from_the_talk_that_is_moved() -> None:
    later = TimeWish(weeks_later=1)
    board = Board(moves=THURSDAY_10 - timedelta(weeks=1))
    assert does(OFFERED, "booking_inform", board, wish=later).changes["booking_time"] == as_slot(THURSDAY_10)
    assert does(OFFERED, "booking_inform", wish=later).changes["time_wish"]["unclear"]


def test_a_week_later_keeps_the_hour_when_the_clocks_change() -> None:
    summer = datetime(2026, 10, 22, 8, tzinfo=UTC)
    wish = does(OFFERED, "booking_inform", Board(moves=summer), wish=TimeWish(weeks_later=1)).changes["time_wish"]
    assert (wish["day"], wish["exact"]) == ("2026-10-29", "10:00:00")


def test_days_ruled_out_stay_so_once_an_hour_is_said() -> None:
    either = TimeWish(day=DAYS[0], last_day=DAYS[2], not_days=(DAYS[1],))
    changes = does(replace(YOUNG, asks="booking_time", wish=either), "booking_inform", wish=TimeWish(earliest=time(10)))
    assert changes.changes["time_wish"]["not_days"] == [DAYS[1].isoformat()]


def test_ruling_out_the_day_chosen_gives_it_up() -> None:
    changes = does(CONFIRMING, "booking_inform", wish=TimeWish(not_days=(DAYS[1],))).changes
    assert (changes["booking_time"], changes["time_wish"]["day"]) == (None, None)


def test_more_times_are_never_on_a_day_ruled_out() -> None:
    either = TimeWish(day=DAYS[0], last_day=DAYS[2], not_days=(DAYS[1],), exact=time(10))
    changes = does(replace(CONFIRMING, wish=either), "booking_inform", page=0).changes
    assert changes["time_wish"] == replace(either, exact=None).as_dict()
