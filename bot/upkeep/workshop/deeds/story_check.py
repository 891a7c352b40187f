"""Says what is wrong with a story or a rule, or what changes in the data by it."""

from bot.casework.orders import Outcome
from bot.upkeep.workshop import story
from bot.upkeep.workshop.job import Job, Tell


def carry_out(job: Job, _tell: Tell) -> Outcome:
    """Changes nothing."""
    return story.carry_out(job, dry_run=True)
