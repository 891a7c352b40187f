"""A fixed moment for what is said of times, and the days after it."""

from datetime import date, datetime

from bot.language.time_wish import TimeWish
from bot.language.times import DENMARK, find_time_wish

# A Sunday.
NOW = datetime(2026, 11, 22, 11, 0, tzinfo=DENMARK)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 11, day) for day in range(23, 28))


def wish(text: str, now: datetime = NOW) -> TimeWish | None:
    return find_time_wish(text, now)
