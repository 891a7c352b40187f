"""Whether Hjemad gets better: every model that was in service, in the order in which they came."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.training.models import history
from bot.training.models.trained import TrainedModel, models


@dataclass(frozen=True)
class Served:
    """A model that came into service; `day` is unknown for what older versions kept. `held_out` is what it was measured
    on: figures over other messages cannot be compared.
    """

    name: str
    day: str
    how: str
    reason: str
    accuracy: float
    held_out: str


def served(folder: Path) -> Sequence[Served]:
    """The first one first, without those that are no longer there. Raises ModelError."""
    known = {model.name: model for model in models(folder)}
    return [_served(step, known[step.model]) for step in history.steps(folder) if step.model in known]


def _served(step: history.Step, model: TrainedModel) -> Served:
    day = (step.at or "")[:10]
    return Served(model.name, day, step.how.value, step.reason or "", model.figures.accuracy, model.held_out)
