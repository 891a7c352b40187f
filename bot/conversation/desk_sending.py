"""What a caseworker writes to a young person, stored once however often it is sent."""

from uuid import UUID, uuid5

from bot.casework.conversations import Draft, Message, MessageDiffersError, NotHolderError, Sender
from bot.conversation.desk_work import take_danger
from bot.conversation.hidden import hidden_data
from bot.conversation.own_conversations import is_held, own
from bot.privacy.mask import NEEDED_BY_NOBODY, mask
from bot.store.people import DeskUser
from bot.store.store import Work

# Young people give ids too, and neither may take the other's message for their own.
_AT_THE_DESK = "desk:"


def send(work: Work, user: DeskUser, conversation: str, text: str, client_id: UUID | None = None) -> Message:
    """Stores it; the same `client_id` of the same caseworker again gives what is stored and changes nothing.

    Raises ConversationNotFoundError, NotHolderError, MessageDiffersError when it comes again with other words.
    """
    found = own(work, user, conversation, lock=True)
    # A phone number, an address or a name is given to the young person on purpose.
    masked = mask(text, NEEDED_BY_NOBODY)
    kept_id = _kept_id(user, client_id) if client_id else None
    # Asked before who holds it: what was sent is sent, also when the conversation was handed on since.
    known = work.conversations.by_client_id(conversation, kept_id) if kept_id else None
    if known:
        if known.text != masked.text:
            raise MessageDiffersError
        return known
    if not is_held(found, user):
        raise NotHolderError
    work.people.note(user, "say", conversation)
    take_danger(work, user, found)
    work.signs.sent(found, Sender.CASEWORKER)
    draft = Draft(Sender.CASEWORKER, masked.text, data=hidden_data(masked.hidden), client_id=kept_id)
    return work.conversations.append(found, [draft])[0]


def _kept_id(user: DeskUser, client_id: UUID) -> str:
    return f"{_AT_THE_DESK}{uuid5(client_id, str(user.id))}"
