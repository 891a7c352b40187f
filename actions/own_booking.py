"""The talk that was booked in this very conversation; any other is opened by its three words."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.buttons import BOOK
from actions.context import now_of, store
from actions.tongue import in_their_language
from bot.casework.bookings import Booking


def own_booking(tracker: Tracker) -> Booking | None:
    """The next one that is not over. Raises StoreUnreachableError."""
    with store().read() as work:
        return work.bookings.active_of(tracker.sender_id, now_of(tracker))


def say_that_there_is_none(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Tells where a booking can be opened by its three words, and offers a new one."""
    dispatcher.utter_message(response="utter_booking_unknown", buttons=in_their_language(tracker, [BOOK]))
