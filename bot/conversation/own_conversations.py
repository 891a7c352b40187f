"""The conversations of a caseworker's own municipality: all others do not exist for them."""

from bot.casework.conversations import Conversation, ConversationNotFoundError, Holder, NotHolderError
from bot.store.people import DeskUser
from bot.store.store import Work


def own(work: Work, user: DeskUser, conversation: str, *, lock: bool = False) -> Conversation:
    """Raises ConversationNotFoundError, also for one of another municipality."""
    found = work.conversations.lock(conversation) if lock else work.conversations.get(conversation)
    if found.municipality != user.municipality:
        raise ConversationNotFoundError
    return found


def held(work: Work, user: DeskUser, conversation: str) -> Conversation:
    """One that this caseworker holds, locked. Raises ConversationNotFoundError, NotHolderError."""
    found = own(work, user, conversation, lock=True)
    if not is_held(found, user):
        raise NotHolderError
    return found


def is_held(conversation: Conversation, user: DeskUser) -> bool:
    """Whether it is this caseworker who answers there."""
    return conversation.holder is Holder.HUMAN and conversation.held_by == user.id
