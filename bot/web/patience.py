"""How long is waited for whoever is silent, as the settings say."""

from datetime import timedelta

from bot.casework.presence import Patience
from bot.settings import Settings


def patience_of(settings: Settings) -> Patience:
    """What sweeps give back by, and the desk warns by."""
    return Patience(
        absent=timedelta(minutes=settings.silent_claim_minutes),
        unanswered=timedelta(minutes=settings.unanswered_claim_minutes),
        long_wait=timedelta(minutes=settings.long_wait_minutes),
    )
