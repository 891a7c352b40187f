"""Two days on which the demo municipality is open, so that no conversation depends on the week it is held in."""

from datetime import date, datetime, timedelta

from bot.casework.free_times import DANISH_TIME
from bot.municipality.towns import load_municipalities
from bot.municipality.week import WEEKDAYS

MONDAY_TO_THURSDAY = range(4)
"""On a Friday the office closes early."""


def open_days(today: date | None = None) -> dict[str, str]:
    """The Danish names of the last two open days from Monday to Thursday among the coming seven, the sooner first."""
    start = today or datetime.now(DANISH_TIME).date()
    closed = load_municipalities()["eksempel"].rules.closed_days
    coming = [start + timedelta(days=ahead) for ahead in range(1, 8)]
    first, second = [day for day in coming if day.weekday() in MONDAY_TO_THURSDAY and day not in closed][-2:]
    return {"{first_day}": WEEKDAYS[first.weekday()], "{second_day}": WEEKDAYS[second.weekday()]}
