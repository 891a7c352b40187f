"""Many who want the same times at once, in processes that are killed: no overlap, nothing lost, nobody misled."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.booking_race import BookingRace


def crowds(processes: int, people: int) -> list[list[str]]:
    return [[str(uuid4()) for _ in range(people)] for _ in range(processes)]


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
    people = [person for crowd in everybody for person in crowd]
    assert race.misled(people) == []
    held = [time for person in people if (time := race.has(person))]
    assert len(set(held)) == len(held) > 0


@pytest.mark.parametrize("wrong_by", [timedelta(minutes=10), timedelta(minutes=-10)])
def test_a_machine_whose_clock_is_wrong_misleads_nobody(
    store: Store, database_url: str, municipality: Municipality, tmp_path: Path, wrong_by: timedelta
) -> None:
    """What the others hold is over for it at once, or never: they may lose it, and are then told so."""
    race, both = BookingRace(store, database_url, municipality, tmp_path, times=6), crowds(2, 8)
    race.run(both, steps=8, kills=0, clock_of_last=wrong_by)
    people = [person for crowd in both for person in crowd]
    assert race.misled(people) == []
    had = [time for person in people if (time := race.has(person))]
    assert len(set(had)) == len(had) > 0


@pytest.mark.soak
def test_two_hundred_over_ten_times_with_twenty_kills(
    store: Store, database_url: str, municipality: Municipality, tmp_path: Path
) -> None:
    race, everybody = BookingRace(store, database_url, municipality, tmp_path, times=10), crowds(8, 25)
    seen = race.run(everybody, steps=15, kills=20)
    people = [person for crowd in everybody for person in crowd]
    assert race.misled(people) == []
    print(f"\n{len(people)} people, {race.cut_off(people)} attempts cut off, nobody misled, no overlap: {seen}")
