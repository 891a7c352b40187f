"""Which model is in service, and how another one comes into service. Imports no Rasa."""

import json
from pathlib import Path

from bot.training.models.errors import ModelError, PromotionRefusedError
from bot.training.models.fits import code_digest
from bot.training.models.trained import IN_SERVICE, TrainedModel, find, models
from bot.training.models.writing import write_whole

WORST_LOSS = 0.02


def in_service(folder: Path) -> Path:
    """The archive of the model in service. Raises ModelError when there is none that fits this code."""
    model = current(folder)
    if model is None:
        raise ModelError(f"no model is in service in {folder}; run `hjemad train` and `hjemad promote`")
    if model.code != code_digest():
        raise ModelError(f"{model.name} was trained with other code; run `hjemad train` and `hjemad promote`")
    return model.archive


def current(folder: Path) -> TrainedModel | None:
    """The model in service, whether or not it fits; None when there is none or its archive is gone."""
    names = _history(folder)
    return next((model for model in models(folder) if names and model.name == names[-1]), None)


def promote(folder: Path, name: str | None = None) -> TrainedModel:
    """Puts a model into service, the one trained last unless named. Raises PromotionRefusedError, ModelError.

    A model in service that does not fit this code serves nobody, so it is no measure for the next; nor is one that was
    measured on other messages.
    """
    candidate, now = find(folder, name), current(folder)
    if candidate.code != code_digest():
        raise PromotionRefusedError(f"{candidate.name} was trained with other code than this; train again")
    comparable = now and (now.code, now.held_out) == (candidate.code, candidate.held_out)
    if now and comparable and now.figures.accuracy - candidate.figures.accuracy > WORST_LOSS:
        raise PromotionRefusedError(
            f"{candidate.name} understands {candidate.figures.accuracy:.1%} of the held-out messages, "
            f"{now.name} in service {now.figures.accuracy:.1%}; at most {WORST_LOSS:.0%} may be lost"
        )
    if now is None or now.name != candidate.name:
        write_whole(folder / IN_SERVICE, {"history": [*_history(folder), candidate.name]})
    return candidate


def rollback(folder: Path) -> TrainedModel:
    """Puts the newest model before this one that fits back into service. Raises ModelError when there is none."""
    history, fitting = _history(folder)[:-1], {m.name: m for m in models(folder) if m.code == code_digest()}
    while history and history[-1] not in fitting:
        history.pop()
    if not history:
        raise ModelError("there is no model before the one in service that fits this code")
    write_whole(folder / IN_SERVICE, {"history": history})
    return fitting[history[-1]]


def _history(folder: Path) -> list[str]:
    file = folder / IN_SERVICE
    if not file.is_file():
        return []
    try:
        names: list[str] = json.loads(file.read_text(encoding="utf-8"))["history"]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{file} cannot be read ({error}); delete it and promote a model") from error
    return names
