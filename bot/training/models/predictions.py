"""What a model made of each held-out message, kept beside it so that another can be held against it years later."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.training.models.errors import ModelError
from bot.training.models.trained import TrainedModel, beside, sha256_of
from bot.training.models.writing import as_json, write_whole

SUFFIX = ".predictions.json"


@dataclass(frozen=True)
class Prediction:
    """One held-out message, what it means, and what it was read as.

    `accepted` holds all that counts as right; a message about something else than ours has no `label`. `sure` is
    whether the bot would answer by it instead of asking.
    """

    text: str
    label: str | None
    accepted: tuple[str, ...]
    read: str | None
    confidence: float
    sure: bool


def predictions_file(archive: Path) -> Path:
    """Where the predictions of this archive lie."""
    return beside(archive, SUFFIX)


def write_predictions(archive: Path, predictions: Sequence[Prediction]) -> str:
    """Puts them beside the archive, whole or not at all; returns the SHA-256 that belongs into the sidecar.

    Raises ModelError.
    """
    file = predictions_file(archive)
    write_whole(file, as_json([asdict(one) for one in predictions]))
    return sha256_of(file)


def predictions_of(model: TrainedModel) -> tuple[Prediction, ...]:
    """What was kept with the model. Raises ModelError when that is gone or not what was written."""
    file = predictions_file(model.archive)
    if sha256_of(file) != model.predictions:
        raise ModelError(f"{file} is not what was written at the training: its SHA-256 is another; train again")
    entries = json.loads(file.read_text(encoding="utf-8"))
    return tuple(Prediction(**entry | {"accepted": tuple(entry["accepted"])}) for entry in entries)
