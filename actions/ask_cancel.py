from collections.abc import Sequence
from datetime import datetime

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.ask_which_cancel import ASK_WHICH_CANCEL
from actions.booking_answer import NO
from actions.booking_slots import LEFT, MEANT, TO_CANCEL
from actions.buttons import button
from actions.context import now_of
from actions.own_booking import (
    own_booking,
    own_talks,
    say_that_it_has_begun,
    say_that_it_is_called_off,
    say_that_there_is_none,
)
from actions.store_action import Events, StoreAction
from actions.tongue import in_their_language, told_time
from actions.which_talk import meant_or_called_off
from bot.casework.bookings import Booking, BookingStatus

ASK_CANCEL = "action_ask_cancel"


class AskCancel(StoreAction):
    """Asks once before a talk is cancelled, and which; whoever was only about to book one has nothing to cancel."""

    def name(self) -> str:
        return ASK_CANCEL

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        own = own_booking(tracker, to_answer=True)
        talks = _meant(tracker, own)
        if len(talks) > 1:
            return [FollowupAction(ASK_WHICH_CANCEL)]
        booking = talks[0] if talks else own
        stopped = tracker.latest_action_name == LEFT
        if stopped and (booking is None or booking.has_begun(now_of(tracker))):
            dispatcher.utter_message(response="utter_booking_stopped")
            return []
        if booking is None:
            say_that_there_is_none(dispatcher, tracker)
            return []
        return ask_about(dispatcher, tracker, booking, now_of(tracker))


def ask_about(dispatcher: CollectingDispatcher, tracker: Tracker, booking: Booking, now: datetime) -> Events:
    """Asks whether to cancel it, or whether another time is wanted where it was called off; tells that it has begun.

    A "ja" is about the talk that was asked about, whatever has become of others meanwhile.
    """
    if booking.status is BookingStatus.CALLED_OFF:
        say_that_it_is_called_off(dispatcher, tracker, booking, "utter_booking_is_off")
    elif booking.has_begun(now):
        say_that_it_has_begun(dispatcher, tracker, booking)
    else:
        dispatcher.utter_message(
            response="utter_booking_ask_cancel",
            **told_time(booking.starts_at),
            buttons=in_their_language(
                tracker, [button("Ja, aflys tiden", "chat_affirm"), button("Nej, behold den", "chat_deny")]
            ),
        )
        return [SlotSet(TO_CANCEL, booking.id)]
    return [SlotSet(TO_CANCEL, None)]


def _meant(tracker: Tracker, own: Booking | None) -> Sequence[Booking]:
    """Those that may be meant; who says no to what was just booked means that one."""
    if tracker.latest_message["intent"]["name"] == NO:
        talks = own_talks(tracker)
        return [talk for talk in talks if talk.id == tracker.get_slot(MEANT)] or talks
    return meant_or_called_off(tracker, own, by_words=True)
