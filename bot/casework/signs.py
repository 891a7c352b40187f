"""What two who write with each other are told of each other: that one types, what one has seen. Why so: ADR 0030."""

from dataclasses import dataclass
from datetime import datetime, timedelta

TYPING_FOR = timedelta(seconds=6)
"""So long a sign of typing holds; whoever goes on typing gives a new one before."""


class NoSuchMessageError(Exception):
    """No message can have this number."""


@dataclass(frozen=True)
class Signs:
    """What one of them is told of the other, while a human has the conversation; else nothing.

    `typing`: the shown name of the caseworker who types, or `young`; `until` is how long that holds. `seen`: the
    number of the last message that the other has had on screen; to the young person, of the last of their own.
    """

    typing: str | None = None
    until: datetime | None = None
    seen: int | None = None


NO_SIGNS = Signs()


@dataclass(frozen=True)
class Told:
    """What the young person's page tells; None tells nothing. `seen`: the number of the newest message on screen.

    `after`: the number of the newest message that the page had when they typed. One of theirs with a higher number
    has ended that already: the sign comes late.
    """

    typing: bool | None = None
    seen: int | None = None
    after: int | None = None
