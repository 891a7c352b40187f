"""How somebody can be reached: kept with the conversation, and with the talk that waits for it."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.casework.bookings import About, Contact
from bot.casework.consent import Shared, give
from bot.casework.conversations import Conversation, Holder
from bot.store.store import Work

BOOKING = "booking_"


def keep_contact(work: Work, conversation: Conversation, contact: Contact) -> None:
    """Adds to what was given before, encrypted; a talk booked already learns of it, too.

    What is given to a human who was asked for or is there is shared with them by that, unless it is for a booking or
    was taken back before.

    Not one that a helper and a young person made together, for the number may be the helper's alone, and not while
    another talk is being booked, for then it belongs to that.
    """
    now = datetime.now(UTC)
    # What Rasa asked before stands still while a human answers.
    for_booking = conversation.holder is not Holder.HUMAN and (conversation.asks or "").startswith(BOOKING)
    work.conversations.keep_contact(conversation, contact)
    if conversation.holder is not Holder.BOT and not for_booking and not _was_taken_back(work, conversation):
        give(work.consents, conversation, Shared.CONTACT, now)
    booking = work.bookings.active_of(conversation.id, now)
    if booking and booking.about is not About.WITH_HELPER and not for_booking:
        work.bookings.change(replace(booking, contact=work.conversations.contact(conversation.id)))


def keep_for_human(work: Work, conversation: str, contact: Contact) -> None:
    """Keeps what a message gave once its answer has called a human, or one is there; nothing while there is none."""
    found = work.conversations.get(conversation)
    if found.holder is not Holder.BOT:
        keep_contact(work, found, contact)


def _was_taken_back(work: Work, conversation: Conversation) -> bool:
    changes = [change.given for change in work.consents.history(conversation.id) if change.part is Shared.CONTACT]
    return changes[-1:] == [False]
