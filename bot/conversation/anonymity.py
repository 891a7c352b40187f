"""Tells, in full and once a conversation, what anonymous means here, as soon as somebody seems to be under 18."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bot.casework.conversations import Conversation, Draft, Holder, Kind, Message, Sender, Writer
from bot.conversation.ages import ADULT, MINOR, SEEMS_MINOR
from bot.conversation.dialogue import Said
from bot.conversation.sentences import Sentence, tongue_in
from bot.conversation.wording import from_said, spoken
from bot.language.tongue import Tongue
from bot.store.store import Work

TOLD = "told_anonymity"
"""The key in the `data` of the message that tells."""
FACTS = ("D07", "D11")

TEXT = Sentence(
    "Du er anonym her, så længe du ikke skriver, hvem du er. Du bestemmer selv, hvad du skriver.\n"
    "Tror voksne i kommunen eller i skolen, at en under 18 har det skidt, skal de sige det videre. "
    "Det hedder en underretning. De bør altid sige det til dig først. Ingen kan love, at alt er hemmeligt.",
    "You are anonymous here as long as you do not write who you are. You decide what you write.\n"
    "If adults in the municipality or at school think that somebody under 18 is not well, they must tell. "
    'In Danish that is "en underretning". They should always tell you first. Nobody can promise that all is secret.',
)
_MORE = ("Hvad er en underretning?", "/support_notification")


def with_anonymity(
    work: Work, conversation: Conversation, message: Message, answer: Sequence[Draft], *, careful: bool
) -> list[Draft]:
    """The answer, with the explanation before it once the young person seems under 18.

    `careful`: somebody was asked how they are, and nothing may come before that. It is told another time.
    """
    in_danger = careful or any(draft.kind is Kind.DANGER for draft in answer)
    if in_danger or not _is_to_be_told(work, conversation, message):
        return list(answer)
    tongue = tongue_in(conversation)
    more = (_MORE,) if tongue is Tongue.DANISH else ()
    told = from_said(Said(TEXT.said_in(tongue), facts=FACTS, buttons=more, tongue=tongue))
    return [replace(told, data=told.data | {TOLD: True}), *answer]


def anonymity_beside_human(work: Work, conversation: Conversation, message: Message) -> list[Draft]:
    """The explanation as a notice to both, where a human holds the conversation and the bot does not answer."""
    if conversation.holder is not Holder.HUMAN or not _is_to_be_told(work, conversation, message):
        return []
    tongue = tongue_in(conversation)
    return [Draft(Sender.SYSTEM, TEXT.said_in(tongue), kind=Kind.NOTICE, data=spoken(tongue) | {TOLD: True})]


def _is_to_be_told(work: Work, conversation: Conversation, message: Message) -> bool:
    if conversation.writer is Writer.HELPER or work.conversations.has_told(conversation.id, TOLD):
        return False
    heard = partial(work.conversations.has_heard, message.conversation)
    return heard(MINOR) or (heard(SEEMS_MINOR) and not heard(ADULT))
