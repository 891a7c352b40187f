"""Trains a model, and tells what the gates say of it."""

import re
from collections.abc import Sequence
from pathlib import Path

from bot.casework.orders import OrderState, Outcome
from bot.safety.graded import GradedError
from bot.safety.in_service import FOLDER
from bot.settings import load_settings
from bot.terminal import console
from bot.training.danger_models.promotion import serving
from bot.training.danger_models.telling import see_to_danger
from bot.training.danger_models.versions import remembered
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
DANGER_SERVES = "Det, der hører fare, er også lært om. Det er i brug nu."
DANGER_REFUSED = "Det, der hører fare, blev lært om, men overhører mere. Det er ikke taget i brug."
QUOTED = re.compile(r"""(?<!\w)'(?:[^'\\]|\\.)*'(?!\w)|"(?:[^"\\]|\\.)*\"""")
"""As Python writes a text."""
NOT_TRAINED = "Træningen kom ikke til ende. Der er ikke lavet nogen model."


def carry_out(_job: Job, tell: Tell) -> Outcome:
    """As `hjemad train`: the model is put into service by nobody, a classifier of danger unless it is worse."""
    folder = load_settings().models
    try:
        _see_to_danger(folder, tell)
        told = without_words(doubts(tell))
        model, _ = train_model(folder, tell)
    except (DataError, GradedError) as error:
        return Outcome(OrderState.REFUSED, [BAD_DATA], {"faults": without_words(str(error).splitlines())})
    except (TrainingError, ModelError) as error:
        return Outcome(OrderState.FAILED, [NOT_TRAINED], {"faults": str(error).splitlines()})
    return _judged(folder, model, told, tell)


def without_words(lines: Sequence[str]) -> list[str]:
    """The lines without what stands in quotes: every municipality reads them, and it may be a young person's words."""
    return [QUOTED.sub("…", line) for line in lines]


def _see_to_danger(folder: Path, tell: Tell) -> None:
    tell("Looking after danger")
    before, known = _serving_danger(folder), len(remembered(folder / FOLDER))
    see_to_danger(console, folder)
    if _serving_danger(folder) != before:
        tell.line(DANGER_SERVES)
    elif len(remembered(folder / FOLDER)) > known:
        tell.line(DANGER_REFUSED)


def _serving_danger(folder: Path) -> str | None:
    found = serving(folder / FOLDER)
    return found.name if found else None


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
