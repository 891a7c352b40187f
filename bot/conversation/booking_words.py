"""The three words of a booking belong to the young person: kept sealed with the booking, never among the messages."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.casework.bookings import Booking
from bot.casework.conversations import Kind, Message
from bot.store.store import Work

COVER = "[kode]"


def with_words(work: Work, messages: Sequence[Message]) -> list[Message]:
    """The messages as the young person sees them: a booking's words stand in its `data["code"]`."""
    return [_told(work, message) if message.kind is Kind.BOOKING else message for message in messages]


def without_words(work: Work, conversation: str, messages: Iterable[Message]) -> list[Message]:
    """The messages as the desk sees them: the words of this conversation's bookings are covered, however typed."""
    patterns = [_pattern(booking) for booking in work.bookings.of(conversation)]
    return [replace(message, text=_covered(message.text, patterns)) for message in messages]


def _told(work: Work, message: Message) -> Message:
    booking = work.bookings.by_id(message.data["booking"])
    return replace(message, data=message.data | {"code": booking.code}) if booking else message


def _pattern(booking: Booking) -> re.Pattern[str]:
    words = map(re.escape, booking.code.split("-"))
    return re.compile(r"\b" + r"[\W_]+".join(words) + r"\b", re.IGNORECASE)


def _covered(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    for pattern in patterns:
        text = pattern.sub(COVER, text)
    return text
