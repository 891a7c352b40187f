"""The gentle question of level 1: put once for each kind of danger, and taken up again only with new cause."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from bot.casework.conversations import Conversation, Draft, Kind, Message, Sender, Writer
from bot.conversation.consent_words import HANDED_OVER
from bot.conversation.danger import checked_in
from bot.conversation.dialogue import Turn
from bot.conversation.sentences import tongue_in
from bot.conversation.wording import from_reply
from bot.safety.replies import Replies
from bot.safety.replies_by_tongue import RepliesByTongue
from bot.store.store import Work

CHECK_IN = "check_in"
"""The kind of what Rasa says for it, and the key in a message's `data`: the kinds of danger it asks about."""
# After a check-in these say the same again, or something beside the point.
SAID_BY_CHECK_IN = ("crisis_", "wellbeing_low_mood", "chat_")
# What is asked of these is whether they are safe, or have a bed: a "nej" to that is danger.
NO_IS_DANGER = frozenset({"violence", "threat", "no_shelter_tonight"})
DENY = "chat_deny"
# Turns down what was offered; nobody says it of being safe.
DECLINES = re.compile(r"\b(?:tak|ellers|thanks?)\b", re.IGNORECASE)


def check_in(
    work: Work,
    message: Message,
    conversation: Conversation,
    kinds: tuple[str, ...],
    replies: RepliesByTongue,
    *,
    about_another: bool = False,
) -> Draft:
    """The question, or, where it was put before for these kinds, a word that asks nothing; kept for review."""
    tongue, again = tongue_in(conversation), was_asked(work, conversation, kinds)
    said = Replies.check_in_again if again else Replies.check_in
    draft = from_reply(replies.say(tongue, lambda words: said(words, kinds, about_another=about_another)), tongue)
    if not again:
        draft = replace(draft, data=draft.data | {CHECK_IN: list(kinds)})
    checked_in(work, conversation, message.sequence, draft)
    return draft


def with_check_in(
    work: Work,
    message: Message,
    conversation: Conversation,
    kinds: tuple[str, ...],
    replies: RepliesByTongue,
    own: list[Draft],
) -> list[Draft]:
    """The answer's `own` words after a check-in; alone where they were asked for these kinds before."""
    if own and was_asked(work, conversation, kinds):
        return own
    return [check_in(work, message, conversation, kinds, replies), *own]


def was_asked(work: Work, conversation: Conversation, kinds: tuple[str, ...]) -> bool:
    """Whether they were asked how they are for every one of these kinds: another kind is new cause."""
    asked = {kind for told in work.conversations.told(conversation.id, CHECK_IN) for kind in told}
    return bool(kinds) and asked.issuperset(kinds)


def checks_in(turn: Turn | None) -> bool:
    """Whether Rasa asks how they are in this turn."""
    return turn is not None and any(said.custom.get("kind") == CHECK_IN for said in turn.said)


def is_beside(draft: Draft, turn: Turn | None) -> bool:
    """Whether a word to who is or was in danger takes the place of this.

    Never of a booking, of a form's question, or of the words that a human was called.
    """
    if HANDED_OVER in draft.data:
        return False
    if turn is None:
        return True
    if draft.kind is not Kind.TEXT or turn.asks:
        return False
    return not turn.sure or turn.intent.startswith(SAID_BY_CHECK_IN)


def kind_denied(work: Work, conversation: Conversation, message: Message, turn: Turn | None) -> str | None:
    """The kind of danger that a typed "nej" tells of, after a check-in that asked whether they are safe.

    Rasa knows only what it asked itself. Where an answer with a question of its own stands under the check-in, the
    "nej" may be meant for either, and is taken for the graver.
    """
    # A form's question stands last, and a helper is asked how the young person is.
    elsewhere = conversation.asks or message.payload or conversation.writer is Writer.HELPER
    if elsewhere or not _denies(message, turn):
        return None
    kinds: list[str] = next((one.data[CHECK_IN] for one in _said_before(work, message) if CHECK_IN in one.data), [])
    return next((kind for kind in kinds[:1] if kind in NO_IS_DANGER), None)


def _denies(message: Message, turn: Turn | None) -> bool:
    return turn is not None and turn.sure and turn.intent == DENY and not DECLINES.search(message.text)


def _said_before(work: Work, message: Message) -> Sequence[Message]:
    """What the bot said last before this message, since the young person wrote before."""
    told = [one for one in work.conversations.after(message.conversation, 0) if one.sequence < message.sequence]
    return list(takewhile(lambda one: one.sender is not Sender.YOUNG, reversed(told)))
