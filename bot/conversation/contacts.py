"""How a young person can be reached: kept with the conversation, and with the talk that waits for it."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.casework.bookings import Contact
from bot.casework.conversations import Conversation
from bot.store.store import Work


def keep_contact(work: Work, conversation: Conversation, contact: Contact) -> None:
    """Adds to what was given before, encrypted; a talk booked already learns of it, too."""
    work.conversations.keep_contact(conversation, contact)
    booking = work.bookings.active_of(conversation.id, datetime.now(UTC))
    if booking:
        work.bookings.change(replace(booking, contact=work.conversations.contact(conversation.id)))
