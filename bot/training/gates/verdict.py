"""What a gate is asked about, and what it says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.training.gates import held_against
from bot.training.models.predictions import Prediction
from bot.training.models.trained import TrainedModel


@dataclass(frozen=True)
class Record:
    """A model and what it made of the held-out messages."""

    model: TrainedModel
    predictions: tuple[Prediction, ...]


Measure = held_against.Measure[Record]


@dataclass(frozen=True)
class Pair:
    """A held-out message that two models have read; what it means is what the later one was held against."""

    before: Prediction
    now: Prediction

    @property
    def label(self) -> str | None:
        return self.now.label

    def right(self, read: Prediction) -> bool:
        """Whether one of its two readings is right."""
        return read.read in self.now.accepted


@dataclass(frozen=True)
class Verdict:
    """What one gate says of a model, in words with its figures.

    `lost` holds the messages that were right and are wrong now. `absolute` is a gate that needs no other model, and
    `overridable` one that a maintainer may open with a reason.
    """

    gate: str
    passed: bool
    told: str
    lost: tuple[Pair, ...] = ()
    absolute: bool = False
    overridable: bool = True


def shared(before: Sequence[Prediction], now: Sequence[Prediction]) -> list[Pair]:
    """The messages that both have read, in the order of the later one."""
    known = {one.text: one for one in before}
    return [Pair(known[one.text], one) for one in now if one.text in known]


class Labelled(Protocol):
    """One message, however often it was read: what it means, None where it is about something else than ours."""

    @property
    def label(self) -> str | None: ...


Message = TypeVar("Message", bound=Labelled)


def ours(messages: Iterable[Message]) -> list[Message]:
    """Without those about something else."""
    return [one for one in messages if one.label is not None]
