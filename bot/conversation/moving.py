"""Moving a talk for whoever moves it elsewhere than in the chat, and telling of it there."""

from datetime import datetime

from bot.casework.arranging import Moved, move_and_look
from bot.casework.bookings import Booking, BookingStatus
from bot.casework.free_times import BookingRules
from bot.conversation.sentences import CHANGED_BY_WORDS, MOVED_BY_WORDS, UNREMINDED, Sentence
from bot.conversation.talk_news import tell_changed
from bot.store.store import Work


def move_and_tell(
    work: Work,
    before: Booking,
    wanted: Booking,
    starts_at: datetime,
    rules: BookingRules,
    now: datetime,
    news: Sentence = MOVED_BY_WORDS,
) -> Moved:
    """Moves the talk that was `before` to the way, place and agent that `wanted` carries. Raises as `move` does.

    Says in the chat also that no reminder will come any more, to whoever asked for one.
    """
    moved = move_and_look(work, wanted, starts_at, rules, now)
    if moved.booking.revision != before.revision:
        told = CHANGED_BY_WORDS if only_the_way(before, moved.booking) else news
        tell_changed(work, moved.booking, told.then(UNREMINDED) if moved.unreminded else told)
    return moved


def only_the_way(before: Booking, after: Booking) -> bool:
    """Whether the talk is held when it was, and another way."""
    stood = before.status is BookingStatus.ACTIVE and before.starts_at == after.starts_at
    return stood and before.way is not after.way
