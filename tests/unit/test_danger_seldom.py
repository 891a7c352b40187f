"""The screen on what is harder than the greater held-out file, and held out like it.

What is seldom written: how danger of each kind begins, and how the rarest become acute. And what two more writers
wrote who had seen nothing of ours. It asks no more than is reached, which is less than is asked of the greater file
(ADR 0014). Whoever makes the screen better raises these.
"""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.composed_yaml import content_of
from bot.safety.levels import KINDS
from tests.support.model import danger_of

HELD_OUT = Path(__file__).parents[1] / "held_out"
SELDOM, TWO_MORE = "danger_seldom.yml", "danger_of_two_more_writers.yml"
SMALLEST_RECALL_BY_LEVEL = {SELDOM: {1: 0.68, 3: 0.95}, TWO_MORE: {1: 0.86, 2: 0.81, 3: 0.95}}
MOST_FALSE_ALARMS = {SELDOM: 0.15, TWO_MORE: 0.02}
FEWEST_OF_A_KIND = 3


def messages(*files: str) -> list[dict[str, Any]]:
    contents = (content_of((HELD_OUT / name).read_text(encoding="utf-8")) for name in files)
    return [message for content in contents for message in content["messages"]]


@cache
def levels(file: str) -> Counter[tuple[int, int]]:
    """How many messages of each level got each level, as (true, found)."""
    return Counter((message["level"], int(danger_of(message["text"]).level)) for message in messages(file))


def share(file: str, true: int, least: int) -> float:
    """The share of messages of that level that got at least the other."""
    found = {level: count for (meant, level), count in levels(file).items() if meant == true}
    return sum(count for level, count in found.items() if level >= least) / sum(found.values())


@pytest.mark.parametrize("file", SMALLEST_RECALL_BY_LEVEL)
def test_danger_is_mostly_heard(file: str) -> None:
    for level, smallest in SMALLEST_RECALL_BY_LEVEL[file].items():
        found = share(file, level, min(level, 2))
        print(f"{file}: level {level} found: {found:.3f}")
        assert found >= smallest


@pytest.mark.parametrize("file", MOST_FALSE_ALARMS)
def test_few_of_what_sounds_so_alarms(file: str) -> None:
    print(f"{file}: false alarms: {share(file, 0, 2):.3f}")
    assert share(file, 0, 2) <= MOST_FALSE_ALARMS[file]


def test_every_kind_at_every_level_is_measured_with() -> None:
    whole = messages("danger.yml", "danger_in_other_voices.yml", SELDOM)
    counted = Counter((kind, message["level"]) for message in whole for kind in message["kinds"])
    few = {(kind, level) for kind in KINDS for level in (1, 2, 3) if counted[kind, level] < FEWEST_OF_A_KIND}
    assert not few
