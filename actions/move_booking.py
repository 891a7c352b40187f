from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.ask_which_move import ASK_WHICH_MOVE
from actions.booking_answer import answer_of
from actions.booking_slots import (
    ABOUT,
    AGENT,
    ALONG,
    ASKS_AGENT,
    DEFAULT_WAY,
    FRESH,
    LEFT,
    MEANT,
    TIME,
    Changes,
    form_events,
    slot_events,
    state_of,
)
from actions.context import municipality_of, now_of
from actions.own_booking import (
    has_cancelled,
    names_a_talk,
    own_booking,
    say_that_it_has_begun,
    say_that_there_is_none,
)
from actions.store_action import Events, StoreAction
from actions.which_talk import meant_or_called_off
from actions.whom import choice_in
from bot.casework.bookings import About, Booking
from bot.casework.free_times import Way


class MoveBooking(StoreAction):
    """Begins the booking form anew for the talk booked in this conversation; that one stands until the new is had."""

    def name(self) -> str:
        return "action_move_booking"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        own = own_booking(tracker, to_answer=True)
        talks = meant_or_called_off(tracker, own, by_words=False)
        if len(talks) > 1:
            return [*slot_events(_wished(tracker)), FollowupAction(ASK_WHICH_MOVE)]
        booking = talks[0] if talks else own
        if booking and booking.has_begun(now_of(tracker)):
            say_that_it_has_begun(dispatcher, tracker, booking)
            return []
        begun = moved(tracker, booking) | _looked_at(tracker) | _along(tracker, booking) if booking else FRESH
        way, before = Way(begun["booking_way"]), begun[AGENT]
        whom = choice_in(tracker, replace(state_of(tracker), way=way, agent=before, asks_agent=False))
        names_agent = whom is not None and whom.agent is not None
        if booking is None and not (names_agent or names_a_talk(tracker) or has_cancelled(tracker)):
            say_that_there_is_none(dispatcher, tracker)
            return []
        if whom:
            begun = begun | {AGENT: whom.agent, ASKS_AGENT: whom.asks}
            for response in whom.says:
                dispatcher.utter_message(response=response, agent=whom.name)
        if booking is None:
            # Who has none to move and names a time or an agent, or has cancelled theirs, wants a new one.
            helper = state_of(tracker).helper
            return form_events(begun | ({} if helper else {ABOUT: About.YOUNG.value}), asks=ABOUT if helper else TIME)
        return form_events(begun, asks=TIME)


def moved(tracker: Tracker, booking: Booking) -> Changes:
    """The slots with which the form begins to move this talk."""
    # A town may have given up a way since.
    way = booking.way if booking.way in municipality_of(tracker).places else DEFAULT_WAY
    return FRESH | {
        AGENT: booking.chosen,
        "booking_way": way.value,
        "booking_moved": booking.id,
        ABOUT: booking.about.value,
        ALONG: booking.along.as_dict(),
        MEANT: None,
    }


def _along(tracker: Tracker, booking: Booking) -> Changes:
    """What was asked for while one more was being booked goes along with the talk that is moved instead."""
    meanwhile = tracker.latest_action_name == LEFT
    return {ALONG: booking.along.changed_by(state_of(tracker).along).as_dict()} if meanwhile else {}


def _wished(tracker: Tracker) -> Changes:
    """What the message wishes for, kept until it is known of which talk."""
    said = answer_of(tracker)
    way = said.way.value if said.way else _looked_at(tracker).get("booking_way")
    return {"booking_way": way, "time_wish": said.wish.as_dict() if said.wish else None}


def _looked_at(tracker: Tracker) -> Changes:
    """The way whose times were shown to who was booking another talk; the one that times begin with nobody chose."""
    state = state_of(tracker)
    chose = tracker.latest_action_name == LEFT and state.way is not DEFAULT_WAY
    return {"booking_way": state.way.value} if chose else {}
