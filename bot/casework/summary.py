"""What is known of a conversation without a word of it: for whoever is about to take it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.casework.conversations import Kind, Sender

MOST_TOPICS = 3


@dataclass(frozen=True)
class Spoken:
    """Messages of one conversation that are alike, by who sent them, their kind, what they are about, and `final`.

    `last` is the newest of them.
    """

    sender: Sender
    kind: Kind
    about: str | None
    final: bool
    count: int
    last: int
    last_at: datetime


@dataclass(frozen=True)
class Facts:
    """What the messages tell that may be read: `topics` are names of meanings, the one written about last first.

    `answers`: how often the robot answered; `helped_at`: when it last showed whom to call; `written`, `written_at`: how
    often a caseworker wrote, and when last.
    """

    topics: tuple[str, ...] = ()
    answers: int = 0
    helped_at: datetime | None = None
    written: int = 0
    written_at: datetime | None = None


def facts_from(spoken: Iterable[Spoken], titles: Mapping[str, str | None]) -> Facts:
    """The facts of one conversation; `titles` has the meanings that are topics."""
    newest = sorted(spoken, key=lambda one: one.last, reverse=True)
    topics = [one.about for one in newest if one.sender is Sender.YOUNG and one.about and titles.get(one.about)]
    by_bot = [one for one in newest if one.sender is Sender.BOT]
    helped = [one.last_at for one in by_bot if one.kind is Kind.DANGER]
    by_human = [one for one in newest if one.sender is Sender.CASEWORKER]
    return Facts(
        topics=tuple(topics[:MOST_TOPICS]),
        answers=sum(one.count for one in by_bot if one.final),
        helped_at=helped[0] if helped else None,
        written=sum(one.count for one in by_human),
        written_at=by_human[0].last_at if by_human else None,
    )
