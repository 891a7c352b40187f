"""Whether a model is as often right as it says."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.training.gates.verdict import ours
from bot.training.models.predictions import Prediction
from bot.training.reporting.topics import is_right

BINS = 10


@dataclass(frozen=True)
class Bin:
    """Messages of which it was about as sure; shares from 0 to 1."""

    lowest: float
    messages: int
    said: float
    right: float


def calibration(predictions: Iterable[Prediction]) -> list[Bin]:
    """BINS of equal width, those without a message left out."""
    rows = ours(predictions)
    bins = []
    for number in range(BINS):
        some = [one for one in rows if min(int(one.confidence * BINS), BINS - 1) == number]
        if some:
            said = sum(one.confidence for one in some) / len(some)
            bins.append(Bin(number / BINS, len(some), said, sum(map(is_right, some)) / len(some)))
    return bins
