"""Tells somebody, kindly and once a conversation, that a detail of theirs was hidden, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from bot.casework.conversations import Conversation, Draft, Holder, Kind, Message, Sender
from bot.conversation.sentences import Sentence, tongue_in
from bot.conversation.wording import spoken
from bot.language.both import in_both, parts_of_both
from bot.language.lists import listed
from bot.language.tongue import Tongue
from bot.privacy.details import Detail
from bot.store.store import Work

HIDDEN = "hidden"
"""The key in the `data` of what somebody wrote: the kinds of what was hidden in it, not what it was."""
TOLD = "told_hidden"
"""The key in the `data` of the message that tells of it."""

# Not "your": it may be somebody else's. A booking code is hidden without a word: whoever types it means to use it.
_NAMED = {
    Detail.NAME: ("navnet", "the name"),
    Detail.PHONE: ("telefonnummeret", "the phone number"),
    Detail.EMAIL: ("e-mailen", "the e-mail address"),
    Detail.CPR: ("cpr-nummeret", "the CPR number"),
    Detail.ADDRESS: ("adressen", "the address"),
    Detail.CARD: ("kortnummeret", "the card number"),
    Detail.ACCOUNT: ("kontonummeret", "the account number"),
}

# "I" would be the human beside whom it is said.
_BY_ROBOT = ("robotten", "the robot has")


def hidden_data(hidden: Iterable[Detail]) -> dict[str, Any]:
    """What a message's `data` says of what was hidden in it; nothing when nothing is to be told."""
    kinds = [detail.value for detail in _NAMED if detail in set(hidden)]
    return {HIDDEN: kinds} if kinds else {}


def with_told(
    work: Work, conversation: Conversation, message: Message, answer: Sequence[Draft], *, careful: bool
) -> list[Draft]:
    """The answer, with a line before it when something was hidden, in this message or one before, and none was told.

    `careful`: somebody was asked how they are, and nothing may come before that. It is told with the first calm answer.
    """
    told_in = next((draft for draft in answer if draft.kind in (Kind.TEXT, Kind.FORM)), None)
    in_danger = careful or any(draft.kind is Kind.DANGER for draft in answer)
    hidden = [] if told_in is None or in_danger else _untold(work, conversation, message)
    if told_in is None or not hidden:
        return list(answer)
    line = told(hidden)
    tells = replace(
        told_in, text=_joined(line, told_in.text, tongue_in(conversation)), data=told_in.data | {TOLD: True}
    )
    return [tells if draft is told_in else draft for draft in answer]


def notice_beside_human(work: Work, conversation: Conversation, message: Message) -> list[Draft]:
    """The line as a notice to both, where a human holds the conversation and no answer of the bot will carry it."""
    hidden = _untold(work, conversation, message) if conversation.holder is Holder.HUMAN else []
    if not hidden:
        return []
    tongue, line = tongue_in(conversation), told(hidden, by=_BY_ROBOT)
    return [Draft(Sender.SYSTEM, line.said_in(tongue), kind=Kind.NOTICE, data=spoken(tongue) | {TOLD: True})]


def told(hidden: Iterable[Detail], by: tuple[str, str] = ("jeg", "I have")) -> Sentence:
    """The line that tells of it; `by` is who hid it, in Danish and in English."""
    names = [_NAMED[detail] for detail in hidden]
    danish, english = (listed([name[tongue] for name in names], and_) for tongue, and_ in enumerate(("og", "and")))
    return Sentence(
        f"For at passe på dig har {by[0]} skjult {danish}, så det ikke ligger i chatten.",
        f"To keep you safe {by[1]} hidden {english}, so that it does not stay in the chat.",
    )


def hidden_words(message: Message) -> str:
    """What was hidden in a message, in Danish: "cpr-nummeret og kortnummeret"; empty without anything."""
    return listed([_NAMED[Detail(kind)][0] for kind in message.data.get(HIDDEN, ())], "og")


def _joined(line: Sentence, text: str, tongue: Tongue) -> str:
    if tongue is Tongue.OTHER and (parts := parts_of_both(text)):
        return in_both(f"{line.english}\n{parts[0]}", f"{line.danish}\n{parts[1]}")
    return f"{line.said_in(tongue)}\n{text}"


def _untold(work: Work, conversation: Conversation, message: Message) -> list[Detail]:
    """What was hidden up to this message and is not kept for a human; nothing once it was told that something is."""
    if not work.conversations.has_heard(conversation.id, HIDDEN) or work.conversations.has_told(conversation.id, TOLD):
        return []
    written = [one for one in work.conversations.after(conversation.id, 0) if one.sequence <= message.sequence]
    kept = work.conversations.contact(conversation.id).filled()
    hidden = {
        Detail(kind)
        for one in written
        if one.sender is Sender.YOUNG
        for kind in one.data.get(HIDDEN, ())
        if not (one.for_human and kind in kept)
    }
    return [detail for detail in _NAMED if detail in hidden]
