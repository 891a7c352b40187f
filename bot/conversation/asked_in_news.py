"""What "ja" and "nej" answer where the bot's last words are news of a talk that Rasa never heard of."""

from bot.casework.bookings import BookingStatus
from bot.casework.codes import ANSWERS_WORDS
from bot.casework.conversations import Conversation, Kind, Message
from bot.casework.talk_questions import after_called_off, after_missed
from bot.conversation.check_ins import CHECK_INS
from bot.conversation.talk_news import MISSED_TALK
from bot.store.store import Work


def asked_in_news(work: Work, conversation: Conversation, message: Message) -> dict[str, str] | None:
    """The payloads that a typed "ja" and "nej" stand for, by YES and NO; empty where the last news asks nothing.

    None where Rasa spoke last, whose own question stands. A form's question stands last, and so does the question how
    somebody is who was in danger; a danger in the message itself comes before all.
    """
    if message.payload or conversation.asks or "danger" in message.data:
        return None
    before = work.conversations.said_before(message.conversation, message.sequence)
    if any(said.kind is Kind.DANGER or not CHECK_INS.isdisjoint(said.data) for said in before):
        return None
    last = next((said for said in before if said.kind is not Kind.NOTICE), None)
    asked = _asked_in(last) if last else {}
    # Only what a turn says has a message that it answers.
    is_news = last is not None and last.reply_to is None
    return asked if asked or is_news else None


def _asked_in(said: Message) -> dict[str, str]:
    if MISSED_TALK in said.data:
        return after_missed(said.data[MISSED_TALK])
    # A talk that was opened by its words belongs to another chat, and is answered on its own page.
    of_this_chat = said.kind is Kind.BOOKING and ANSWERS_WORDS not in said.data
    if of_this_chat and said.data["status"] == BookingStatus.CALLED_OFF:
        return after_called_off(said.data["booking"])
    return {}
