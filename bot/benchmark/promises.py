"""What is promised of time, and whether a measurement has kept it."""

import statistics
from collections.abc import Sequence

from bot.benchmark.chatting import Answer
from bot.benchmark.screening import Screening

DANGER_SECONDS = 1.0
SCREEN_SECONDS = 0.010


class TooSlowError(Exception):
    """Something took longer than is promised."""


def hold_to_promises(alarmed: Sequence[Answer], screening: Screening) -> None:
    """Raises TooSlowError, which names what was too slow.

    Danger must be in everybody's stream in under DANGER_SECONDS; the screen may cost SCREEN_SECONDS a message at the
    median.
    """
    longest, cost = max(answer.seconds for answer in alarmed), statistics.median(screening.screen)
    broken = []
    if longest >= DANGER_SECONDS:
        broken.append(
            f"danger was in the stream after {longest * 1000:.0f} ms for one of {len(alarmed)}, "
            f"which must be under {DANGER_SECONDS * 1000:.0f} ms for all"
        )
    if cost > SCREEN_SECONDS:
        broken.append(
            f"the screen cost {cost * 1000:.1f} ms a message at the median, which may be {SCREEN_SECONDS * 1000:.0f} ms"
        )
    if broken:
        raise TooSlowError(f"Slower than promised: {'; '.join(broken)}.")
