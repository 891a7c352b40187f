"""Which times a boligagent is offered at."""

from datetime import UTC, date, datetime, time, timedelta

from bot.casework.free_times import Agent, BookingRules, Opening, Span, Way, free_spans

HALF_HOUR = timedelta(minutes=30)
MONDAY_MORNING = (Opening(0, time(9), time(11)),)
RULES = BookingRules({Way.OFFICE: HALF_HOUR}, notice=timedelta(hours=2), horizon=timedelta(days=6))
SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


def starts(now: datetime = SUNDAY, *, taken: tuple[Span, ...] = (), rules: BookingRules = RULES) -> list[datetime]:
    agent = Agent(1, "eksempel", "A", MONDAY_MORNING)
    return [span.starts_at for span in free_spans([agent], taken, Way.OFFICE, rules, now)]


def test_opening_hours_are_cut_into_talks() -> None:
    first = datetime(2026, 11, 23, 8, tzinfo=UTC)  # nine o'clock in Denmark in winter
    assert starts() == [first + HALF_HOUR * number for number in range(4)]


def test_a_taken_time_is_not_offered() -> None:
    taken = Span(1, datetime(2026, 11, 23, 8, 15, tzinfo=UTC), datetime(2026, 11, 23, 8, 45, tzinfo=UTC))
    assert starts(taken=(taken,))[0] == datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_another_agents_talk_takes_nothing_away() -> None:
    other = Span(2, datetime(2026, 11, 23, 8, tzinfo=UTC), datetime(2026, 11, 23, 10, tzinfo=UTC))
    assert len(starts(taken=(other,))) == 4


def test_nothing_is_offered_sooner_than_the_notice() -> None:
    at_half_past_seven = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
    assert starts(at_half_past_seven)[0] == datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def test_nothing_is_offered_beyond_the_horizon() -> None:
    assert starts(SUNDAY - timedelta(days=6)) == []


def test_nothing_is_offered_on_a_closed_day() -> None:
    closed = BookingRules(RULES.lengths, RULES.notice, RULES.horizon, frozenset({date(2026, 11, 23)}))
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
