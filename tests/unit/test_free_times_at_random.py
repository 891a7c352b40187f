"""The free times against a reference that tries every minute: hours, exceptions, pauses, limits, both clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.casework.arranging import Seeker, free_times
from bot.casework.bookings import Booking
from bot.casework.free_times import DANISH_TIME, Agent, BookingRules, Opening, Span, Taken, Way, free_spans, has_room
from bot.casework.hours import outside_hours
from tests.support.slow_times import STEP, has_time, slow_spans

# The hours around the change of the clocks too, and the one that is lost or told twice.
CLOCK = st.sampled_from(
    [
        *(time(0), time(1, 30), time(2), time(2, 30), time(2, 55), time(3), time(4, 15)),
        *(time(8), time(9, 5), time(11, 55), time(13), time(17)),
    ]
)
MINUTES = st.integers(0, 9).map(lambda steps: steps * STEP)
Town = tuple[list[Agent], list[Taken], Way, BookingRules, datetime]
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@st.composite
def stretches(draw: st.DrawFn, weekday: int) -> tuple[Opening, ...]:
    """Up to two of a day that do not overlap."""
    times = sorted(draw(st.lists(CLOCK, min_size=2, max_size=4, unique=True)))
    return tuple(Opening(weekday, *pair) for pair in zip(times[::2], times[1::2], strict=False))


@st.composite
def agents(draw: st.DrawFn, number: int, first: date, days: int) -> Agent:
    weekly = [hour for weekday in draw(st.sets(st.integers(0, 6))) for hour in draw(stretches(weekday))]
    exceptions = {}
    for ahead in draw(st.sets(st.integers(0, days + 2), max_size=days + 2)):
        day = first + timedelta(days=ahead)
        exceptions[day] = draw(st.one_of(st.just(()), stretches(day.weekday())))
    most = draw(st.one_of(st.none(), st.integers(1, 3)))
    return Agent(number, "eksempel", "A", tuple(weekly), exceptions, most)


@st.composite
def towns(draw: st.DrawFn, most_days: int, least_days: int = 1) -> Town:
    """All that `free_spans` is given, of a town that offers talks so many days ahead."""
    days = draw(st.integers(least_days, most_days))
    near_a_change = st.sampled_from([SPRING, AUTUMN]).map(lambda day: day - timedelta(days=1))
    first = draw(st.one_of(near_a_change, st.dates(date(2026, 1, 1), date(2026, 12, 31))))
    now = datetime.combine(first, time(5), UTC) + draw(st.integers(0, 200)) * STEP
    rules = BookingRules(
        {way: draw(st.integers(1, 12)) * STEP for way in Way},
        notice=draw(MINUTES),
        horizon=timedelta(days=days),
        closed_days=frozenset(
            first + timedelta(days=ahead) for ahead in draw(st.sets(st.integers(0, days + 1), max_size=1 + days // 30))
        ),
        pauses={way: draw(MINUTES) for way in draw(st.sets(st.sampled_from(Way)))},
    )
    people = [draw(agents(number, first, days)) for number in range(1, draw(st.integers(1, 2)) + 1)]
    midnight = datetime.combine(now.astimezone(DANISH_TIME).date(), time(), DANISH_TIME).astimezone(UTC)
    taken = [
        Taken(Span(draw(st.integers(1, 2)), start, start + draw(st.integers(1, 12)) * STEP), draw(st.sampled_from(Way)))
        for start in draw(
            st.lists(st.integers(0, days * 288 + 36).map(lambda step: midnight + step * STEP), max_size=6 * days)
        )
    ]
    return people, taken, draw(st.sampled_from(Way)), rules, now


class Diary:
    """A store of these agents and of what they have: as much of one as finding free times asks for."""

    def __init__(self, people: list[Agent], taken: list[Taken]) -> None:
        self.agents = SimpleNamespace(of=lambda *_: people)
        self.bookings = SimpleNamespace(taken=lambda *_: taken)


SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=150, suppress_health_check=SLOW)
@given(towns(most_days=3))
def test_exactly_the_times_that_trying_every_minute_finds(town: Town) -> None:
    assert free_spans(*town) == slow_spans(*town)


@settings(max_examples=10, suppress_health_check=SLOW)
@given(towns(least_days=366, most_days=366))
def test_exactly_those_of_a_whole_year(town: Town) -> None:
    """Both changes of the clocks lie in each."""
    assert free_spans(*town) == slow_spans(*town)


@settings(suppress_health_check=SLOW)
@given(towns(most_days=3))
def test_what_is_offered_lies_within_the_hours(town: Town) -> None:
    people, _, way, rules, _ = town
    for span in free_spans(*town):
        talk = Booking("1", "eksempel", span.agent, span.starts_at, span.ends_at, way, "", "")
        [agent] = [one for one in people if one.id == span.agent]
        assert outside_hours(agent, rules, [talk]) == []


@settings(max_examples=200, suppress_health_check=SLOW)
@given(towns(most_days=2), st.integers(0, 2 * 288), st.integers(1, 12))
def test_there_is_room_for_a_talk_at_any_minute_where_going_through_the_day_finds_it(
    town: Town, begins: int, lasts: int
) -> None:
    """Between the times that are offered as well."""
    people, taken, way, rules, now = town
    span = Span(0, now + begins * STEP, now + (begins + lasts) * STEP)
    for agent in people:
        own = [one for one in taken if one.span.agent == agent.id]
        assert has_room(agent, taken, Taken(span, way), rules) == has_time(agent, span, own, way, rules)


@settings(max_examples=150, suppress_health_check=SLOW)
@given(towns(most_days=3))
def test_the_times_of_a_chosen_agent_are_some_of_all_and_those_that_trying_every_minute_finds(town: Town) -> None:
    people, taken, way, rules, now = town
    diary = Diary(people, taken)
    everybodys = {span.starts_at for span in free_times(diary, "eksempel", way, rules, now)}
    together = set()
    for agent in people:
        own = free_times(diary, "eksempel", way, rules, now, Seeker(chosen=agent.id))
        assert own == slow_spans([agent], taken, way, rules, now)
        assert {span.agent for span in own} <= {agent.id}
        together |= {span.starts_at for span in own}
    assert together == everybodys
    assert free_times(diary, "eksempel", way, rules, now, Seeker(chosen=len(people) + 1)) == []


def test_a_whole_year_of_two_agents() -> None:
    """The clocks change twice in it, and each agent has talks, days of their own and a limit."""
    begin = datetime(2026, 1, 1, 5, tzinfo=UTC)
    rules = BookingRules(
        {Way.OFFICE: 6 * STEP, Way.PHONE: 4 * STEP, Way.CHAT: 4 * STEP},
        notice=timedelta(hours=2),
        horizon=timedelta(days=366),
        closed_days=frozenset({date(2026, 5, 1), date(2026, 12, 24)}),
        pauses={Way.OFFICE: 3 * STEP},
    )
    weekly = (*(Opening(weekday, time(9), time(12)) for weekday in range(5)), Opening(6, time(1), time(4)))
    away = {date(2026, 7, day): () for day in range(1, 31)}
    people = [Agent(1, "eksempel", "A", weekly, away, 3), Agent(2, "eksempel", "B", weekly[2:5], talks_a_day=None)]
    starts = [begin + number * timedelta(hours=27) for number in range(300)]
    taken = [Taken(Span(number % 2 + 1, start, start + 6 * STEP), Way.PHONE) for number, start in enumerate(starts)]
    found = free_spans(people, taken, Way.OFFICE, rules, begin)
    assert len(found) > 500
    assert found == slow_spans(people, taken, Way.OFFICE, rules, begin)
