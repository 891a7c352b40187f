"""The three words of a talk, typed into any chat: they open it there as they do on its own page."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.casework.bookings import Booking
from bot.casework.codes import ANSWERS_WORDS
from bot.casework.conversations import Conversation, Draft, Sender
from bot.conversation.sentences import TALK_OVER, Sentence, tongue_in
from bot.conversation.talk_news import PRESENT_STATES
from bot.conversation.wording import from_booking, spoken
from bot.language.tongue import Tongue

Opened = Booking | Sentence
"""The talk that the words open, or why they open none."""
OpensTalk = Callable[[str], Awaitable[Opened]]
"""Looks words up, under the limit of whoever tries them."""


def answer_to_words(conversation: Conversation, opened: Opened) -> Draft:
    """The card of the talk, from which its page is opened; no button, for those of the chat are about its own talk."""
    said = _said(opened, tongue_in(conversation))
    return replace(said, data=said.data | {ANSWERS_WORDS: True})


def _said(opened: Opened, tongue: Tongue) -> Draft:
    if isinstance(opened, Sentence):
        return Draft(Sender.BOT, opened.said_in(tongue), data=spoken(tongue))
    sentence = PRESENT_STATES.get(opened.status, TALK_OVER)
    return from_booking(opened, sentence.said_in(tongue, opened.starts_at), tongue)
