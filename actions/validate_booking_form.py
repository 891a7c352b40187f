from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.along import said_in, told_along, with_along
from actions.booking_answer import INFORM, NO, BookingAnswer, answer_of
from actions.booking_slots import ALONG, CONTACT, ROLE, slot_events, state_of
from actions.booking_steps import asked_again, step
from actions.calendar import TownCalendar
from actions.context import store
from actions.held_time import with_its_time_held
from actions.store_action import Events, StoreAction
from bot.casework.along import Along


class ValidateBookingForm(StoreAction):
    """Reads each message of the booking form; no events for one that is no answer, and Rasa takes it as a question."""

    def name(self) -> str:
        return "validate_booking_form"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        state = state_of(tracker)
        if state.asks is None and tracker.get_slot(ROLE):
            # What was given before may be how to reach somebody else.
            with store().write() as work:
                work.conversations.forget_contact(tracker.sender_id)
        said, answer = said_in(tracker).after(state.along), answer_of(tracker)
        if said.dropped and answer.intent == NO:
            # "Nej, jeg behøver ikke en tolk" says no to the interpreter, not to the times.
            answer = BookingAnswer(INFORM)
        done = step(state, answer, TownCalendar(tracker)) or (asked_again(state) if said else None)
        if done is None:
            return []
        done = with_its_time_held(tracker, done)
        if said:
            done = with_along(state, done, said)
        told = told_along(Along.from_dict(done.changes.get(ALONG) or {}))
        for response in done.says:
            dispatcher.utter_message(response=response, **told)
        return slot_events(done.changes)

    def without_store(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Leaves all as it was. The question put next says what is wrong, if it needs the store itself."""
        state = state_of(tracker)
        if state.asks == CONTACT:
            dispatcher.utter_message(response="utter_store_unreachable")
        return slot_events({"booking_way": state.way.value})
