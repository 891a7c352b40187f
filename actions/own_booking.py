"""The talk that was booked in this very conversation; any other is opened by its three words."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.booking_slots import state_of
from actions.buttons import BOOK, button
from actions.context import now_of, store
from actions.tongue import in_their_language, told_time
from bot.casework.bookings import About, Booking, BookingStatus
from bot.language.helpers import asks_about_their_talk


def own_booking(tracker: Tracker, *, to_answer: bool = False) -> Booking | None:
    """The next one that is not over, but not the helper's own when somebody else's is asked for.

    `to_answer`: before all others one that was called off, and waits for another time; one whose time is over, where
    there is no other. Raises StoreUnreachableError.
    """
    now = now_of(tracker)
    with store().read() as work:
        called_off = work.bookings.called_off_of(tracker.sender_id, now) if to_answer else None
        booking = called_off or work.bookings.active_of(tracker.sender_id, now)
        if booking is None and to_answer:
            booking = work.bookings.called_off_of(tracker.sender_id)
    theirs = state_of(tracker).helper and asks_about_their_talk(tracker.latest_message.get("text") or "")
    return None if booking and theirs and booking.about is not About.WITH_HELPER else booking


def has_cancelled(tracker: Tracker) -> bool:
    """Whether a talk booked in this conversation was cancelled. Raises StoreUnreachableError."""
    with store().read() as work:
        return any(booking.status is BookingStatus.CANCELLED for booking in work.bookings.of(tracker.sender_id))


def names_a_talk(tracker: Tracker) -> bool:
    """Whether the latest message says when or how one would like to talk."""
    return any(next(tracker.get_latest_entity_values(named), None) for named in ("time_wish", "way"))


def say_that_it_is_called_off(dispatcher: CollectingDispatcher, tracker: Tracker, booking: Booking) -> None:
    """Tells it and offers another time. No card with it: there is no time yet to go to."""
    dispatcher.utter_message(
        response="utter_booking_called_off",
        **told_time(booking.starts_at),
        buttons=in_their_language(tracker, [button("Find en ny tid", "booking_reschedule")]),
    )


def say_that_there_is_none(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Tells where a booking can be opened by its three words, and offers a new one."""
    dispatcher.utter_message(response="utter_booking_unknown", buttons=in_their_language(tracker, [BOOK]))
