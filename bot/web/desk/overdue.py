"""The words that warn whoever holds a conversation before their silence gives it back."""

from datetime import datetime, timedelta
from math import ceil

from bot.casework.presence import warned

MINUTE = timedelta(minutes=1)


def overdue_words(unanswered_since: datetime | None, patience: timedelta, now: datetime) -> str:
    """As in "En besked har ventet på dig i 25 minutter. Om 5 minutter …".

    Empty while there is time, or nothing to answer.
    """
    if unanswered_since is None or not warned(unanswered_since, patience, now):
        return ""
    waited, goes = now - unanswered_since, _when(unanswered_since + patience, now)
    keep = "Skriv et par ord, hvis du vil beholde den."
    return (
        f"En besked har ventet på dig i {_minutes(waited // MINUTE)}. "
        f"{goes.capitalize()} går samtalen tilbage i køen. {keep}"
    )


def goes_back_words(goes_back_at: datetime | None, now: datetime) -> str:
    """The same in few words, for a list: "går tilbage om 5 minutter"; empty while there is time."""
    return f"går tilbage {_when(goes_back_at, now)}" if goes_back_at else ""


def _when(goes_back_at: datetime, now: datetime) -> str:
    left = goes_back_at - now
    return f"om {_minutes(ceil(left / MINUTE))}" if left > timedelta(0) else "nu"


def _minutes(count: int) -> str:
    return "1 minut" if count == 1 else f"{count} minutter"
