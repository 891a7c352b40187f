"""How long a text takes to read, in what ordinary words of the same length take: on a slow machine both are slow."""

import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from bot.composed_yaml import content_of

TRIES = 3
HARMLESS = Path(__file__).parents[1] / "examples" / "harmless.yml"
LEAST_SECONDS = 0.002
"""What is read faster takes no time, and would be measured by chance."""


def times_ordinary(read: Callable[[str], object], text: str) -> float:
    """How many times as long as ordinary words it takes; the best of some tries in turn, for others use the machine."""
    ordinary = _ordinary(len(text))
    tries = [(_seconds(read, text), _seconds(read, ordinary)) for _ in range(TRIES)]
    return min(taken for taken, _ in tries) / max(LEAST_SECONDS, min(usual for _, usual in tries))


@cache
def _ordinary(length: int) -> str:
    words = ". ".join(content_of(HARMLESS.read_text(encoding="utf-8")))
    return (words * (length // len(words) + 1))[:length]


def _seconds(read: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    read(text)
    return time.process_time() - began
