"""What acts of caseworkers, and their absence, leave in a conversation."""

from datetime import UTC, datetime

from bot.casework.conversations import Conversation, Draft, Kind, Sender
from bot.conversation.sentences import Sentence, tongue_in
from bot.conversation.tally import count_danger_taken
from bot.conversation.wording import spoken
from bot.store.people import DeskUser
from bot.store.store import Work


def take_danger(work: Work, user: DeskUser, conversation: Conversation) -> None:
    """Beside whatever they do: it is what a human does first that tells that they saw it."""
    count_danger_taken(work, conversation, work.dangers.take(conversation.id, user.id), datetime.now(UTC))


def notice(work: Work, conversation: Conversation, sentence: Sentence, name: str = "") -> None:
    """Says it in the chat."""
    tongue = tongue_in(conversation)
    draft = Draft(Sender.SYSTEM, sentence.said_in(tongue, name=name), kind=Kind.NOTICE, data=spoken(tongue))
    work.conversations.append(conversation, [draft])
