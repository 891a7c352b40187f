from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.along import noted, said_in, told_along
from actions.booking_answer import answer_of
from actions.booking_slots import ALONG, slot_events, state_of
from actions.booking_status import tell_talk
from actions.context import now_of, store
from actions.move_booking import MoveBooking
from actions.own_booking import own_booking, own_talks
from actions.reminder import tell_of_reminder
from actions.store_action import Events, StoreAction
from bot.casework.along import Along
from bot.casework.arranging import ask_along
from bot.casework.bookings import Booking, BookingNotFoundError
from bot.language.along import Said
from bot.language.changing import asks_for_a_way
from bot.language.reminding import asks_to_be_reminded
from bot.store.whose import of_conversation


class Practical(StoreAction):
    """Answers what is practical about a talk; what is asked for along with it is kept, another way begins a move."""

    def name(self) -> str:
        return "action_booking_practical"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        if asks_to_be_reminded(tracker.latest_message.get("text") or "", of_what_was_told=True):
            tell_of_reminder(dispatcher, tracker)
            return []
        way = answer_of(tracker).way
        talks = own_talks(tracker) if way else ()
        another = any(talk.way is not way for talk in talks)
        if another and asks_for_a_way(tracker.latest_message.get("text") or ""):
            # "Kan det være på telefon?" asks for it, and a talk is held another way only at a time that is free for it.
            return MoveBooking().act(dispatcher, tracker)
        if talks and not another:
            tell_talk(dispatcher, tracker, talks[0])
            return []
        return self._practical(dispatcher, tracker)

    def _practical(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        booking = own_booking(tracker)
        waiting = state_of(tracker).along
        said = said_in(tracker).after(booking.along if booking else waiting)
        if not said:
            dispatcher.utter_message(response="utter_booking_practical")
            return []
        kept = _kept(tracker, booking, said) if booking else None
        if kept is not None:
            dispatcher.utter_message(response=noted(kept, said), **told_along(kept))
            return []
        along = waiting.changed_by(said.along, said.dropped)
        dispatcher.utter_message(response="utter_booking_along_first", **told_along(along))
        return slot_events({ALONG: along.as_dict()})


def _kept(tracker: Tracker, booking: Booking, said: Said) -> Along | None:
    """What goes along with the talk now; None where it does not stand before it any more."""
    with store().write(of_conversation(tracker.sender_id)) as work:
        # Before the bookings, as an erasure at the same moment does.
        work.conversations.lock(tracker.sender_id)
        work.agents.lock(booking.municipality)
        current = work.bookings.by_id(booking.id) or booking
        try:
            return ask_along(work, current, current.along.changed_by(said.along, said.dropped), now_of(tracker)).along
        except BookingNotFoundError:
            return None
