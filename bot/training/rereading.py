"""Has a model read the held-out messages of today."""

from bot.training.evaluate import evaluate
from bot.training.held_out import held_out
from bot.training.models.predictions import Prediction
from bot.training.models.trained import TrainedModel, checked
from bot.training.understanding import Understanding


def read_anew(model: TrainedModel) -> tuple[Prediction, ...]:
    """What it makes of each of them. Raises ModelError, DataError."""
    return evaluate(Understanding(checked(model).archive), held_out()).predictions
