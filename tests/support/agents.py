"""A town with three boligagenter among whom one can choose."""

from datetime import UTC, datetime

from bot.casework.free_times import Agent, danish_day
from bot.store.store import Store
from tests.support.the_tests import THE_TESTS


def add_agents(store: Store, *names: str, town: str = "eksempel") -> list[Agent]:
    """Those there are and these, with the hours of the first, in the order in which they began."""
    with store.write(THE_TESTS) as work:
        first, *_ = work.agents.of(town, danish_day(datetime.now(UTC)))
        for name in names:
            work.agents.add(town, name, first.openings)
    return agents_of(store, town)


def agents_of(store: Store, town: str = "eksempel") -> list[Agent]:
    with store.read(THE_TESTS) as work:
        return list(work.agents.of(town, danish_day(datetime.now(UTC))))


def leaves(store: Store, agent: Agent) -> None:
    with store.write(THE_TESTS) as work:
        work.agents.leave(agent, datetime.now(UTC))


def has_no_hours(store: Store, agent: Agent) -> None:
    with store.write(THE_TESTS) as work:
        work.agents.set_week(agent, (), None)
