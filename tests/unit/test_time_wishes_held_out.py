"""Wishes for a time, held out and not, all written at one fixed moment.

What is asked of the reading is more: 95 % right, the rest asked about, none silently wrong.
"""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.support.time_wishes import FILE, Reading, reading, wishes

TESTS = Path(__file__).parents[1]
HELD_OUT, TUNING, MORE = f"held_out/{FILE}", f"tuning/{FILE}", f"tuning/more_{FILE}"
SIXTH, SEVENTH = "tuning/wishes_of_a_sixth_writer.yml", "tuning/wishes_of_a_seventh_writer.yml"
EIGHTH, NINTH = "tuning/wishes_of_an_eighth_writer.yml", "tuning/wishes_of_a_ninth_writer.yml"
TENTH, ELEVENTH = "tuning/wishes_of_a_tenth_writer.yml", "tuning/wishes_of_an_eleventh_writer.yml"
TWELFTH, THIRTEENTH = "tuning/wishes_of_a_twelfth_writer.yml", "tuning/wishes_of_a_thirteenth_writer.yml"
FOURTEENTH, FIFTEENTH = "tuning/wishes_of_a_fourteenth_writer.yml", "tuning/wishes_of_a_fifteenth_writer.yml"
SIXTEENTH = "tuning/wishes_of_a_sixteenth_writer.yml"
LEAST_RIGHT = {
    HELD_OUT: 0.858, TUNING: 0.98, MORE: 0.965, SIXTH: 0.99, SEVENTH: 0.97,
    EIGHTH: 0.925, NINTH: 0.875, TENTH: 0.90, ELEVENTH: 0.93,
    TWELFTH: 0.75, THIRTEENTH: 0.835, FOURTEENTH: 0.93, FIFTEENTH: 0.87, SIXTEENTH: 0.87,
}  # fmt: skip
MOST_WRONG = {
    HELD_OUT: 0.088, TUNING: 0.005, MORE: 0.02, SIXTH: 0.0, SEVENTH: 0.014,
    EIGHTH: 0.046, NINTH: 0.078, TENTH: 0.046, ELEVENTH: 0.06,
    TWELFTH: 0.175, THIRTEENTH: 0.096, FOURTEENTH: 0.04, FIFTEENTH: 0.074, SIXTEENTH: 0.067,
}  # fmt: skip


@cache
def readings(file: str) -> Counter[Reading]:
    now, all_of_them = wishes(TESTS / file)
    return Counter(reading(one, now) for one in all_of_them)


def share(file: str, how: Reading) -> float:
    return readings(file)[how] / readings(file).total()


@pytest.fixture(scope="module", autouse=True)
def figures() -> None:
    for file in LEAST_RIGHT:
        print(f"\nTimes, {file}:", *(f"{how} {share(file, how):.3f}" for how in Reading))


def test_hardly_a_wish_is_in_both_files() -> None:
    """Such as "idag?", which everybody writes."""
    held_out, *tuning = [{one.text.casefold() for one in wishes(TESTS / file)[1]} for file in LEAST_RIGHT]
    assert len(held_out) >= 200
    assert len(held_out & set.union(*tuning)) <= 0.02 * len(held_out)


@pytest.mark.parametrize("file", LEAST_RIGHT)
def test_wishes_are_read_right(file: str) -> None:
    assert share(file, Reading.RIGHT) >= LEAST_RIGHT[file]


@pytest.mark.parametrize("file", MOST_WRONG)
def test_what_is_not_sure_is_asked_about(file: str) -> None:
    assert share(file, Reading.WRONG) <= MOST_WRONG[file]
