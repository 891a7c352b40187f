"""Boligagenter in a real store: their week, the days that differ from it, and the talks they may have."""

from datetime import UTC, date, datetime, time, timedelta

from bot.casework.arranging import free_times
from bot.casework.free_times import Agent, Opening, Way, danish_day
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.the_tests import THE_TESTS

# A Wednesday morning; the demo's agent begins at nine each weekday but Thursday.
NOW = datetime(2026, 12, 2, 5, tzinfo=UTC)
TOMORROW = date(2026, 12, 3)


def agent_of(store: Store, since: date = TOMORROW) -> Agent:
    with store.read(THE_TESTS) as work:
        (agent,) = work.agents.of("eksempel", since)
    return agent


def days_offered(store: Store, town: Municipality) -> set[date]:
    with store.read(THE_TESTS) as work:
        spans = free_times(work, "eksempel", Way.OFFICE, town.rules, NOW)
    return {danish_day(span.starts_at) for span in spans}


def set_day(store: Store, hours: list[Opening] | None) -> None:
    with store.write(THE_TESTS) as work:
        work.agents.set_day(agent_of(store), TOMORROW, hours)


def test_a_day_away_is_not_offered_until_it_is_as_every_week_again(store: Store, municipality: Municipality) -> None:
    assert TOMORROW in days_offered(store, municipality)
    set_day(store, [])
    assert agent_of(store).days == {TOMORROW: ()}
    assert TOMORROW not in days_offered(store, municipality)
    set_day(store, None)
    assert agent_of(store).days == {}
    assert TOMORROW in days_offered(store, municipality)


def test_hours_of_one_day_are_kept_in_order_and_for_as_long_as_they_may_matter(store: Store) -> None:
    hours = [Opening(3, time(13), time(14)), Opening(3, time(9), time(10))]
    set_day(store, hours[:1])
    set_day(store, hours)
    assert agent_of(store).days == {TOMORROW: tuple(reversed(hours))}
    assert agent_of(store, TOMORROW + timedelta(days=1)).days == {}


def test_a_new_week_stands_instead_of_the_old(store: Store, municipality: Municipality) -> None:
    before = agent_of(store)
    with store.write(THE_TESTS) as work:
        work.agents.set_week(before, [Opening(0, time(9), time(10))], 3)
    assert agent_of(store).openings == (Opening(0, time(9), time(10)),)
    assert {day.weekday() for day in days_offered(store, municipality)} == {0}
    with store.write(THE_TESTS) as work:
        work.agents.set_week(before, [], None)
    assert days_offered(store, municipality) == set()


def test_an_agent_has_a_limit_of_talks_a_day(store: Store) -> None:
    with store.write(THE_TESTS) as work:
        work.agents.add("eksempel", "Else", [Opening(0, time(9), time(10))], talks_a_day=3)
    with store.read(THE_TESTS) as work:
        assert [(agent.name, agent.talks_a_day) for agent in work.agents.of("eksempel", TOMORROW)] == [
            ("Boligagenten", None), ("Else", 3),
        ]  # fmt: skip
