"""Wishes for a time as people write them, each with what a thoughtful human understands, and how ours are read."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from bot.composed_yaml import content_of
from bot.language.day_span import days_from
from bot.language.time_wish import Refused, TimeWish
from bot.language.times import find_time_wish

FILE = "time_wishes.yml"
_DAILY_LIFE = {"after school": time(14, 30), "after work": time(16)}
# Parts of a day have no sharp edges.
_MINUTES_APART = 60
_WITHOUT_SAYING = time(8)
_THIS_YEAR = 2026


class Reading(StrEnum):
    """What became of a wish."""

    RIGHT = "right"
    ASKED = "asked"
    WRONG = "wrong"


@dataclass(frozen=True)
class Wished:
    """A message, and what it means."""

    text: str
    meant: dict[str, Any]

    @property
    def days(self) -> set[date] | None:
        """All that fit; None where any may."""
        if "days" in self.meant:
            return set(self.meant["days"])
        first = self.meant.get("day")
        return set(days_from(first, self.meant.get("last_day") or first)) - self.not_days if first else None

    @property
    def not_days(self) -> set[date]:
        """Those ruled out."""
        return set(self.meant.get("not_days", ()))

    def clock(self, name: str) -> time | None:
        """ "exact", "earliest" or "latest"."""
        said = self.meant.get(name)
        return (_DAILY_LIFE.get(said) or time.fromisoformat(said)) if said else None


@cache
def wishes(file: Path) -> tuple[datetime, tuple[Wished, ...]]:
    """The moment at which all were written, and the wishes."""
    content = content_of(file.read_text(encoding="utf-8"))
    return content["now"], tuple(Wished(one.pop("text"), one) for one in content["wishes"])


def reading(wished: Wished, now: datetime) -> Reading:
    """How the wish is read: right, asked about, or wrong without asking."""
    found = find_time_wish(wished.text, now)
    if found is None or found.unclear:
        return Reading.RIGHT if wished.meant.get("ask") else Reading.ASKED
    return Reading.RIGHT if not wished.meant.get("ask") and _is_right(wished, found) else Reading.WRONG


def _is_right(wished: Wished, found: TimeWish) -> bool:
    if refuse := wished.meant.get("refuse"):
        return _is_refused(refuse, wished, found)
    if "weeks_later" in wished.meant:
        return bool(found.weeks_later == wished.meant["weeks_later"])
    days = set(days_from(found.day, found.last_day or found.day)) - set(found.not_days) if found.day else None
    return (
        found.refused is None
        and days == wished.days
        and (days is not None or set(found.not_days) == wished.not_days)
        and found.exact == wished.clock("exact")
        and _are_near(found.earliest, wished.clock("earliest"))
        and _are_near(found.latest, wished.clock("latest"))
        and (found.soonest == bool(wished.meant.get("soonest")) or bool(found.soonest and (days or found.earliest)))
    )


def _is_refused(refuse: str, wished: Wished, found: TimeWish) -> bool:
    """What is over or at night is refused by its words; a closed or far day by the calendar, which must be told it."""
    if refuse in set(Refused):
        return found.refused == refuse
    if refuse == "holiday":
        return found.day == wished.meant["day"]
    return found.day is not None and found.day.year > _THIS_YEAR


def _are_near(found: time | None, meant: time | None) -> bool:
    if found is None or meant is None:
        return found == meant or (meant is None and found is not None and found <= _WITHOUT_SAYING)
    return abs(found.hour * 60 + found.minute - meant.hour * 60 - meant.minute) <= _MINUTES_APART
