"""The talk that was booked in this very conversation; any other is opened by its three words."""

from collections.abc import Sequence
from datetime import datetime

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.booking_slots import state_of
from actions.buttons import BOOK, FIND_ANOTHER, HUMAN, NEW_TIME, no_other_time
from actions.context import now_of, store
from actions.tongue import in_their_language, told_place, told_time
from bot.casework.bookings import About, Booking, BookingStatus
from bot.casework.talk_questions import after_called_off
from bot.language.helpers import asks_about_their_talk
from bot.store.store import Work
from bot.store.whose import of_conversation


def own_booking(tracker: Tracker, *, to_answer: bool = False) -> Booking | None:
    """The next one that is not over, but not the helper's own when somebody else's is asked for.

    `to_answer`: before all others one that was called off, and waits for another time; one that has begun, or was
    called off and its time is over, where there is no other. Raises StoreUnreachableError.
    """
    now = now_of(tracker)
    with store().read(of_conversation(tracker.sender_id)) as work:
        booking = (_first_to_answer if to_answer else _next)(work, tracker.sender_id, now)
    return booking if booking and _is_asked_about(tracker, booking) else None


def own_talks(tracker: Tracker) -> Sequence[Booking]:
    """All that will be held and have not begun, soonest first, and of a helper's as above.

    Raises StoreUnreachableError.
    """
    with store().read(of_conversation(tracker.sender_id)) as work:
        ahead = work.bookings.ahead_of(tracker.sender_id, now_of(tracker))
    return [talk for talk in ahead if _is_asked_about(tracker, talk)]


def _is_asked_about(tracker: Tracker, booking: Booking) -> bool:
    theirs = state_of(tracker).helper and asks_about_their_talk(tracker.latest_message.get("text") or "")
    return not theirs or booking.about is About.WITH_HELPER


def _next(work: Work, conversation: str, now: datetime) -> Booking | None:
    return work.bookings.active_of(conversation, now)


def _first_to_answer(work: Work, conversation: str, now: datetime) -> Booking | None:
    own = work.bookings
    return (
        own.called_off_of(conversation, now) or to_cancel(work, conversation, now) or own.active_of(conversation, now)
    )


def to_cancel(work: Work, conversation: str, now: datetime) -> Booking | None:
    """The next talk of the conversation that has not begun, or else one that was called off, also after its time."""
    own = work.bookings
    ahead = next(iter(own.ahead_of(conversation, now)), None)
    return ahead or own.called_off_of(conversation, now) or own.called_off_of(conversation)


def has_cancelled(tracker: Tracker) -> bool:
    """Whether a talk booked in this conversation was cancelled. Raises StoreUnreachableError."""
    with store().read(of_conversation(tracker.sender_id)) as work:
        return any(booking.status is BookingStatus.CANCELLED for booking in work.bookings.of(tracker.sender_id))


def names_a_talk(tracker: Tracker) -> bool:
    """Whether the latest message says when or how one would like to talk."""
    return any(next(tracker.get_latest_entity_values(named), None) for named in ("time_wish", "way"))


def say_that_it_is_called_off(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    booking: Booking,
    response: str = "utter_booking_called_off",
) -> None:
    """Tells it and offers another time, which "ja" and "nej" answer. No card with it: there is no time to go to."""
    dispatcher.utter_message(
        response=response,
        **told_time(booking.starts_at),
        **after_called_off(booking.id),
        buttons=in_their_language(tracker, [FIND_ANOTHER, no_other_time(booking.id)]),
    )


def say_that_it_has_begun(
    dispatcher: CollectingDispatcher, tracker: Tracker, booking: Booking, card: dict[str, str] | None = None
) -> None:
    """Tells where it is, and that it can be changed no more; offers a human and another time. `card` shows the talk."""
    dispatcher.utter_message(
        response="utter_booking_begun",
        **told_time(booking.starts_at),
        **told_place(booking.place, booking.way),
        buttons=in_their_language(tracker, [HUMAN, NEW_TIME]),
        json_message=card,
    )


def say_that_there_is_none(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Tells where a booking can be opened by its three words, and offers a new one."""
    dispatcher.utter_message(response="utter_booking_unknown", buttons=in_their_language(tracker, [BOOK]))
