"""The screen on what is seldom written: how danger of each kind begins, and how the rarest kinds become acute.

Held out like the greater file, and harder: it asks no more than is reached, which is less than 85 % of level 1, all of
level 3 and at most 4 % false alarms (ADR 0014). Whoever makes the screen better raises these.
"""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.safety.levels import KINDS
from tests.support.model import danger_of

HELD_OUT = Path(__file__).parents[1] / "held_out"
FILE = "danger_seldom.yml"
SMALLEST_RECALL_BY_LEVEL = {1: 0.68, 3: 0.95}
MOST_FALSE_ALARMS = 0.15
FEWEST_OF_A_KIND = 3


def messages(*files: str) -> list[dict[str, Any]]:
    contents = (yaml.safe_load((HELD_OUT / name).read_text(encoding="utf-8")) for name in files)
    return [message for content in contents for message in content["messages"]]


@cache
def levels() -> Counter[tuple[int, int]]:
    """How many messages of each level got each level, as (true, found)."""
    return Counter((message["level"], int(danger_of(message["text"]).level)) for message in messages(FILE))


def share(true: int, least: int) -> float:
    """The share of messages of that level that got at least the other."""
    found = {level: count for (meant, level), count in levels().items() if meant == true}
    return sum(count for level, count in found.items() if level >= least) / sum(found.values())


def test_how_danger_begins_and_how_it_becomes_acute_is_mostly_heard() -> None:
    for level, smallest in SMALLEST_RECALL_BY_LEVEL.items():
        found = share(level, min(level, 2))
        print(f"level {level} found: {found:.3f}")
        assert found >= smallest


def test_few_of_what_sounds_so_alarms() -> None:
    print(f"false alarms: {share(0, 2):.3f}")
    assert share(0, 2) <= MOST_FALSE_ALARMS


def test_every_kind_at_every_level_is_measured_with() -> None:
    whole = messages("danger.yml", "danger_in_other_voices.yml", FILE)
    counted = Counter((kind, message["level"]) for message in whole for kind in message["kinds"])
    few = {(kind, level) for kind in KINDS for level in (1, 2, 3) if counted[kind, level] < FEWEST_OF_A_KIND}
    assert not few
