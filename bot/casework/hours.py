"""The hours in which a boligagent holds talks: what they may be, and which talks stand outside them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Protocol, TypeVar

from bot.casework.free_times import Agent, BookingRules, Opening, danish_day


class HoursError(ValueError):
    """Hours that cannot be; `hours` is the stretch that is wrong."""

    def __init__(self, hours: Opening, what: str) -> None:
        super().__init__(f"hours {hours.start:%H:%M}-{hours.end:%H:%M} {what}")
        self.hours = hours


class HoursEndFirstError(HoursError):
    """They end before they start."""


class HoursOverlapError(HoursError):
    """They begin before those before them on the same day end."""


def checked_hours(hours: Iterable[Opening]) -> tuple[Opening, ...]:
    """The same, by weekday and hour. Raises HoursEndFirstError, HoursOverlapError."""
    in_order = tuple(sorted(hours, key=lambda opening: (opening.weekday, opening.start)))
    for one in in_order:
        if one.start >= one.end:
            raise HoursEndFirstError(one, "end before they start")
    for one, other in pairwise(in_order):
        if one.weekday == other.weekday and other.start < one.end:
            raise HoursOverlapError(other, "begin before those before them end")
    return in_order


class Timed(Protocol):
    """What takes time of an agent."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


T = TypeVar("T", bound=Timed)


def outside_hours(agent: Agent, rules: BookingRules, talks: Iterable[T]) -> Sequence[T]:
    """Those of the agent's talks that stand outside the hours, or on a closed day. They are not lost by that."""
    return [talk for talk in talks if not _lies_within(agent, rules, talk)]


def _lies_within(agent: Agent, rules: BookingRules, talk: Timed) -> bool:
    day = danish_day(talk.starts_at)
    stretches = (hours.on(day) for hours in agent.hours_on(day))
    return day not in rules.closed_days and any(
        start <= talk.starts_at and talk.ends_at <= end for start, end in stretches
    )
