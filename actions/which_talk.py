"""Which of several talks somebody means who wants one moved or cancelled."""

from collections.abc import Sequence

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.booking_answer import place_in_list
from actions.buttons import button
from actions.english_answers import as_danish_answer
from actions.offers import fits
from actions.own_booking import own_talks
from actions.tongue import in_their_language, time_title, told_times
from bot.casework.bookings import Booking, BookingStatus
from bot.language.time_wish import TimeWish

TALK = "talk"
"""The entity of a button that names a talk by its number."""
ANSWERED = "booking_id"
"""The same of the button that wants no other time for it."""


def pressed(tracker: Tracker) -> str | None:
    """The number of the talk that a button names."""
    return next((number for name in (TALK, ANSWERED) for number in tracker.get_latest_entity_values(name)), None)


def meant(tracker: Tracker, talks: Sequence[Booking], *, by_words: bool) -> Sequence[Booking]:
    """Those of the talks that the message may mean: by its button, or `by_words` by what it names; all if neither."""
    if number := pressed(tracker):
        return [talk for talk in talks if talk.id == number] or talks
    return (_named(tracker, talks) if by_words else ()) or talks


def meant_or_called_off(tracker: Tracker, own: Booking | None, *, by_words: bool) -> Sequence[Booking]:
    """The same of all that stand; `own` alone where it was called off, which is told first, unless a button names one.

    Raises StoreUnreachableError.
    """
    if own and own.status is BookingStatus.CALLED_OFF and not pressed(tracker):
        return [own]
    return meant(tracker, own_talks(tracker), by_words=by_words)


def ask_which(dispatcher: CollectingDispatcher, tracker: Tracker, response: str, intent: str) -> None:
    """Asks it; each button says `intent` of the talk that it names. Raises StoreUnreachableError."""
    talks = own_talks(tracker)
    each = [button(time_title(tracker, talk.starts_at), intent, **{TALK: talk.id}) for talk in talks]
    dispatcher.utter_message(
        response=response,
        buttons=in_their_language(tracker, [*each, button("Nej, behold dem", "chat_deny")]),
        **told_times([talk.starts_at for talk in talks]),
    )


def _named(tracker: Tracker, talks: Sequence[Booking]) -> Sequence[Booking]:
    """Those of that day or hour, held that way, or at that place in the list."""
    place = place_in_list(as_danish_answer(tracker.latest_message.get("text") or ""))
    if place is not None:
        return talks[place:][:1]
    wish, way = (next(tracker.get_latest_entity_values(name), None) for name in ("time_wish", "way"))
    at = [talk for talk in talks if wish and fits(talk.starts_at, TimeWish.from_dict(wish))]
    by = [talk for talk in at or talks if way and talk.way == way]
    return by or at
