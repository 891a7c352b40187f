"""Which model is in service, and how the one before it comes back. Imports no Rasa."""

import logging
from pathlib import Path

from bot.training.models import history
from bot.training.models.errors import ModelError
from bot.training.models.fits import code_digest
from bot.training.models.history import How
from bot.training.models.trained import TrainedModel, checked, models, unusable

log = logging.getLogger(__name__)


def in_service(folder: Path) -> Path:
    """The archive of the model in service. Raises ModelError when there is none that fits this code and is whole."""
    model = current(folder)
    if model is None:
        raise ModelError(_none_in_service(folder))
    if model.code != code_digest():
        raise ModelError(f"{model.name} was trained with other code; run `hjemad train` and `hjemad promote`")
    return checked(model).archive


def current(folder: Path) -> TrainedModel | None:
    """The model in service, whether or not it fits; None when there is none or its archive is gone."""
    name = name_in_service(folder)
    return next((model for model in models(folder) if model.name == name), None)


def name_in_service(folder: Path) -> str | None:
    """What the history says, whether or not that model is still there. Raises ModelError."""
    standing = history.standing(history.steps(folder))
    return standing[-1].model if standing else None


def rollback(folder: Path) -> TrainedModel:
    """Puts the newest model before this one that fits and is whole back into service.

    Raises ModelError when there is none.
    """
    with history.alone(folder):
        before = one_before(folder)
        if before is None:
            raise ModelError("there is no model before the one in service that fits this code")
        history.add(folder, before.name, How.ROLLED_BACK)
        return before


def one_before(folder: Path) -> TrainedModel | None:
    """The model that a rollback would put into service, if there is one. Raises ModelError."""
    fitting = {model.name: model for model in models(folder) if model.code == code_digest()}
    served = [step.model for step in history.standing(history.steps(folder))]
    names = (name for name in reversed(served) if name != served[-1] and name in fitting)
    return next((fitting[name] for name in names if _is_whole(fitting[name])), None)


def _none_in_service(folder: Path) -> str:
    name = name_in_service(folder)
    if why := unusable(folder).get(name or ""):
        return f"{name} is in service and {why}; run `hjemad train` and `hjemad promote`"
    return f"no model is in service in {folder}; run `hjemad train` and `hjemad promote`"


def _is_whole(model: TrainedModel) -> bool:
    try:
        return bool(checked(model))
    except ModelError as error:
        log.warning("%s is passed over: %s", model.name, error)
        return False
