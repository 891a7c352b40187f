"""A municipality offers talks less far ahead than before; what was booked stands, and is seen wherever it matters."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.casework.bookings import AgentBusyError, Booking
from bot.casework.feeds import Shows
from bot.casework.free_times import Agent, danish_day
from bot.conversation.feeds import open_feed, read_feed
from bot.conversation.notices import Notices
from bot.conversation.working_hours import Week, WorkingHours
from bot.municipality.demo import DEMO_USER
from bot.municipality.towns import Municipality
from bot.store.people import DeskUser
from bot.store.store import Store
from tests.support.reminders import talk_far_ahead
from tests.support.the_tests import THE_TESTS


@pytest.fixture
def talk(store: Store, municipality: Municipality) -> Booking:
    """The last one of the horizon that was."""
    return talk_far_ahead(store, municipality)


@pytest.fixture
def shortened(municipality: Municipality) -> Municipality:
    return replace(municipality, rules=replace(municipality.rules, horizon=timedelta(days=1)))


@pytest.fixture
def hours(store: Store, shortened: Municipality) -> WorkingHours:
    return WorkingHours(store, Notices(), {shortened.slug: shortened})


@pytest.fixture
def user(store: Store) -> DeskUser:
    with store.read(THE_TESTS) as work:
        found = work.people.user(DEMO_USER)
    assert found
    return found


def agents(store: Store) -> list[Agent]:
    with store.read(THE_TESTS) as work:
        return list(work.agents.of("eksempel", danish_day(datetime.now(UTC))))


def test_an_agent_with_a_talk_far_ahead_is_not_removed(hours: WorkingHours, user: DeskUser, talk: Booking) -> None:
    assert hours.to_come(user, talk.agent) == [talk]
    with pytest.raises(AgentBusyError):
        hours.remove(user, talk.agent)


def test_a_talk_far_ahead_that_new_hours_leave_out_is_shown(hours: WorkingHours, user: DeskUser, talk: Booking) -> None:
    assert hours.effect_of_week(user, talk.agent, Week((), None)) == [talk]


def test_a_talk_far_ahead_is_handed_over(store: Store, hours: WorkingHours, user: DeskUser, talk: Booking) -> None:
    [leaving] = agents(store)
    with store.write(THE_TESTS) as work:
        colleague = work.agents.add("eksempel", "Bo", leaving.openings)
    assert asyncio.run(hours.hand_over(user, leaving.id)) == 0
    assert [one.id for one in hours.to_come(user, colleague)] == [talk.id]
    hours.remove(user, leaving.id)
    assert [one.id for one in agents(store)] == [colleague]


def test_nobody_is_handed_a_talk_in_a_time_they_have_taken(
    store: Store, hours: WorkingHours, user: DeskUser, talk: Booking
) -> None:
    """Beyond the horizon as well."""
    [leaving] = agents(store)
    with store.write(THE_TESTS) as work:
        colleague = work.agents.add("eksempel", "Bo", leaving.openings)
        work.bookings.add(replace(talk, id="another", agent=colleague, code="lampe-skov-pære"))
    assert asyncio.run(hours.hand_over(user, leaving.id)) == 1
    assert [one.id for one in hours.to_come(user, leaving.id)] == [talk.id]


def test_a_calendar_shows_a_talk_far_ahead(store: Store, shortened: Municipality, talk: Booking) -> None:
    [agent] = agents(store)
    with store.write(THE_TESTS) as work:
        secret = open_feed(work, agent, Shows.TIME)
    content = read_feed(store, {shortened.slug: shortened}, secret, datetime.now(UTC))
    assert content
    assert talk.id in content.decode()
