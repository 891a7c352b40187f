"""Puts the model before the one in service back into service."""

from bot.casework.orders import OrderState, Outcome
from bot.settings import load_settings
from bot.training.models.errors import ModelError
from bot.training.models.service import rollback
from bot.upkeep.workshop.job import Job, Tell
from bot.upkeep.workshop.seen import shelf

NONE_BEFORE = "Der er ingen model før den, der kan tages i brug."


def carry_out(job: Job, _tell: Tell) -> Outcome:
    """As `hjemad rollback`; refused where another model is in service by now than the one whose maintainer saw it."""
    folder = load_settings().models
    seen = shelf(folder)
    if seen.serving is None or seen.serving.name != job.given["from"] or seen.before is None:
        return Outcome(OrderState.REFUSED, [_why(seen.before)], {"shelf": seen.shown})
    try:
        model = rollback(folder)
    except ModelError:
        return Outcome(OrderState.REFUSED, [NONE_BEFORE], {"shelf": seen.shown})
    return Outcome(OrderState.DONE, shown={"shelf": shelf(folder).shown, "model": model.name})


def _why(before: str | None) -> str:
    return "En anden model er taget i brug imens. Se efter igen." if before else NONE_BEFORE
