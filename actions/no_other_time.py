from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.ask_cancel import ASK_CANCEL
from actions.context import municipality_of, now_of, store
from actions.own_booking import say_that_it_has_begun
from actions.store_action import Events, StoreAction
from actions.tongue import told_time
from actions.which_talk import ANSWERED
from bot.casework.arranging import cancel
from bot.casework.bookings import Booking, BookingStatus
from bot.store.whose import of_conversation


class NoOtherTime(StoreAction):
    """Takes the "nej tak" of somebody who wants no other time for a talk that was called off, or that they missed."""

    def name(self) -> str:
        return "action_no_other_time"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        booking = _answered(tracker)
        if booking is None or booking.status in (BookingStatus.MET, BookingStatus.MISSED):
            dispatcher.utter_message(response="utter_booking_no_new")
        elif booking.status is BookingStatus.CANCELLED:
            dispatcher.utter_message(
                response="utter_booking_given_up",
                **told_time(booking.starts_at),
                json_message={"kind": "booking", "booking": booking.id, "event": "cancelled"},
            )
        elif booking.has_begun(now_of(tracker)):
            say_that_it_has_begun(dispatcher, tracker, booking)
        else:
            # An old button: it was moved since, and stands. Asked by its own action, whose "ja" cancels it.
            return [FollowupAction(ASK_CANCEL)]
        return []


def _answered(tracker: Tracker) -> Booking | None:
    """The talk it was said of, if it was booked in this conversation; cancelled, where it waited for an answer."""
    number = next(tracker.get_latest_entity_values(ANSWERED), None)
    with store().write(of_conversation(tracker.sender_id)) as work:
        # As everybody does who changes a talk: the desk may be answering for them at this moment.
        work.conversations.lock(tracker.sender_id)
        work.agents.lock(municipality_of(tracker).slug)
        booking = work.bookings.by_id(number) if isinstance(number, str) else None
        if booking is None or booking.conversation != tracker.sender_id:
            return None
        is_off = booking.status is BookingStatus.CALLED_OFF
        return cancel(work, booking, now_of(tracker)) if is_off else booking
