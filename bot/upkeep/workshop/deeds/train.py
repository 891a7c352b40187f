"""Trains a model, and tells what the gates say of it."""

from pathlib import Path

from bot.casework.orders import OrderState, Outcome
from bot.safety.graded import GradedError
from bot.settings import load_settings
from bot.terminal import console
from bot.training.danger_models.telling import see_to_danger
from bot.training.doubts import doubts
from bot.training.files import DataError
from bot.training.models.errors import ModelError
from bot.training.models.trained import TrainedModel
from bot.training.promotion import judge
from bot.training.reporting.page import write_page
from bot.training.rereading import read_anew
from bot.training.train import TrainingError, train_model
from bot.upkeep.workshop.job import Job, Tell
from bot.upkeep.workshop.seen import judged, shelf

BAD_DATA = "Der er fejl i det, robotten skal lære af. Der er ikke lavet nogen model."
NOT_TRAINED = "Træningen kom ikke til ende. Der er ikke lavet nogen model."


def carry_out(_job: Job, tell: Tell) -> Outcome:
    """As `hjemad train`: the model is put into service by nobody, a classifier of danger unless it is worse."""
    folder = load_settings().models
    try:
        tell("Looking after danger")
        see_to_danger(console, folder)
        told = doubts(tell)
        model, _ = train_model(folder, tell)
    except (DataError, GradedError) as error:
        return Outcome(OrderState.REFUSED, [BAD_DATA], {"faults": str(error).splitlines()})
    except (TrainingError, ModelError) as error:
        return Outcome(OrderState.FAILED, [NOT_TRAINED], {"faults": str(error).splitlines()})
    return _judged(folder, model, told, tell)


def _judged(folder: Path, model: TrainedModel, told: list[str], tell: Tell) -> Outcome:
    tell("Judging")
    shown = {"shelf": shelf(folder).shown, "model": model.name, "doubts": told}
    try:
        shown["judged"] = judged(judge(folder, model.name, reread=read_anew)).shown
        page = write_page(model).read_text(encoding="utf-8")
    except (ModelError, DataError) as error:
        # The model is there all the same; what puts it into service looks again.
        return Outcome(OrderState.DONE, shown=shown | {"faults": str(error).splitlines()})
    return Outcome(OrderState.DONE, shown=shown, page=page)
