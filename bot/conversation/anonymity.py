"""Tells, in full and once a conversation, what anonymous means here, as soon as somebody seems to be under 18."""

from collections.abc import Sequence
from dataclasses import replace

from bot.casework.conversations import Conversation, Draft, Kind, Message, Writer
from bot.conversation.ages import MINOR
from bot.conversation.dialogue import Said
from bot.conversation.sentences import Sentence, tongue_in
from bot.conversation.wording import from_said
from bot.language.tongue import Tongue
from bot.store.store import Work

TOLD = "told_anonymity"
"""The key in the `data` of the message that tells."""
FACTS = ("D07", "D11")

TEXT = Sentence(
    "Du er anonym her, så længe du ikke skriver, hvem du er. Du bestemmer selv, hvad du skriver.\n"
    "Tror voksne i kommunen eller i skolen, at en under 18 har det skidt, skal de sige det videre. "
    "Det hedder en underretning. De bør altid sige det til dig først. Jeg kan ikke love, at alt er hemmeligt.",
    "You are anonymous here as long as you do not write who you are. You decide what you write.\n"
    "If adults in the municipality or at school think that somebody under 18 is not well, they must tell. "
    'In Danish that is "en underretning". They should always tell you first. I cannot promise that all is secret.',
)
_MORE = ("Hvad er en underretning?", "/support_notification")


def with_anonymity(
    work: Work, conversation: Conversation, message: Message, answer: Sequence[Draft], *, careful: bool
) -> list[Draft]:
    """The answer, with the explanation before it once the young person seems under 18.

    `careful`: somebody was asked how they are, and nothing may come before that. It is told another time.
    """
    in_danger = careful or any(draft.kind is Kind.DANGER for draft in answer)
    if in_danger or conversation.writer is Writer.HELPER or not _is_minor(work, message):
        return list(answer)
    if work.conversations.has_told(conversation.id, TOLD):
        return list(answer)
    tongue = tongue_in(conversation)
    more = (_MORE,) if tongue is Tongue.DANISH else ()
    told = from_said(Said(TEXT.said_in(tongue), facts=FACTS, buttons=more, tongue=tongue))
    return [replace(told, data=told.data | {TOLD: True}), *answer]


def _is_minor(work: Work, message: Message) -> bool:
    return MINOR in message.data or work.conversations.has_heard(message.conversation, MINOR)
