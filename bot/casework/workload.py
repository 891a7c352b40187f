"""How much there is to do, of all municipalities together, for those who run the product."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Workload:
    """Counts at one moment, and seconds.

    `waiting`: how many wait for a human, `in_danger` of them in danger of level 2 or more. `unanswered`: messages that
    the robot has not answered. `ahead`: talks to come. `reminders`, `notices` (to who is on call): how many wait to be
    sent, and `*_late` of them should have been. `serving`: by model how many dialogue servers say that they serve.
    """

    waiting: int
    longest_wait: float
    in_danger: int
    held: int
    unanswered: int
    oldest_unanswered: float
    ahead: int
    reminders: int
    reminders_late: int
    notices: int
    notices_late: int
    serving: Mapping[str, int]
