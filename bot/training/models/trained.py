"""The finished models of a folder, each with what is known of it in a file beside it. Imports no Rasa."""

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.training.models.errors import ModelError
from bot.training.models.writing import write_whole

log = logging.getLogger(__name__)

ARCHIVE = ".tar.gz"
IN_SERVICE = "in_service.json"
"""Lies beside the models and tells of none."""


@dataclass(frozen=True)
class Figures:
    """How well a model understands the held-out messages; shares from 0 to 1.

    `strict` counts the label alone, all others what a second reader accepts as well. `calibration_error` is how far
    confidence and truth lie apart on average; `elsewhere_refused` the share of messages about something else that are
    not answered as if they were ours.
    """

    accuracy: float
    strict: float
    macro_f1: float
    best_three: float
    calibration_error: float
    sure_share: float
    sure_accuracy: float
    elsewhere_refused: float


@dataclass(frozen=True)
class TrainedModel:
    """A trained model and what it was made from."""

    archive: Path
    code: str
    data: str
    held_out: str
    trained_at: str
    seconds: float
    figures: Figures

    @property
    def name(self) -> str:
        return self.archive.name.removesuffix(ARCHIVE)


def write_sidecar(model: TrainedModel) -> None:
    """Puts what is known of a model beside its archive; from then on it is found."""
    content = asdict(model) | {"archive": model.archive.name}
    write_whole(model.archive.with_name(f"{model.name}.json"), content)


def models(folder: Path) -> list[TrainedModel]:
    """The finished models, the oldest first; an archive without its sidecar was never finished."""
    found = (_read_sidecar(file, folder) for file in sorted(folder.glob("*.json")) if file.name != IN_SERVICE)
    return [model for model in found if model and model.archive.is_file()]


def find(folder: Path, name: str | None) -> TrainedModel:
    """The model of this name, or the one trained last. Raises ModelError."""
    known = models(folder)
    wanted = [model for model in known if name in (None, model.name, model.archive.name, str(model.archive))]
    if not wanted:
        raise ModelError(f"no model {name!r} in {folder}; known: {', '.join(m.name for m in known) or 'none'}")
    return wanted[-1]


def _read_sidecar(file: Path, folder: Path) -> TrainedModel | None:
    """None for one that is none of ours, or of another version: a stray file must not keep the bot from starting."""
    try:
        content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        figures = Figures(**content.pop("figures"))
        return TrainedModel(**content | {"archive": folder / content["archive"], "figures": figures})
    except (ValueError, KeyError, TypeError) as error:
        log.warning("%s is passed over: %s %s", file, type(error).__name__, error)
        return None
