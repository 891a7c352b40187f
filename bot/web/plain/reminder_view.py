"""Whether a booking can be reminded of, and is, in the words of the plain pages."""

from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request

from bot.casework.bookings import Booking, BookingStatus
from bot.casework.reminders import ASKS, TooLateToRemindError, remind_at
from bot.conversation.post import Post
from bot.conversation.talks import Talks
from bot.language.danish import spoken_time


@dataclass(frozen=True)
class ReminderView:
    """What a page says of reminders; `at` is when one is sent, empty when none is asked for.

    `asks` is empty where none can be asked for. `lost`: one was, and cannot be sent any more.
    """

    asks: str
    at: str
    lost: bool = False


async def reminder_view(request: Request, booking: Booking) -> ReminderView | None:
    """None where none can be sent: no service is set up, or the talk is soon, over, cancelled or called off."""
    post: Post = request.app.state.post
    talks: Talks = request.app.state.talks
    if booking.status is not BookingStatus.ACTIVE:
        return None
    asks, (at, by) = ASKS.get(post.channels, ""), await talks.reminder_of(booking)
    if at and by in post.channels:
        return ReminderView(asks, spoken_time(at))
    asks = asks if _is_in_time(booking) else ""
    return ReminderView(asks, "", lost=by is not None) if asks or by else None


def _is_in_time(booking: Booking) -> bool:
    try:
        remind_at(booking, datetime.now(UTC))
    except TooLateToRemindError:
        return False
    return True
