"""A conversation, its messages, and who answers in it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Holder(StrEnum):
    """Who answers. `waiting` means that a human was asked for; the bot goes on answering meanwhile."""

    BOT = "bot"
    WAITING = "waiting"
    HUMAN = "human"


class Sender(StrEnum):
    """Who wrote a message."""

    YOUNG = "young"  # or a helper: see Writer
    BOT = "bot"
    CASEWORKER = "caseworker"
    SYSTEM = "system"


class Writer(StrEnum):
    """Who writes in a conversation from outside: a young person, or a helper who is worried about one."""

    YOUNG = "young"
    HELPER = "helper"


class Kind(StrEnum):
    """How a message is shown."""

    TEXT = "text"
    DANGER = "danger"
    FORM = "form"
    BOOKING = "booking"
    NOTICE = "notice"


class ConversationNotFoundError(Exception):
    """No such conversation, or it was erased."""


class AlreadyClaimedError(Exception):
    """Another caseworker holds the conversation."""


class NotHolderError(Exception):
    """Only the caseworker who holds the conversation may do this."""


class MessageDiffersError(Exception):
    """The same message was sent before with other words."""


class NotHeldError(Exception):
    """Nobody holds the conversation, so it cannot be taken over."""


@dataclass(frozen=True)
class Button:
    """A quick reply: what it says and what it sends."""

    title: str
    payload: str


@dataclass(frozen=True)
class Draft:
    """A message before the store has given it its number."""

    sender: Sender
    text: str
    kind: Kind = Kind.TEXT
    buttons: tuple[Button, ...] = ()
    sources: tuple[dict[str, Any], ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    final: bool = False
    reply_to: int | None = None
    client_id: str | None = None
    payload: str | None = None
    answered: bool = True


@dataclass(frozen=True, kw_only=True)
class Message(Draft):
    """A stored message; `sequence` is its number in the conversation, from 1 without a gap.

    `for_human`: written when a human had been asked for or was there, so that any caseworker may read it.
    `about`: the name of what it was surely understood as; None until then, and for all but the young person's.
    """

    conversation: str
    municipality: str
    sequence: int
    created_at: datetime
    for_human: bool = False
    about: str | None = None


@dataclass(frozen=True)
class Danger:
    """How dangerous it looks (0 to 3) and of which kinds; of a message or of a whole conversation."""

    level: int = 0
    kinds: tuple[str, ...] = ()

    def raised_by(self, other: "Danger") -> "Danger":
        """Both together; a level is only ever raised here."""
        if not other.level:
            return self
        return Danger(max(self.level, other.level), tuple(sorted({*self.kinds, *other.kinds})))


@dataclass(frozen=True)
class Conversation:
    """One conversation of one young person, or a helper, with one municipality.

    `writer` is None until it is told who writes, which most never tell: they are young. `safe_said_at` is when they
    said that they are safe, with no danger since; `eased_at` when the level fell for it. `kept_form` is
    what a danger came in the middle of, until it was offered again. `back_at` is when it came back into the queue
    because who had it had gone; `waiting_since` is then from before. `team` is whose it is first, while it waits.
    """

    id: str
    municipality: str
    locale: str
    holder: Holder
    held_by: int | None
    danger: Danger
    waiting_since: datetime | None
    asks: str | None
    writer: Writer | None
    created_at: datetime
    safe_said_at: datetime | None = None
    eased_at: datetime | None = None
    kept_form: str | None = None
    back_at: datetime | None = None
    team: str | None = None
