"""Moving a talk for whoever moves it elsewhere than in the chat, and telling of it there."""

from datetime import datetime

from bot.casework.arranging import Moved, move_and_look
from bot.casework.bookings import Booking
from bot.casework.free_times import BookingRules
from bot.conversation.sentences import MOVED_BY_WORDS, UNREMINDED, Sentence
from bot.conversation.talk_news import tell_changed
from bot.store.store import Work


def move_and_tell(
    work: Work,
    booking: Booking,
    starts_at: datetime,
    rules: BookingRules,
    now: datetime,
    news: Sentence = MOVED_BY_WORDS,
) -> Moved:
    """Says in the chat also that no reminder will come any more, to whoever asked for one. Raises as `move` does."""
    moved = move_and_look(work, booking, starts_at, rules, now)
    if moved.booking != booking:
        tell_changed(work, moved.booking, news.then(UNREMINDED) if moved.unreminded else news)
    return moved
