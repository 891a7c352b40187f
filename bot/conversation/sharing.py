"""What a young person shares with the caseworkers: how it stands, a yes to a part, and taking it back."""

from dataclasses import dataclass
from datetime import datetime

from bot.casework.consent import NothingToShareError, Shared, give, opened_by_danger, take_back
from bot.casework.conversations import Conversation
from bot.store.store import Work


@dataclass(frozen=True)
class Part:
    """How one part stands. `exists`: there is something to share; `since`: when it was shared, None if it is not.

    `in_danger`: caseworkers may read it now even without a yes.
    """

    exists: bool
    since: datetime | None
    in_danger: bool


def parts(work: Work, conversation: Conversation) -> dict[Shared, Part]:
    """How each part of this conversation stands."""
    given, opened = work.consents.of(conversation.id), opened_by_danger(conversation)
    return {part: Part(_exists(work, conversation.id, part), given.get(part), part in opened) for part in Shared}


def share(work: Work, conversation: Conversation, part: Shared, now: datetime) -> None:
    """Lets the caseworkers read a part; a second yes changes nothing. Raises NothingToShareError."""
    if not _exists(work, conversation.id, part):
        raise NothingToShareError
    give(work.consents, conversation, part, now)


def unshare(work: Work, conversation: Conversation, part: Shared, now: datetime) -> None:
    """Takes the yes to a part back; nothing happens without one."""
    take_back(work.consents, conversation, part, now)


def _exists(work: Work, conversation: str, part: Shared) -> bool:
    match part:
        case Shared.TRANSCRIPT:
            return work.conversations.has_private(conversation)
        case Shared.PLAN:
            return bool(work.plans.of(conversation).said)
        case Shared.CONTACT:
            return bool(work.conversations.contact(conversation).reach)
