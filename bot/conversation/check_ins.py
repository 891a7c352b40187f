"""The gentle question of level 1: put once for each kind of danger, and taken up again only with new cause."""

import re
from dataclasses import replace

from bot.casework.conversations import Conversation, Draft, Kind, Message, Writer
from bot.conversation.bare_words import says_no, says_yes
from bot.conversation.consent_words import HANDED_OVER
from bot.conversation.danger import checked_in
from bot.conversation.dialogue import Turn
from bot.conversation.sentences import tongue_in
from bot.conversation.wording import from_reply
from bot.safety.levels import DangerLevel
from bot.safety.replies import Replies
from bot.safety.replies_by_tongue import RepliesByTongue
from bot.safety.screen import Assessment
from bot.store.store import Work

CHECK_IN = "check_in"
"""The kind of what Rasa says for it, and the key in a message's `data`: the kinds of danger it asks about."""
CHECK_IN_ABOUT_ANOTHER = "check_in_about_another"
"""The same key, where it asks how somebody else is: who then writes of themselves has not been asked."""
ABOUT_ANOTHER = "about_another"
"""The key beside a message's danger that says it seems to be somebody else's, such as a friend's."""
# After a check-in these say the same again, or something beside the point.
SAID_BY_CHECK_IN = ("crisis_", "wellbeing_low_mood", "chat_")
# What is asked of these is whether they are safe, or have a bed: a "nej" to that is danger.
NO_IS_DANGER = frozenset({"violence", "threat", "no_shelter_tonight"})
# Of somebody else only the bed is asked after by a question that "nej" answers.
NO_IS_DANGER_TO_ANOTHER = frozenset({"no_shelter_tonight"})
CHECK_INS = frozenset({CHECK_IN, CHECK_IN_ABOUT_ANOTHER})
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
    """The question, or, where it was put before for these kinds, a word that asks nothing; kept for review.

    About somebody else where it is said so here, or where the message or whoever writes it says so.
    """
    about_another = about_another or is_about_another(message, conversation)
    tongue, again = tongue_in(conversation), was_asked(work, conversation, kinds, about_another=about_another)
    said = Replies.check_in_again if again else Replies.check_in
    draft = from_reply(replies.say(tongue, lambda words: said(words, kinds, about_another=about_another)), tongue)
    if not again:
        draft = replace(draft, data=draft.data | {_key(about_another=about_another): list(kinds)})
    checked_in(work, conversation, message.sequence, draft, about_another=about_another)
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
    another = is_about_another(message, conversation)
    if own and was_asked(work, conversation, kinds, about_another=another):
        return own
    return [check_in(work, message, conversation, kinds, replies), *own]


def was_asked(work: Work, conversation: Conversation, kinds: tuple[str, ...], *, about_another: bool = False) -> bool:
    """Whether they were asked for every one of these kinds how they, or another, are: another kind is new cause."""
    key = _key(about_another=about_another)
    asked = {kind for told in work.conversations.told(conversation.id, key) for kind in told}
    return bool(kinds) and asked.issuperset(kinds)


def is_about_another(message: Message, conversation: Conversation) -> bool:
    """Whether a message of level 1 or above seems to tell of somebody else: a friend's, or a helper's."""
    return conversation.writer is Writer.HELPER or ABOUT_ANOTHER in message.data.get("danger", {})


def _key(*, about_another: bool) -> str:
    return CHECK_IN_ABOUT_ANOTHER if about_another else CHECK_IN


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


def denied(work: Work, conversation: Conversation, message: Message, turn: Turn | None) -> Assessment | None:
    """The danger that a typed "nej" tells of, after a check-in that asked whether they or their friend are safe.

    Rasa knows only what it asked itself. Where an answer with a question of its own stands under the check-in, the
    "nej" may be meant for either, and is taken for the graver.
    """
    # A helper is asked how the young person is.
    if conversation.writer is Writer.HELPER or not _denies(message, turn):
        return None
    return _no_would_be(work, conversation, message)


def affirmed(work: Work, conversation: Conversation, message: Message, turn: Turn | None) -> bool:
    """Whether a typed "ja" answers the same question while no model does."""
    return turn is None and says_yes(message.text) and _no_would_be(work, conversation, message) is not None


def _no_would_be(work: Work, conversation: Conversation, message: Message) -> Assessment | None:
    """The danger that a "nej" would tell of; None where none was asked for, or a form's question stands under it."""
    said = work.conversations.said_before(message.conversation, message.sequence)
    under_a_form = conversation.asks and (not said or CHECK_INS.isdisjoint(said[0].data))
    asked = next((one.data for one in said if not CHECK_INS.isdisjoint(one.data)), {})
    another = CHECK_IN_ABOUT_ANOTHER in asked
    kinds: list[str] = asked.get(_key(about_another=another), [])
    graver = NO_IS_DANGER_TO_ANOTHER if another else NO_IS_DANGER
    if message.payload or under_a_form or not graver.issuperset(kinds[:1] or [""]):
        return None
    return Assessment(DangerLevel.CLEAR, (kinds[0],), about_another=another)


def _denies(message: Message, turn: Turn | None) -> bool:
    if turn is None:
        return says_no(message.text)
    return turn.sure and turn.intent == DENY and not DECLINES.search(message.text)
