"""Who counts as present at the desk, and when one who has a conversation counts as silent. Why so: ADR 0027."""

from dataclasses import dataclass
from datetime import datetime, timedelta

SEEN_EVERY = timedelta(seconds=15)
"""A page that stands open tells so often that it does; more often nothing is kept."""
PRESENT_FOR = timedelta(minutes=2)
"""So long after its last sign of life a sign-in counts as present: a page in the background speaks once a minute."""

WARNED_BEFORE = timedelta(minutes=5)
"""So long before their silence gives it back who is there is warned; where there is little time, in half of it."""


@dataclass(frozen=True)
class Patience:
    """How long is waited for one who has a conversation and is silent, and for a human before it is told that it takes
    long.

    `absent`: for one who shows no sign of life at all. `unanswered`: for one who is there, and has not answered.
    """

    absent: timedelta = timedelta(minutes=10)
    unanswered: timedelta = timedelta(minutes=30)
    long_wait: timedelta = timedelta(minutes=20)


@dataclass(frozen=True)
class Colleague:
    """Somebody signed in who may answer; `present` tells no more than that they are there now."""

    id: int
    shown_name: str
    present: bool


def warned(unanswered_since: datetime, patience: timedelta, now: datetime) -> bool:
    """Whether it is time to warn whoever has not answered since then; `patience` is how long is waited for them."""
    return now >= unanswered_since + patience - min(WARNED_BEFORE, patience / 2)
