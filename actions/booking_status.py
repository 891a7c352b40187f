from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.along import told_line
from actions.booking_slots import FRESH, TIME, form_events
from actions.context import now_of, store
from actions.handoff import say_when_somebody_is_there
from actions.own_booking import (
    names_a_talk,
    own_booking,
    own_talks,
    say_that_it_has_begun,
    say_that_it_is_called_off,
    say_that_there_is_none,
)
from actions.store_action import Events, StoreAction
from actions.tongue import told_begins, told_place, told_time
from actions.whom import shown_name
from bot.casework.bookings import Booking
from bot.casework.bookings import BookingStatus as Status
from bot.casework.conversations import Holder
from bot.store.whose import of_conversation

ASKED_FOR_IT = "booking_status"


class BookingStatus(StoreAction):
    """Says when and where each talk is; whoever asked for it sees its three words again."""

    def name(self) -> str:
        return "action_booking_status"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        booking = own_booking(tracker)
        if booking is None and _waits_for_a_human(tracker):
            # "Hvornår er der nogen?" is about the human they asked for.
            say_when_somebody_is_there(dispatcher, tracker, fresh=False)
            return []
        if booking is None and names_a_talk(tracker):
            # "Har I en telefontid?" looks for one to have.
            return form_events(FRESH, asks=TIME)
        if booking is None:
            say_that_there_is_none(dispatcher, tracker)
            return []
        if booking.status is Status.CALLED_OFF:
            say_that_it_is_called_off(dispatcher, tracker, booking)
            return []
        if booking.has_begun(now_of(tracker)):
            say_that_it_has_begun(dispatcher, tracker, booking, _card(tracker, booking))
        else:
            tell_talk(dispatcher, tracker, booking)
        for other in own_talks(tracker):
            if other.id != booking.id:
                tell_talk(dispatcher, tracker, other, "utter_booking_shown_also")
        return []


def tell_talk(
    dispatcher: CollectingDispatcher, tracker: Tracker, booking: Booking, response: str = "utter_booking_shown"
) -> None:
    """Says when, where and how it is, with its card for whoever asked for it. Raises StoreUnreachableError."""
    whom = _whom(tracker, booking)
    dispatcher.utter_message(
        response=response,
        **told_time(booking.starts_at),
        **told_place(booking.place, booking.way),
        **told_line(booking.along, whom),
        **told_begins(booking.way, whom),
        json_message=_card(tracker, booking),
    )


def _whom(tracker: Tracker, booking: Booking) -> str:
    with store().read(of_conversation(tracker.sender_id)) as work:
        return shown_name(work, tracker, booking)


def _waits_for_a_human(tracker: Tracker) -> bool:
    with store().read(of_conversation(tracker.sender_id)) as work:
        return work.conversations.get(tracker.sender_id).holder is Holder.WAITING


def _card(tracker: Tracker, booking: Booking) -> dict[str, str] | None:
    if tracker.latest_message["intent"]["name"] != ASKED_FOR_IT:
        return None
    return {"kind": "booking", "booking": booking.id, "event": "shown"}
