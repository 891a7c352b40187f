"""Taking a conversation away because the young person says so, and the talk they booked in it if they want that too."""

from datetime import UTC, datetime
from enum import StrEnum

from bot.casework.arranging import cancel
from bot.casework.bookings import OPEN
from bot.casework.conversations import Conversation
from bot.conversation.tally import count_erased
from bot.store.store import Store, Work
from bot.store.whose import of_conversation


class TalksToCome(StrEnum):
    """What becomes of the talks that were booked in an erased conversation and have not begun."""

    KEEP = "keep"
    CANCEL = "cancel"


def erase(store: Store, conversation: str, talks: TalksToCome) -> Conversation:
    """Takes all content away at once; what it was. Raises ConversationNotFoundError."""
    now = datetime.now(UTC)
    with store.write(of_conversation(conversation)) as work:
        found = work.conversations.lock(conversation)
        count_erased(work, found, now)
        if talks is TalksToCome.CANCEL:
            _cancel_talks(work, found, now)
        work.conversations.erase(conversation, now)
    store.forget_deleted()
    return found


def _cancel_talks(work: Work, conversation: Conversation, now: datetime) -> None:
    # After the conversation, as everybody does who changes both.
    work.agents.lock(conversation.municipality)
    for talk in work.bookings.of(conversation.id):
        if talk.status in OPEN and not talk.has_begun(now):
            cancel(work, talk, now)
