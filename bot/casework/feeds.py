"""A boligagent's own talks in the calendar they already use, read by an address that is a secret."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

# How far back a calendar still shows what was.
PAST_SHOWN = timedelta(days=31)


class Shows(StrEnum):
    """What stands in the calendar, as its agent chose: that there is a talk, or also how and where it is held.

    Never who it is with: a calendar is often shared with a whole office, and is no part of the journal.
    """

    TIME = "time"
    WAY = "way"


@dataclass(frozen=True)
class Feed:
    """Whose talks are read, and what of them."""

    agent: int
    municipality: str
    shows: Shows
