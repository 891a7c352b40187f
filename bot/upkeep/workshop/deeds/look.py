"""Sees which models there are."""

from bot.casework.orders import OrderState, Outcome
from bot.settings import load_settings
from bot.upkeep.workshop.job import Job, Tell
from bot.upkeep.workshop.seen import shelf


def carry_out(_job: Job, _tell: Tell) -> Outcome:
    """Changes nothing."""
    return Outcome(OrderState.DONE, shown={"shelf": shelf(load_settings().models).shown})
