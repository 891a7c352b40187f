"""The message before a talk, for whoever asks for it in the chat: the card of the talk opens the page to choose it."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.context import now_of, store
from actions.own_booking import own_booking, say_that_it_is_called_off, say_that_there_is_none
from actions.tongue import told_time
from bot.casework.bookings import Booking, BookingStatus
from bot.casework.reminders import TooLateToRemindError, remind_at
from bot.settings import load_settings
from bot.store.whose import of_conversation


def tell_of_reminder(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Says whether a message can be had, and shows the talk's card that leads to it. Raises StoreUnreachableError.

    A number that is typed here would stand hidden in the chat, and belongs to no reminder.
    """
    booking = own_booking(tracker)
    if booking is None:
        say_that_there_is_none(dispatcher, tracker)
        return
    if booking.status is BookingStatus.CALLED_OFF:
        say_that_it_is_called_off(dispatcher, tracker, booking)
        return
    dispatcher.utter_message(
        response=_response(tracker, booking),
        **told_time(booking.starts_at),
        json_message={"kind": "booking", "booking": booking.id, "event": "shown"},
    )


def _response(tracker: Tracker, booking: Booking) -> str:
    can_be_sent_by = load_settings().reminds_by
    with store().read(of_conversation(tracker.sender_id)) as work:
        waits_for = work.reminders.waiting_by([booking.id]).get(booking.id)
        if work.reminders.is_asked(booking) and waits_for in {None, *can_be_sent_by}:
            return "utter_booking_remind_asked"
    if not can_be_sent_by:
        return "utter_booking_remind_cannot"
    try:
        remind_at(booking, now_of(tracker))
    except TooLateToRemindError:
        return "utter_booking_remind_too_late"
    return "utter_booking_remind"
