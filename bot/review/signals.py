"""By what it shows that a message was misread: what the model says of it, and what its writer did next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from bot.casework.meanings import CRISIS
from bot.casework.misread import SECOND_LEVEL, Reason
from bot.review.steps import Step

HANDOFF, FRUSTRATED, CHAT = "handoff_request", "chat_frustrated", "chat_"
NOTHING_TO_ASK_AGAIN = (CHAT, CRISIS, "booking_", "handoff_", "plan_")
"""Meanings that are said twice without having been misread."""
AGAIN = 0.93
"""The cosine from which somebody who writes once more asks the same."""
SILENT = timedelta(days=1)
"""After so long without a word somebody has left."""


@dataclass(frozen=True)
class Reading:
    """What a model makes of a text; `intent` is the likeliest meaning, also where it is not `sure`."""

    intent: str | None
    confidence: float
    sure: bool


@dataclass(frozen=True, eq=False)
class Read:
    """A text as a model and as the encoder read it; the vector is of length 1."""

    reading: Reading
    vector: NDArray[np.float32]


def reasons(
    steps: Sequence[Step], texts: Mapping[str, Read], now: datetime, *, with_the_bot: bool
) -> Mapping[int, frozenset[Reason]]:
    """Why each message of a conversation is looked at; only those with a reason.

    `texts` has what was made of each text that was the robot's to read; `with_the_bot`: nobody waits in it for a human.
    """
    found = {}
    for step, following in zip_longest(steps, steps[1:]):
        if step.reads:
            own = {*_by_itself(step, texts[step.text].reading), *_by_what_came(step, following, texts)}
            if following is None and with_the_bot and _has_left(step, texts[step.text].reading, now):
                own.add(Reason.LEFT)
            found[step.sequence] = frozenset(own)
    return {sequence: own for sequence, own in found.items() if own}


def _by_itself(step: Step, reading: Reading) -> Iterator[Reason]:
    if not reading.sure:
        yield Reason.UNSURE
    is_crisis = (reading.intent or "").startswith(CRISIS)
    if is_crisis != bool(step.level) and (reading.sure or step.level >= SECOND_LEVEL):
        yield Reason.DISAGREES


def _by_what_came(step: Step, following: Step | None, texts: Mapping[str, Read]) -> Iterator[Reason]:
    if following is None:
        return
    own, came = _meaning(step, texts), _meaning(following, texts)
    if came == FRUSTRATED and own != FRUSTRATED:
        yield Reason.SAID_SO
    if came == HANDOFF and own != HANDOFF and not (own or "").startswith(CHAT):
        yield Reason.WANTED_HUMAN
    if following.reads and _asks_again(step, following, own, texts):
        yield Reason.ASKED_AGAIN


def _meaning(step: Step, texts: Mapping[str, Read]) -> str | None:
    """What a step surely means; a press names it. Of what is not to be read it is what it was taken for then."""
    if step.payload:
        return step.payload.lstrip("/").partition("{")[0]
    if not step.reads:
        return step.about
    reading = texts[step.text].reading
    return reading.intent if reading.sure else None


def _asks_again(step: Step, following: Step, own: str | None, texts: Mapping[str, Read]) -> bool:
    if own and own.startswith(NOTHING_TO_ASK_AGAIN):
        return False
    return bool(texts[step.text].vector @ texts[following.text].vector >= AGAIN)


def _has_left(step: Step, reading: Reading, now: datetime) -> bool:
    says_nothing_more = reading.sure and (reading.intent or "").startswith((CHAT, "booking_"))
    return now - step.at >= SILENT and not says_nothing_more
