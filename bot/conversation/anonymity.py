"""Tells, in full and once a conversation, what anonymous means here, as soon as somebody seems to be under 18."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.casework.conversations import Conversation, Draft, Kind, Message, Writer
from bot.conversation.dialogue import Said
from bot.conversation.sentences import Sentence, tongue_in
from bot.conversation.wording import from_said
from bot.language.folding import fold_in_place
from bot.language.tongue import Tongue
from bot.nlu.age_finder import find_age
from bot.store.store import Work

OF_AGE = 18
MINOR = "under_18"
"""The key in the `data` of a message of the young person who says by it that they are under 18."""
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
_BUTTON_OF_AGE = '"age_group":"under_18"'


def minor_data(text: str, payload: str | None) -> dict[str, Any]:
    """What a message's `data` says of its writer's age: only that they are under 18, never how old."""
    ages = [span.value for span in find_age(fold_in_place(text))]
    is_minor = _BUTTON_OF_AGE in (payload or "").replace(" ", "") or (not payload and any(age < OF_AGE for age in ages))
    return {MINOR: True} if is_minor else {}


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
