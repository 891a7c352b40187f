"""Which times a boligagent is offered at."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.casework.free_times import Agent, BookingRules, Opening, Span, Taken, Way, free_spans

HALF_HOUR = timedelta(minutes=30)
MONDAY_MORNING = (Opening(0, time(9), time(11)),)
RULES = BookingRules({Way.OFFICE: HALF_HOUR}, notice=timedelta(hours=2), horizon=timedelta(days=6))
SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


ANNA = Agent(1, "eksempel", "Anna", MONDAY_MORNING)
MONDAY = date(2026, 11, 23)
# In Denmark in winter.
NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)


def starts(
    now: datetime = SUNDAY, *, taken: tuple[Taken, ...] = (), rules: BookingRules = RULES, agent: Agent = ANNA
) -> list[datetime]:
    return [span.starts_at for span in free_spans([agent], taken, Way.OFFICE, rules, now)]


def talk(starts_at: datetime, minutes: int = 30, *, agent: int = 1, way: Way = Way.OFFICE) -> Taken:
    return Taken(Span(agent, starts_at, starts_at + timedelta(minutes=minutes)), way)


def test_opening_hours_are_cut_into_talks() -> None:
    assert starts() == [NINE + HALF_HOUR * number for number in range(4)]


def test_a_taken_time_is_not_offered() -> None:
    assert starts(taken=(talk(NINE + timedelta(minutes=15)),))[0] == NINE + timedelta(hours=1)


def test_another_agents_talk_takes_nothing_away() -> None:
    assert len(starts(taken=(talk(NINE, 120, agent=2),))) == 4


def test_nothing_is_offered_sooner_than_the_notice() -> None:
    at_half_past_seven = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
    assert starts(at_half_past_seven)[0] == datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def test_nothing_is_offered_beyond_the_horizon() -> None:
    assert starts(SUNDAY - timedelta(days=6)) == []


def test_nothing_is_offered_on_a_closed_day() -> None:
    closed = BookingRules(RULES.lengths, RULES.notice, RULES.horizon, frozenset({MONDAY}))
    assert starts(rules=closed) == []


def test_nine_oclock_stays_nine_oclock_when_the_clocks_change() -> None:
    week = BookingRules(RULES.lengths, RULES.notice, timedelta(days=14))
    before_summer_time = datetime(2026, 3, 22, 12, tzinfo=UTC)
    offered = starts(before_summer_time, rules=week)
    assert [offered[0].hour, offered[4].hour] == [8, 7]


def test_a_stretch_across_the_lost_hour_has_no_talk_in_it() -> None:
    night = Agent(1, "eksempel", "A", (Opening(6, time(1), time(4)),))
    spans = free_spans([night], (), Way.OFFICE, RULES, datetime(2026, 3, 28, 12, tzinfo=UTC))
    assert len(spans) == 4  # from one to four o'clock there are only two hours that Sunday


@pytest.mark.parametrize(
    ("day", "start", "end", "in_utc"),
    [
        (date(2026, 3, 29), time(2), time(4), ("01:00", "02:00")),
        (date(2026, 3, 29), time(2, 30), time(4), ("01:00", "02:00")),
        (date(2026, 3, 29), time(1, 30), time(2, 30), ("00:30", "01:00")),
        (date(2026, 3, 29), time(2), time(2, 55), ("01:00", "01:00")),
        (date(2026, 10, 25), time(1, 30), time(2, 30), ("23:30", "00:30")),
        (date(2026, 10, 25), time(2, 30), time(4), ("00:30", "03:00")),
        (date(2026, 10, 25), time(2), time(2, 55), ("00:00", "00:55")),
    ],
)
def test_the_lost_hour_is_the_moment_it_is_lost_and_the_one_told_twice_the_first(
    day: date, start: time, end: time, in_utc: tuple[str, str]
) -> None:
    assert tuple(f"{moment:%H:%M}" for moment in Opening(6, start, end).on(day)) == in_utc


def test_a_day_of_its_own_stands_instead_of_the_weeks() -> None:
    short = replace(ANNA, days={MONDAY: (Opening(0, time(10), time(10, 30)),)})
    assert starts(agent=short) == [NINE + timedelta(hours=1)]
    assert starts(agent=replace(ANNA, days={MONDAY: ()})) == []
    # A Wednesday on which she never is.
    extra = replace(ANNA, days={MONDAY + timedelta(days=2): MONDAY_MORNING})
    assert len(starts(agent=extra)) == 8


def test_a_closed_day_is_closed_for_days_of_their_own_too() -> None:
    closed = replace(RULES, closed_days=frozenset({MONDAY}))
    assert starts(rules=closed, agent=replace(ANNA, days={MONDAY: MONDAY_MORNING})) == []


def test_between_two_talks_is_the_longer_of_their_pauses() -> None:
    pauses = {Way.OFFICE: timedelta(minutes=5), Way.PHONE: timedelta(minutes=25)}
    rules = replace(RULES, pauses=pauses)
    assert starts(rules=rules) == [NINE + timedelta(minutes=minutes) for minutes in (0, 35, 70)]
    by_phone = talk(NINE - timedelta(minutes=30), way=Way.PHONE)
    assert starts(rules=rules, taken=(by_phone,))[0] == NINE + timedelta(minutes=35)
    short = talk(NINE - timedelta(minutes=30), way=Way.CHAT)
    assert starts(rules=rules, taken=(short,))[0] == NINE + timedelta(minutes=35)


def test_a_full_day_is_offered_no_more() -> None:
    two = (talk(NINE), talk(NINE + timedelta(hours=1)))
    assert starts(taken=two, agent=replace(ANNA, talks_a_day=2)) == []
    assert len(starts(taken=two, agent=replace(ANNA, talks_a_day=3))) == 2


def test_a_long_pause_outlasts_a_short_talk_within_it() -> None:
    rules = replace(RULES, pauses={Way.PHONE: timedelta(hours=1)})
    by_phone = talk(NINE - timedelta(minutes=45), way=Way.PHONE)
    within = talk(NINE, 5, way=Way.CHAT)
    assert starts(rules=rules, taken=(by_phone, within))[0] == NINE + timedelta(hours=1)


def test_a_way_that_the_town_has_given_up_has_no_times() -> None:
    assert free_spans([ANNA], (), Way.OUT, RULES, SUNDAY) == []
