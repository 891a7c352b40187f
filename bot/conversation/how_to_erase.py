"""Shows whoever asks a human to delete what they wrote where they do so themselves, once a conversation.

The robot would tell it, and is silent there; nobody at the desk can delete a chat.
"""

from bot.casework.conversations import Conversation, Draft, Holder, Kind, Message, Sender
from bot.conversation.sentences import Sentence, tongue_in
from bot.conversation.wording import spoken
from bot.language.deleting import asks_to_delete
from bot.store.store import Work

TOLD = "told_erasing"
"""The key in the `data` of the message that tells."""

TEXT = Sentence(
    'Vil du have det slettet? Åbn menuen, og tryk på "Slet min chat". Så er hele chatten væk her. '
    "Har en medarbejder skrevet noget ned i din sag, bliver det stående der.",
    'Do you want it deleted? Open the menu and tap "Slet min chat" (delete my chat). Then the whole chat is gone here. '
    "What somebody has written down in your case stays there.",
)


def erasing_beside_human(work: Work, conversation: Conversation, message: Message) -> list[Draft]:
    """The way as a notice to both, where a human holds the conversation: it says nothing of what was written."""
    if conversation.holder is not Holder.HUMAN or not asks_to_delete(message.text):
        return []
    if work.conversations.has_told(conversation.id, TOLD):
        return []
    tongue = tongue_in(conversation)
    return [Draft(Sender.SYSTEM, TEXT.said_in(tongue), kind=Kind.NOTICE, data=spoken(tongue) | {TOLD: True})]
