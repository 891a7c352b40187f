"""Tells in its chat what has become of a talk."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.casework.arranging import Seeker, free_times
from bot.casework.bookings import Booking, BookingStatus
from bot.casework.conversations import Button, Conversation, Draft, Kind, Sender
from bot.casework.free_times import BookingRules
from bot.casework.talk_questions import BOOK, MOVE
from bot.conversation.sentences import (
    BOOK_ANOTHER,
    BOOKED,
    BOOKING_CANCELLED,
    CALLED_OFF,
    FIND_ANOTHER,
    HANDED_OVER,
    MISSED,
    MORE_TIMES,
    Sentence,
    tongue_in,
)
from bot.conversation.wording import booking_data, from_booking, spoken
from bot.language import danish, english
from bot.language.tongue import Tongue
from bot.store.store import Work

MISSED_TALK = "missed_talk"
"""The key in a message's `data` of the talk that somebody did not come to."""
TIMES_OFFERED = 3
# Whether they met, both know already.
PRESENT_STATES = {
    BookingStatus.ACTIVE: BOOKED,
    BookingStatus.CANCELLED: BOOKING_CANCELLED,
    BookingStatus.CALLED_OFF: CALLED_OFF,
}


def tell_changed(work: Work, booking: Booking, sentence: Sentence) -> None:
    """Says in the conversation it was booked in, if there is one, what became of the talk, and shows it."""
    if booking.conversation:
        conversation = work.conversations.lock(booking.conversation)
        work.conversations.append(conversation, [_news(booking, sentence, tongue_in(conversation))])


def tell_called_off(work: Work, booking: Booking, rules: BookingRules, now: datetime) -> None:
    """Says it in the conversation it was booked in, if there is one, and offers the next free times and all others."""
    if booking.conversation:
        conversation = work.conversations.lock(booking.conversation)
        tongue = tongue_in(conversation)
        news, times = _news(booking, CALLED_OFF, tongue), _next_times(work, booking, rules, now, tongue)
        if times:
            news = replace(news, buttons=(*times, Button(MORE_TIMES.said_in(tongue), MOVE)))
        work.conversations.append(conversation, [news])


def tell_handed_over(work: Work, booking: Booking, name: str) -> None:
    """Says in the conversation it was booked in, if there is one, who holds it now, and offers another time."""
    if booking.conversation:
        conversation = work.conversations.lock(booking.conversation)
        tongue = tongue_in(conversation)
        again = (Button(FIND_ANOTHER.said_in(tongue), MOVE),)
        text = HANDED_OVER.said_in(tongue, booking.starts_at, name)
        draft = Draft(Sender.BOT, text, buttons=again, data=spoken(tongue))
        work.conversations.append(conversation, [draft])


def tell_missed(work: Work, booking: Booking) -> None:
    """Offers a new time to whoever did not come, without a word of blame, once for each talk."""
    if not booking.conversation or booking.id in work.conversations.told(booking.conversation, MISSED_TALK):
        return
    conversation = work.conversations.lock(booking.conversation)
    tongue = tongue_in(conversation)
    text = MISSED.said_in(tongue, booking.starts_at)
    again = (Button(BOOK_ANOTHER.said_in(tongue), BOOK),)
    data = {MISSED_TALK: booking.id} | spoken(tongue)
    work.conversations.append(conversation, [Draft(Sender.BOT, text, buttons=again, data=data)])


def untold_bookings(work: Work, conversation: Conversation, answer: Sequence[Draft] = ()) -> list[Draft]:
    """Talks that were booked, moved or cancelled while the answer got lost: by a crash, or because it came too late."""
    told = [draft.data for draft in answer if draft.kind is Kind.BOOKING]
    told += work.conversations.told_bookings(conversation.id)
    ahead = [one for one in work.bookings.of(conversation.id) if one.ends_at > datetime.now(UTC)]
    untold = [one for one in ahead if one.status in PRESENT_STATES and not any(_tells(data, one) for data in told)]
    return [_news(one, PRESENT_STATES[one.status], tongue_in(conversation)) for one in untold]


def _news(booking: Booking, sentence: Sentence, tongue: Tongue) -> Draft:
    is_off = booking.status is BookingStatus.CALLED_OFF
    buttons = ((FIND_ANOTHER.said_in(tongue), MOVE),) if is_off else ()
    return from_booking(booking, sentence.said_in(tongue, booking.starts_at), tongue, buttons)


def _next_times(work: Work, booking: Booking, rules: BookingRules, now: datetime, tongue: Tongue) -> tuple[Button, ...]:
    """Buttons that choose a time as those of the booking form do."""
    if booking.chosen is not None:
        # These begin the form anew, and would forget who was chosen.
        return ()
    seeker = Seeker(booking.conversation, moved=booking)
    free = free_times(work, booking.municipality, booking.way, rules, now, seeker)[:TIMES_OFFERED]
    title = danish.short_time if tongue is Tongue.DANISH else english.short_time
    return tuple(Button(title(span.starts_at), _takes(span.starts_at, booking)) for span in free)


def _takes(moment: datetime, booking: Booking) -> str:
    said = {"booking_time": moment.astimezone(UTC).isoformat(), "booking_way": booking.way.value}
    return f"/booking_inform{json.dumps(said)}"


def _tells(data: Mapping[str, Any], booking: Booking) -> bool:
    """Whether a booking message tells of this booking as it is now."""
    return data.items() >= (booking_data(booking) | {"booking": booking.id}).items()
