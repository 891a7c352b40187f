from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.along import whom_line
from actions.beside import refused, talks_beside
from actions.booking_slots import (
    ALONG,
    CONFIRMED,
    FRESH,
    MEANT,
    TIME,
    BookingState,
    form_events,
    slot_events,
    state_of,
)
from actions.booking_wish import wish_of
from actions.buttons import plan_step
from actions.context import municipality_of, now_of, store
from actions.offers import exactly
from actions.own_booking import say_that_it_has_begun
from actions.plan_action import plan_is_shared, plan_of
from actions.store_action import Events, StoreAction
from actions.tongue import in_their_language, told_begins, told_place, told_time
from actions.whom import shown_name
from bot.casework.arranging import ask_along, book, move_and_look
from bot.casework.bookings import (
    OPEN,
    Booking,
    BookingStatus,
    TimeNotOfferedError,
    TimeTakenError,
    TooManyTalksError,
)
from bot.store.store import Work
from bot.store.whose import of_conversation


@dataclass(frozen=True)
class Arranged:
    """A booking, whether it was made or moved, and whether a reminder asked for will not come any more.

    `whom` is what who holds it is called, where somebody was chosen.
    """

    booking: Booking
    event: str
    unreminded: bool = False
    whom: str = ""


class HasBegunError(Exception):
    """The talk that was to be moved has begun while the new time was chosen, and goes on."""

    def __init__(self, booking: Booking) -> None:
        self.booking = booking


class Book(StoreAction):
    """Books or moves the talk that was confirmed, once, however often it is confirmed."""

    def name(self) -> str:
        return "action_book"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        state = state_of(tracker)
        if state.time is None:
            return form_events({CONFIRMED: None}, asks=TIME)
        can_send = bool(plan_of(tracker).said) and not plan_is_shared(tracker)
        try:
            arranged = _arrange(tracker, state, state.time)
        except TimeTakenError:
            dispatcher.utter_message(response="utter_booking_ran_out")
            return _back_to_times(state.time)
        except TimeNotOfferedError:
            dispatcher.utter_message(response="utter_booking_gone")
            return _back_to_times(state.time)
        except HasBegunError as error:
            say_that_it_has_begun(dispatcher, tracker, error.booking)
            return slot_events(FRESH | {ALONG: None})
        except TooManyTalksError:
            dispatcher.utter_message(**refused(tracker, talks_beside(tracker, None, helper=False)))
            return slot_events(FRESH | {ALONG: None})
        _tell(dispatcher, tracker, arranged, can_send=can_send)
        return slot_events(FRESH | {ALONG: None, MEANT: arranged.booking.id})

    def without_store(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Puts the last question again: the time is still theirs to take."""
        super().without_store(dispatcher, tracker)
        return form_events({CONFIRMED: None}, asks=CONFIRMED)


def _back_to_times(time: datetime) -> Events:
    changes = {TIME: None, CONFIRMED: None, "time_wish": exactly(time).as_dict(), "booking_page": 0}
    return form_events(changes | {"booking_offered": []}, asks=TIME)


def _arrange(tracker: Tracker, state: BookingState, time: datetime) -> Arranged:
    town, now = municipality_of(tracker), now_of(tracker)
    with store().write(of_conversation(tracker.sender_id)) as work:
        # Before the bookings, as an erasure at the same moment does.
        work.conversations.lock(tracker.sender_id)
        work.agents.lock(town.slug)
        same = _same(work.bookings.ahead_of(tracker.sender_id, now), state, time)
        if same and _with_whom(same, state):
            # Confirmed before, by a message that was handled twice, or moved to where it was.
            along = state.along if state.moved else same.along.changed_by(state.along)
            kept = same if same.along == along else ask_along(work, same, along, now)
            return Arranged(kept, "made", whom=shown_name(work, tracker, kept))
        wish = wish_of(work, tracker.sender_id, state, time, town)
        # The same time with another is no second talk.
        if left := same or _left_for_it(work, tracker, state, now):
            along = wish.along if state.moved else left.along.changed_by(wish.along)
            changed = replace(
                left, way=wish.way, place=wish.place, contact=wish.contact, along=along, chosen=wish.chosen
            )
            moved = move_and_look(work, changed, time, town.rules, now)
            whom = shown_name(work, tracker, moved.booking)
            return Arranged(moved.booking, "moved", moved.unreminded, whom)
        made = book(work, wish, town.rules, now)
        return Arranged(made, "made", whom=shown_name(work, tracker, made))


def _same(own: Sequence[Booking], state: BookingState, time: datetime) -> Booking | None:
    """The talk they have at that time and in that way; of others than the one that is moved nothing is asked."""
    found = (one for one in own if one.starts_at == time and one.way is state.way)
    return next((one for one in found if state.moved in (None, one.id)), None)


def _with_whom(own: Booking, state: BookingState) -> bool:
    """Whether it is with whom they want; whoever moves it may take a choice back."""
    return own.chosen == state.agent or (state.agent is None and not state.moved)


def _left_for_it(work: Work, tracker: Tracker, state: BookingState, now: datetime) -> Booking | None:
    """The talk that the new time takes the place of: the one to be moved, or one that was called off.

    Raises HasBegunError.
    """
    moved = work.bookings.by_id(state.moved) if state.moved else None
    if moved and moved.conversation == tracker.sender_id:
        if moved.status in OPEN and moved.starts_at > now:
            return moved
        if moved.status is BookingStatus.ACTIVE and moved.ends_at > now:
            raise HasBegunError(moved)
    return work.bookings.called_off_of(tracker.sender_id, now) or work.bookings.called_off_of(tracker.sender_id)


def _tell(dispatcher: CollectingDispatcher, tracker: Tracker, arranged: Arranged, *, can_send: bool) -> None:
    booking, can_send = arranged.booking, can_send and arranged.event == "made"
    dispatcher.utter_message(
        response=f"utter_booking_{arranged.event}",
        **told_time(booking.starts_at),
        **told_place(booking.place, booking.way),
        **whom_line(arranged.whom),
        **told_begins(booking.way, arranged.whom),
        buttons=in_their_language(tracker, [plan_step("Send min plan med", "send")] if can_send else []),
        json_message={"kind": "booking", "booking": booking.id, "event": arranged.event},
    )
    if arranged.unreminded:
        dispatcher.utter_message(response="utter_booking_unreminded")
