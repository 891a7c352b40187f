"""The screen on messages written apart from its patterns. Nobody tunes on them: see the figures, not the texts."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml

from bot.safety.screen import DangerLevel, shipped_screen

HELD_OUT = Path(__file__).parents[1] / "held_out" / "danger.yml"
SMALLEST_RECALL = 0.90
MOST_FALSE_ALARMS = 0.05


@cache
def confusion() -> Counter[tuple[int, int]]:
    """How many messages of each level got each level, as (true, found)."""
    messages = yaml.safe_load(HELD_OUT.read_text(encoding="utf-8"))["messages"]
    screen = shipped_screen()
    return Counter((message["level"], int(screen.assess(message["text"]).level)) for message in messages)


def share(true: set[int], found: set[int]) -> float:
    """The share of messages of the levels `true` that got one of the levels `found`."""
    of_all = {key: count for key, count in confusion().items() if key[0] in true}
    return sum(count for (_, level), count in of_all.items() if level in found) / sum(of_all.values())


@pytest.fixture(scope="module", autouse=True)
def figures() -> None:
    lines = [f"{name}: {share(true, found):.3f}" for name, true, found in FIGURES]
    print(
        "\nDanger, held out",
        *lines,
        *(f"{true} -> {found}: {n}" for (true, found), n in sorted(confusion().items())),
        sep="\n",
    )


FIGURES = (
    ("level 2 and 3 found at 2 or 3", {2, 3}, {2, 3}),
    ("level 3 found at 2 or 3", {3}, {2, 3}),
    ("level 3 found at 3", {3}, {3}),
    ("level 1 found at 1 or more", {1}, {1, 2, 3}),
    ("level 0 at 2 or 3 (false alarms)", {0}, {2, 3}),
    ("level 0 at 1 or more", {0}, {1, 2, 3}),
)


def test_no_message_of_danger_to_life_falls_below_clear() -> None:
    assert share({DangerLevel.ACUTE}, {DangerLevel.CLEAR, DangerLevel.ACUTE}) == 1


def test_at_least_nine_of_ten_dangers_are_found() -> None:
    assert share({2, 3}, {2, 3}) >= SMALLEST_RECALL


def test_at_most_one_of_twenty_harmless_messages_alarms() -> None:
    assert share({DangerLevel.NONE}, {DangerLevel.CLEAR, DangerLevel.ACUTE}) <= MOST_FALSE_ALARMS
