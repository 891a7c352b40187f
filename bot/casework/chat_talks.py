"""When a talk that is held in the chat can be begun: by a caseworker, for the conversation is the bot's until then."""

from datetime import timedelta

from bot.casework.bookings import BookingStatus

OPENS_BEFORE = timedelta(minutes=15)
"""So long before its start it can be begun; a caseworker who is there early need not wait for the minute."""
BEGINS = (BookingStatus.ACTIVE, BookingStatus.MET, BookingStatus.MISSED)
"""Also after an outcome was noted: who was noted as missed may come late."""
