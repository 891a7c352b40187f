"""How somebody can be reached: kept with the conversation, and with the talk that waits for it."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.casework.bookings import About, Contact
from bot.casework.conversations import Conversation
from bot.store.store import Work

BOOKING = "booking_"


def keep_contact(work: Work, conversation: Conversation, contact: Contact) -> None:
    """Adds to what was given before, encrypted; a talk booked already learns of it, too.

    Not one that a helper and a young person made together, for the number may be the helper's alone, and not while
    another talk is being booked, for then it belongs to that.
    """
    work.conversations.keep_contact(conversation, contact)
    booking = work.bookings.active_of(conversation.id, datetime.now(UTC))
    if booking and booking.about is not About.WITH_HELPER and not (conversation.asks or "").startswith(BOOKING):
        work.bookings.change(replace(booking, contact=work.conversations.contact(conversation.id)))
