"""How long what is kept: the days a municipality has set, and what a conversation counts as."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

LONGEST_DAYS = 3650
# A day more than the store itself demands (migration 0006), whose clock may be another one.
SHORTEST_AUDIT_DAYS = 366


class KeepingError(ValueError):
    """Days that cannot be used; the message names them and says why."""


class Course(StrEnum):
    """What has happened in a conversation. It is the first of these that holds."""

    DANGER = "danger"
    HUMAN = "human"
    TALK = "talk"
    QUIET = "quiet"


@dataclass(frozen=True)
class Keeping:
    """For how many days a municipality keeps what, each counted from the last thing that happened to it.

    `quiet`, `talk`, `human`, `danger`: a conversation of that course, from its last message; `talk` also a talk that is
    over, from its end. `danger_log`, `audit_log`: lines without any text. `figures`: counts, in fives.
    """

    quiet: int = 30
    talk: int = 60
    human: int = 180
    danger: int = 180
    danger_log: int = 730
    audit_log: int = 730
    figures: int = 1095

    def __post_init__(self) -> None:
        for name, days in vars(self).items():
            if type(days) is not int or not 1 <= days <= LONGEST_DAYS:
                raise KeepingError(f"{name}: {days!r} is no number of days between 1 and {LONGEST_DAYS}")
        if self.danger_log < max(self.days(course) for course in Course):
            raise KeepingError("danger_log: why a conversation was raised stays known as long as it stands")
        if self.audit_log < max(SHORTEST_AUDIT_DAYS, *(self.days(course) for course in Course)):
            raise KeepingError(
                f"audit_log: who has read a conversation stays known as long as it stands, "
                f"and for {SHORTEST_AUDIT_DAYS} days at least"
            )

    def days(self, course: Course) -> int:
        """For how long a conversation of this course is kept."""
        days: int = getattr(self, course)
        return days


def keeping_from(days: Mapping[str, int]) -> Keeping:
    """The days a municipality has set, and ours where it has set none. Raises KeepingError."""
    if not isinstance(days, Mapping):
        raise KeepingError(f"keeps_days: {days!r} is no list of days by name")
    if unknown := days.keys() - vars(Keeping()).keys():
        raise KeepingError(f"{', '.join(sorted(unknown))}: nothing of that name is kept")
    return replace(Keeping(), **days)


def limit(days: int, now: datetime) -> datetime:
    """What happened at this moment or before has been kept long enough."""
    return now - timedelta(days=days)
