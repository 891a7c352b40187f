from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.along import said_in, told_along, with_along
from actions.beside import beside_now, unless_full
from actions.booking_answer import INFORM, MOVE, NO, BookingAnswer, answer_of
from actions.booking_slots import (
    ALONG,
    ASKED,
    BESIDE,
    CONTACT,
    MEANT,
    ROLE,
    TIME,
    TOLD,
    BookingState,
    slot_events,
    state_of,
)
from actions.booking_steps import Step, asked_again, step
from actions.calendar import TownCalendar
from actions.context import store
from actions.held_time import with_its_time_held
from actions.store_action import Events, StoreAction
from actions.whom import Chosen, beside_choice, beside_question, choice_in, with_choice, without_question
from bot.casework.along import Along
from bot.casework.bookings import Contact
from bot.language.along import Said
from bot.store.whose import of_conversation


class ValidateBookingForm(StoreAction):
    """Reads each message of the booking form; no events for one that is no answer, and Rasa takes it as a question."""

    def name(self) -> str:
        return "validate_booking_form"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        if state_of(tracker).moved and tracker.get_slot(MEANT) == state_of(tracker).moved:
            return _wished_before(tracker)
        state = _begun(tracker) if tracker.get_slot("requested_slot") is None else state_of(tracker)
        said, answer = said_in(tracker).after(state.along), answer_of(tracker)
        if _leaves_for_what_stands(tracker, state, answer):
            return []
        if said:
            # "Min mor kommer med" says who comes, not where to meet.
            answer = replace(answer, meeting_place=None)
        whom = choice_in(tracker, state)
        done = _with_whom(tracker, state, answer, said, whom)
        if done is None:
            return []
        if answer.meeting_place and not whom:
            _keep(tracker, Contact(meeting_place=answer.meeting_place))
        done = _with_the_rest(state, with_its_time_held(tracker, unless_full(tracker, state, done)), said)
        told = told_along(Along.from_dict(done.changes.get(ALONG) or {})) | {"agent": whom.name if whom else ""}
        for response in done.says:
            dispatcher.utter_message(response=response, **told)
        return slot_events(done.changes)

    def without_store(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Leaves all as it was. The question put next says what is wrong, if it needs the store itself."""
        state = state_of(tracker)
        if state.asks == CONTACT:
            dispatcher.utter_message(response="utter_store_unreachable")
        return slot_events({"booking_way": state.way.value})


def _with_the_rest(state: BookingState, done: Step, said: Said) -> Step:
    """The same step, with what goes along with the talk, and that the question of the talk they have was answered."""
    if said:
        done = with_along(state, done, said)
    elif state.asks is None:
        done = replace(done, changes=done.changes | {ALONG: state.along.as_dict()})
    return replace(done, changes=done.changes | ({BESIDE: TOLD} if state.beside == ASKED else {}))


def _wished_before(tracker: Tracker) -> Events:
    """What was wished for before it was asked which talk is to be moved; the message itself only names that talk."""
    state, done = state_of(tracker), Step()
    if state.wish:
        calendar, wished = TownCalendar(tracker, state.agent), BookingAnswer(INFORM, wish=state.wish)
        done = step(replace(state, wish=None), wished, calendar) or asked_again(state)
    return slot_events(with_its_time_held(tracker, done).changes | {MEANT: None})


def _leaves_for_what_stands(tracker: Tracker, state: BookingState, answer: BookingAnswer) -> bool:
    """Whether "flyt den" is about the talk they have, which the rules go on with, and not about the one being booked.

    Once a time is chosen for that one, another time is for it, too.
    """
    if answer.intent != MOVE or state.asks is None or (state.asks != TIME and answer.wish):
        return False
    return bool(beside_now(tracker, state))


def _begun(tracker: Tracker) -> BookingState:
    """The state as a booking begins. What belongs to another talk, or may be somebody else's, is forgotten."""
    state, helps = state_of(tracker), bool(tracker.get_slot(ROLE))
    with store().write(of_conversation(tracker.sender_id)) as work:
        if helps:
            work.conversations.forget_contact(tracker.sender_id)
        else:
            work.conversations.forget_meeting_place(tracker.sender_id)
    state = replace(state, agent=None, asks_agent=False)
    # A move that was given up leaves the wishes of the talk that was to be moved.
    return replace(state, along=Along()) if helps or state.moved else state


def _with_whom(
    tracker: Tracker, state: BookingState, answer: BookingAnswer, said: Said, whom: Chosen | None
) -> Step | None:
    """What the answer does, on the calendar of whom it is now to be with."""
    calendar = TownCalendar(tracker, whom.agent if whom else state.agent)
    if whom:
        done = _step(state, beside_choice(answer), said, calendar) or asked_again(state)
        return with_choice(state, done, whom, calendar)
    if state.asks_agent:
        left = _step(state, beside_question(answer), said, calendar)
        return without_question(left) if left else None
    return _step(state, answer, said, calendar)


def _step(state: BookingState, answer: BookingAnswer, said: Said, calendar: TownCalendar) -> Step | None:
    if said.dropped and answer.intent == NO:
        # "Nej, jeg behøver ikke en tolk" says no to the interpreter, not to the times.
        answer = BookingAnswer(INFORM)
    if answer.way and answer.way not in calendar.ways():
        done = step(state, replace(answer, way=None), calendar) or asked_again(state)
        return replace(done, says=("utter_booking_way_not_here",))
    return step(state, answer, calendar) or (asked_again(state) if said else None)


def _keep(tracker: Tracker, contact: Contact) -> None:
    with store().write(of_conversation(tracker.sender_id)) as work:
        work.conversations.keep_contact(work.conversations.lock(tracker.sender_id), contact)
