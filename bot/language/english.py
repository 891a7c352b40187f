"""English words for moments, for those who write English."""

from datetime import datetime

from babel.dates import format_datetime

from bot.casework.free_times import DANISH_TIME


def spoken_time(moment: datetime) -> str:
    """An aware moment in full: "Wednesday 4 November at 14:30"."""
    return format_datetime(moment.astimezone(DANISH_TIME), "EEEE d MMMM 'at' HH:mm", locale="en_GB")


def short_time(moment: datetime) -> str:
    """An aware moment for a button: "Wed 4 Nov, 14:30"."""
    return format_datetime(moment.astimezone(DANISH_TIME), "E d MMM, HH:mm", locale="en_GB")


def clock(moment: datetime) -> str:
    """The time of day alone: "14:30"."""
    return format_datetime(moment.astimezone(DANISH_TIME), "HH:mm", locale="en_GB")
