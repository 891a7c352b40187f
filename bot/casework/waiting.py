"""In which order those who wait are to be taken: danger first, and yet nobody waits for ever. Why so: ADR 0025."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.casework.conversations import Conversation

LONG_WAIT = timedelta(minutes=30)
"""Whoever has waited for less is moved up before nobody."""
TURN = 4
"""Of so many who are taken one is whoever has waited longest, while nobody waits in acute danger."""
TURN_BESIDE_ACUTE = 10
"""The same while somebody in acute danger waits as well."""


TEAM_FIRST = timedelta(minutes=10)
"""So long a conversation that was given to a team, and is in no danger, is shown to that team alone."""


@dataclass(frozen=True)
class Reader:
    """A caseworker who looks at the queue. Conversations of their `team` stand first among those in the same danger."""

    team: str | None = None


@dataclass(frozen=True)
class Turn:
    """Whose turn it is for having waited longest, and the place, from 1, at which they stand or before it."""

    longest: Conversation
    place: int


@dataclass(frozen=True)
class Line:
    """The first of those who wait, in the order in which they are to be taken, and how many wait in all.

    `longest` has waited longest of all, and long; None while nobody has. `moved_up`: they stand before somebody in
    more danger for it.
    """

    first: Sequence[Conversation]
    in_all: int
    longest: str | None
    moved_up: bool


def urgency(waiting: Conversation) -> tuple[int, datetime, str]:
    """Sorts by danger, and among the same danger by who has waited longer: the smallest is the most urgent."""
    return -waiting.danger.level, *age(waiting)


def age(waiting: Conversation) -> tuple[datetime, str]:
    """Sorts by who has waited longer, with an order also for those who came at once: the smallest has longest."""
    assert waiting.waiting_since
    return waiting.waiting_since, waiting.id


def has_waited_long(waiting: Conversation, now: datetime) -> bool:
    """Whether it is so long that they may be moved up; False for one that does not wait."""
    return waiting.waiting_since is not None and now - waiting.waiting_since >= LONG_WAIT


def turn_of(longest: Conversation, passed_over: int, acute: int, now: datetime) -> Turn | None:
    """Moves whoever has waited longest one place up for each other one who is taken; None while nobody has waited long.

    `passed_over`: how many were taken since whoever had waited longest was. `acute`: how many wait in acute danger.

    The bound: from the moment somebody has waited LONG_WAIT, they are taken within TURN_BESIDE_ACUTE * (k + 1) claims
    from the top, where k is how many have waited longer; within TURN * (k + 1) when nobody in acute danger waits
    meanwhile. It holds whoever comes meanwhile, how many, in which danger, and whomever others take out of turn.
    """
    if not has_waited_long(longest, now):
        return None
    behind_acute = min(acute + 1, TURN_BESIDE_ACUTE - passed_over)
    return Turn(longest, max(1, TURN - passed_over, behind_acute))


def line_of(by_urgency: Sequence[Conversation], in_all: int, turn: Turn | None) -> Line:
    """The order in which they are to be taken.

    `by_urgency`: all `in_all` who wait, or as many of the most urgent, TURN_BESIDE_ACUTE at least.
    """
    if turn is None:
        return Line(by_urgency, in_all, None, moved_up=False)
    longest, place = turn.longest, turn.place
    if any(one.id == longest.id for one in by_urgency[:place]):
        return Line(by_urgency, in_all, longest.id, moved_up=False)
    others = [one for one in by_urgency if one.id != longest.id]
    return Line([*others[: place - 1], longest, *others[place - 1 :]], in_all, longest.id, moved_up=True)


def place_of(waiting: Conversation, rank: int, turn: Turn | None) -> int:
    """The place in that order, from 1, of one whose place by urgency alone is `rank`."""
    if turn is None:
        return rank
    if waiting.id == turn.longest.id:
        return min(rank, turn.place)
    return rank + 1 if rank >= turn.place and urgency(waiting) < urgency(turn.longest) else rank
