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
    waited, left = now - unanswered_since, unanswered_since + patience - now
    goes = f"Om {_minutes(ceil(left / MINUTE))}" if left > timedelta(0) else "Nu"
    keep = "Skriv et par ord, hvis du vil beholde den."
    return f"En besked har ventet på dig i {_minutes(waited // MINUTE)}. {goes} går samtalen tilbage i køen. {keep}"


def _minutes(count: int) -> str:
    return "1 minut" if count == 1 else f"{count} minutter"
