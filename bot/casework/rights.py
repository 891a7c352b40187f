"""Who may do what at the desk: one table, from roles to rights. Whatever it does not give is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Role(StrEnum):
    """What somebody is at the desk of their municipality; a person may be several."""

    CASEWORKER = "caseworker"
    BOLIGAGENT = "boligagent"
    LEAD = "lead"
    MAINTAINER = "maintainer"
    ADMINISTRATOR = "administrator"
    BEFORE = "before"
    """Who worked here before there were roles: may do what everybody could then. Given to nobody anew."""


class Right(StrEnum):
    """One thing that somebody may do at the desk."""

    COME_IN = "come_in"
    """Come to the desk and leave it."""
    QUEUE = "queue"
    """See who waits and who is in danger: no word of what was written."""
    READ = "read"
    """Read a conversation, as far as its young person has opened it."""
    ANSWER = "answer"
    """Take a conversation, from a colleague too, write in it, hand it back, give it to a colleague, close it."""
    CALM = "calm"
    """Say that a danger is over."""
    TALKS = "talks"
    """See talks and how their people are reached: one's own."""
    TALKS_OF_ALL = "talks_of_all"
    BOOK = "book"
    """Book for somebody who calls; move a talk that was called off, cancel it, note whether people met."""
    DAYS = "days"
    """See hours, set those of one day, and call the day off: one's own."""
    DAYS_OF_ALL = "days_of_all"
    WEEKS = "weeks"
    """Set the hours of every week, and open or close a calendar's address: one's own."""
    WEEKS_OF_ALL = "weeks_of_all"
    AGENTS = "agents"
    """Add a boligagent, give their talks to colleagues, remove them."""
    AUDIT = "audit"
    """Read who did what."""
    READY_ANSWERS = "ready_answers"
    """Write the answers that caseworkers choose among."""
    FIGURES = "figures"
    """See numbers of the whole municipality."""
    PEOPLE = "people"
    """See who is signed in, sign them out, and reset their second factor."""
    RETRAINING = "retraining"
    """See what was misread, and let the robot learn."""


BEYOND_OWN: Mapping[Right, Right] = {
    Right.TALKS: Right.TALKS_OF_ALL,
    Right.DAYS: Right.DAYS_OF_ALL,
    Right.WEEKS: Right.WEEKS_OF_ALL,
}
"""Rights that reach as far as one's own talks and hours, and those by which they reach everybody's."""

ALWAYS = frozenset({Right.COME_IN})
"""What anybody may who can sign in, whatever their roles."""

_ANSWERING = frozenset({Right.QUEUE, Right.READ, Right.ANSWER, Right.CALM})
_ALL_TALKS = frozenset({Right.TALKS, Right.TALKS_OF_ALL})
_ALL_DAYS = frozenset({Right.DAYS, Right.DAYS_OF_ALL})
_ALL_WEEKS = frozenset({Right.WEEKS, Right.WEEKS_OF_ALL})

# Why each of them: docs/decisions/0023-who-may-do-what-at-the-desk.md.
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.CASEWORKER: _ANSWERING | _ALL_TALKS | _ALL_DAYS | {Right.BOOK},
    Role.BOLIGAGENT: _ANSWERING | {Right.TALKS, Right.BOOK, Right.DAYS, Right.WEEKS},
    Role.LEAD: _ALL_TALKS
    | _ALL_DAYS
    | _ALL_WEEKS
    | {Right.QUEUE, Right.AGENTS, Right.AUDIT, Right.READY_ANSWERS, Right.FIGURES, Right.PEOPLE},
    Role.MAINTAINER: frozenset({Right.FIGURES, Right.RETRAINING}),
    Role.ADMINISTRATOR: frozenset({Right.FIGURES, Right.PEOPLE}),
    Role.BEFORE: _ANSWERING | _ALL_TALKS | _ALL_DAYS | _ALL_WEEKS | {Right.BOOK, Right.AGENTS},
}


class NotAllowedError(Exception):
    """Somebody tried what none of their roles gives them the right to."""

    def __init__(self, right: Right) -> None:
        super().__init__(right.value)
        self.right = right


@dataclass(frozen=True)
class Access:
    """What somebody may do by their roles; `agent` is the boligagent whose talks and hours are their own."""

    roles: frozenset[Role] = frozenset()
    agent: int | None = None

    @cached_property
    def rights(self) -> frozenset[Right]:
        return ALWAYS.union(*(RIGHTS[role] for role in self.roles))

    def may(self, right: Right, agent: int | None = None) -> bool:
        """Whether they have the right; with a boligagent, also for that one's talks and hours."""
        return self._missing(right, agent) is None

    def check(self, right: Right, agent: int | None = None) -> None:
        """Raises NotAllowedError where they may not, with the right that they miss."""
        if missing := self._missing(right, agent):
            raise NotAllowedError(missing)

    def _missing(self, right: Right, agent: int | None) -> Right | None:
        if right not in self.rights:
            return right
        beyond = BEYOND_OWN.get(right)
        if agent in (None, self.agent) or beyond is None or beyond in self.rights:
            return None
        return beyond
