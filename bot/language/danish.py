"""Danish words for moments, as people say and write them."""

from datetime import date, datetime

from babel.dates import format_date, format_datetime

from bot.casework.free_times import DANISH_TIME


def spoken_time(moment: datetime) -> str:
    """An aware moment in full: "onsdag den 4. november kl. 14.30"."""
    return format_datetime(moment.astimezone(DANISH_TIME), "EEEE 'den' d. MMMM 'kl.' HH.mm", locale="da")


def short_time(moment: datetime) -> str:
    """An aware moment for a button: "ons. 4. nov. kl. 14.30"."""
    return format_datetime(moment.astimezone(DANISH_TIME), "E d. MMM 'kl.' HH.mm", locale="da")


def spoken_day(moment: datetime) -> str:
    """The day of an aware moment: "onsdag den 4. november"."""
    return format_datetime(moment.astimezone(DANISH_TIME), "EEEE 'den' d. MMMM", locale="da")


def spoken_date(day: date) -> str:
    """A day without its year: "onsdag den 4. november"."""
    return format_date(day, "EEEE 'den' d. MMMM", locale="da")


def short_day(day: date) -> str:
    """A day for the head of a column: "ons. 4. nov."."""
    return format_date(day, "E d. MMM", locale="da")


def short_date(day: date) -> str:
    """A day with its year: "28. nov. 2026"."""
    return format_date(day, "d. MMM y", locale="da")


def clock(moment: datetime) -> str:
    """The time of day alone: "14.30"."""
    return format_datetime(moment.astimezone(DANISH_TIME), "HH.mm", locale="da")


def spoken_days(days: int) -> str:
    """So many days as people say them: "1 dag", "30 dage", "2 år"."""
    years, rest = divmod(days, 365)
    if years and not rest:
        return f"{years} år"
    return "1 dag" if days == 1 else f"{days} dage"
