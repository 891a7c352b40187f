"""A human lowers the danger of a conversation, and says why: kept for review, the words of it with the conversation."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.casework.conversations import Conversation

LONGEST_WHY = 200


class Why(StrEnum):
    """Why a human finds it less dangerous."""

    TALKED = "talked"
    MISUNDERSTOOD = "misunderstood"
    HELP_COMING = "help_coming"
    OTHER = "other"


class BadLoweringError(Exception):
    """No level or no reason of ours, too many words, or "other" without any."""


class NotLowerError(Exception):
    """The danger is lower than that already."""


class DangerRoseError(Exception):
    """A message of danger has come since what the caseworker saw."""


@dataclass(frozen=True)
class Wish:
    """What was asked for. `level` and `why` are None where they are none of ours.

    `seen` is the number of the newest message of danger when the form was made; None where it was not told.
    """

    level: int | None
    why: Why | None
    words: str = ""
    seen: int | None = None


@dataclass(frozen=True)
class Decision:
    """To which level, and why."""

    level: int
    why: Why
    words: str


@dataclass(frozen=True)
class Lowering:
    """One time that a human lowered a danger. Once it is erased, `conversation` is None and the words are gone."""

    municipality: str
    conversation: str | None
    before: int
    after: int
    why: Why
    words: str
    by_name: str
    at: datetime


def decided(wish: Wish, conversation: Conversation, newest: int) -> Decision | None:
    """What is to be done; None when it stands at that level already, as after a second click.

    `newest` is the number of the newest message of danger, of whatever level.
    Raises BadLoweringError, NotLowerError, DangerRoseError.
    """
    words = wish.words.strip()
    if wish.level is None or wish.why is None or len(words) > LONGEST_WHY:
        raise BadLoweringError
    if wish.why is Why.OTHER and not words:
        raise BadLoweringError
    if wish.seen is not None and newest > wish.seen:
        raise DangerRoseError
    if wish.level > conversation.danger.level:
        raise NotLowerError
    return Decision(wish.level, wish.why, words) if wish.level < conversation.danger.level else None
