"""Many who want the same times at once, in processes that are killed: no overlap, nothing lost, nobody misled."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from bot.casework.free_times import danish_day
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.booking_race import BookingRace
from tests.support.the_tests import THE_TESTS


def crowds(processes: int, people: int) -> list[list[str]]:
    return [[str(uuid4()) for _ in range(people)] for _ in range(processes)]


def with_a_colleague(store: Store) -> None:
    """Every time is there twice, and each talk can be handed over."""
    with store.write(THE_TESTS) as work:
        [agent] = work.agents.of("eksempel", danish_day(datetime.now(UTC)))
        work.agents.add("eksempel", "Bo", agent.openings)


def nobody_is_misled(race: BookingRace, everybody: Sequence[Sequence[str]]) -> list[str]:
    """All of them; each time of each agent has been given once at most, and some to somebody at some moment."""
    people = [person for crowd in everybody for person in crowd]
    assert race.misled(people) == []
    assert race.not_told(people) == []
    given = [(talk.agent, talk.starts_at) for talk in race.standing(people)]
    assert len(set(given)) == len(given)
    # A desk that calls off a day last may leave nobody a talk.
    assert given or race.called_off(people)
    return people


def test_of_fifty_who_want_one_time_at_once_one_has_it(
    store: Store, database_url: str, municipality: Municipality, tmp_path: Path
) -> None:
    race, fifty = BookingRace(store, database_url, municipality, tmp_path, times=1), crowds(5, 10)
    race.run(fifty, steps=1, kills=0)
    people = [person for crowd in fifty for person in crowd]
    assert race.misled(people) == []
    assert [race.has(person) for person in people if race.has(person)] == race.times


def test_who_books_moves_and_cancels_knows_where_they_stand_though_processes_are_killed(
    store: Store, database_url: str, municipality: Municipality, tmp_path: Path
) -> None:
    race, everybody = BookingRace(store, database_url, municipality, tmp_path, times=10), crowds(3, 8)
    assert race.run(everybody, steps=12, kills=3).killed > 0
    nobody_is_misled(race, everybody)


def test_a_desk_that_calls_off_and_hands_over_meanwhile_misleads_nobody(
    store: Store, database_url: str, municipality: Municipality, tmp_path: Path
) -> None:
    with_a_colleague(store)
    race, everybody = BookingRace(store, database_url, municipality, tmp_path, times=20), crowds(3, 8)
    assert race.run(everybody, steps=12, kills=3, desk=True).killed > 0
    people = nobody_is_misled(race, everybody)
    assert race.called_off(people) > 0
    assert race.handed_over() > 0


@pytest.mark.parametrize("wrong_by", [timedelta(minutes=10), timedelta(minutes=-10)])
def test_a_machine_whose_clock_is_wrong_misleads_nobody(
    store: Store, database_url: str, municipality: Municipality, tmp_path: Path, wrong_by: timedelta
) -> None:
    """What the others hold is over for it at once, or never: they may lose it, and are then told so."""
    race, both = BookingRace(store, database_url, municipality, tmp_path, times=6), crowds(2, 8)
    race.run(both, steps=8, kills=0, clock_of_last=wrong_by)
    nobody_is_misled(race, both)


@pytest.mark.soak
def test_two_hundred_over_ten_times_with_twenty_kills(
    store: Store, database_url: str, municipality: Municipality, tmp_path: Path
) -> None:
    with_a_colleague(store)
    race, everybody, steps = BookingRace(store, database_url, municipality, tmp_path, times=10), crowds(8, 25), 15
    seen = race.run(everybody, steps=steps, kills=20, desk=True)
    people = nobody_is_misled(race, everybody)
    assert seen.killed > 0
    assert race.handed_over() > 0
    # Eight processes that write to one SQLite are more than there ever are.
    assert race.busy(people) < steps * len(people) / 10
    print(f"\n{len(people)} people, {race.cut_off(people)} attempts cut off, {race.busy(people)} met a busy store,")
    print(f"{race.called_off(people)} talks called off, {race.handed_over()} times all of an agent's handed over;")
    print(f"nobody misled, no overlap: {seen}")
