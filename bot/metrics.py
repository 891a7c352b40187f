"""What is counted of the product for those who run it. ADR 0039.

Nothing of a person and nothing of a town: no name, no number of a conversation, no word. What is counted here is of one
process; what stands in the store is counted there (`bot.store.workload`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from time import perf_counter

from prometheus_client import Counter, Histogram

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Stage(StrEnum):
    """Where the time of a message goes; all but WAIT are work."""

    HEAR = "hear"
    """What identifies is hidden, the meaning is read, danger is screened for."""
    KEEP = "keep"
    """Stored, and with it what is said at once in danger."""
    WAIT = "wait"
    """From then until its turn begins."""
    DIALOGUE = "dialogue"
    ANSWER = "answer"
    """Put into words and stored."""


class Unanswered(StrEnum):
    """Why a turn had no answer of the dialogue model; the young person is told what to do instead."""

    AWAY = "away"
    FAILED = "failed"
    BROKEN = "broken"


MESSAGES = Counter("hjemad_messages", "Messages of young people that were taken in.")
DANGERS = Counter("hjemad_dangers", "Messages that tell of danger, by how grave it is (1 to 3).", ["level"])
STAGES = Histogram("hjemad_stage_seconds", "How long a message spends in each stage.", ["stage"], buckets=SECONDS)
REPLIES = Histogram("hjemad_reply_seconds", "From a message to its whole answer.", buckets=SECONDS)
UNANSWERED = Counter("hjemad_turns_unanswered", "Turns without an answer of the dialogue model.", ["why"])
ERRORS = Counter("hjemad_errors", "Requests that ended in an error nobody had foreseen.", ["kind"])

for _stage in Stage:
    # There from the start, so that an alarm can tell nothing from not yet.
    STAGES.labels(_stage)
for _why in Unanswered:
    UNANSWERED.labels(_why)
for _level in (1, 2, 3):
    DANGERS.labels(_level)


@contextmanager
def timed(stage: Stage) -> Iterator[None]:
    """Counts how long what is done meanwhile takes, also where it fails."""
    began = perf_counter()
    try:
        yield
    finally:
        STAGES.labels(stage).observe(perf_counter() - began)
