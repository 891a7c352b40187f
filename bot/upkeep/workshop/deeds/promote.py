"""Puts a model into service, past the gates or with a reason."""

from bot.casework.orders import OrderState, Outcome
from bot.settings import load_settings
from bot.training.files import DataError
from bot.training.models.errors import ModelError, PromotionRefusedError
from bot.training.promotion import Override, RefusedByGatesError, promote
from bot.training.rereading import read_anew
from bot.upkeep.overriding import note_override
from bot.upkeep.workshop.job import Job, Tell
from bot.upkeep.workshop.seen import judged, shelf

OTHER_CODE = "Modellen er lavet til en anden udgave af Hjemad. Træn en ny."
CANNOT_BE_USED = "Modellen kan ikke bruges: Den er væk, eller dens fil er ændret. Træn en ny."


def carry_out(job: Job, tell: Tell) -> Outcome:
    """As `hjemad promote` of the model `given["model"]`; `given["why"]` is the reason of an override, if any."""
    folder = load_settings().models
    tell("Judging")
    reason = job.given.get("why", "").strip()
    override = Override(reason, note_override) if reason else None
    try:
        judgement = promote(folder, job.given["model"], reread=read_anew, override=override)
    except RefusedByGatesError as error:
        return Outcome(
            OrderState.REFUSED, shown={"judged": judged(error.judgement).shown, "shelf": shelf(folder).shown}
        )
    except PromotionRefusedError:
        return Outcome(OrderState.REFUSED, [OTHER_CODE])
    except (ModelError, DataError):
        return Outcome(OrderState.REFUSED, [CANNOT_BE_USED])
    return Outcome(OrderState.DONE, shown={"judged": judged(judgement).shown, "shelf": shelf(folder).shown})
