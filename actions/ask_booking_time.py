from collections.abc import Sequence

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.beside import beside_now, refused, told_of
from actions.booking_slots import (
    AGENT,
    ASKED,
    ASKS_AGENT,
    BESIDE,
    TOLD,
    BookingState,
    Changes,
    as_slot,
    slot_events,
    state_of,
)
from actions.buttons import CHOOSE, FORGET, HUMAN, Button, inform, other_ways
from actions.calendar import TownCalendar
from actions.offers import Offer, offer
from actions.store_action import Events, StoreAction
from actions.tongue import in_their_language, time_title, told_place, told_time, told_way, told_wish
from actions.whom import whom_buttons, without
from bot.casework.choosing import Choice
from bot.casework.several import is_full
from bot.language.day_span import days_from
from bot.language.time_wish import TimeWish


class AskBookingTime(StoreAction):
    """Offers free times: the next ones, those that fit a wish, or the nearest. Declined, it asks for a day."""

    def name(self) -> str:
        return "action_ask_booking_time"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        state = state_of(tracker)
        calendar = TownCalendar(tracker, state.agent)
        choice = calendar.choice(state.way)
        if state.asks_agent and choice.agents:
            dispatcher.utter_message(response="utter_booking_whom", buttons=whom_buttons(tracker, choice))
            return []
        if calendar.may_choose and (choice.without or choice.gone):
            dispatcher.utter_message(**without(choice))
        beside = beside_now(tracker, state)
        if is_full(beside):
            dispatcher.utter_message(**refused(tracker, beside))
            return slot_events({"booking_offered": [], BESIDE: TOLD})
        told: Changes = {}
        if beside and state.beside is None:
            dispatcher.utter_message(**told_of(tracker, beside))
            told = {BESIDE: ASKED}
        return slot_events(told | self._offers(dispatcher, tracker, calendar, choice))

    def _offers(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, calendar: TownCalendar, choice: Choice
    ) -> Changes:
        state = state_of(tracker)
        shown = offer([span.starts_at for span in choice.free], state.wish, state.page)
        dispatcher.utter_message(
            response=_response(state, shown, calendar),
            buttons=in_their_language(tracker, _buttons(tracker, state, shown, calendar, choice)),
            **told_place(calendar.place(state.way), state.way),
            **told_time(calendar.moved_from()),
            **told_wish(state.wish),
            **told_way(state.way),
        )
        whose: Changes = {AGENT: choice.chosen, ASKS_AGENT: False}
        if state.declined:
            # What was shown last stays what "den første" means.
            return whose
        offered = [as_slot(moment) for moment in shown.times]
        return whose | {"booking_offered": offered, "booking_page": shown.page}


def _response(state: BookingState, shown: Offer, calendar: TownCalendar) -> str:
    if not shown.times:
        return "utter_booking_no_times"
    if state.declined:
        return "utter_booking_write_a_day"
    if state.wish and (state.wish.refused or state.wish.unclear or not shown.fits):
        return f"utter_booking_offer_{_what_is_wrong_with(state.wish, calendar)}"
    if not state.wish and calendar.moves_another_way(state.way):
        return "utter_booking_offer_move_way"
    if shown.page or state.wish:
        return "utter_booking_offer_more" if shown.page else "utter_booking_offer_fitting"
    return "utter_booking_offer_move" if calendar.moves_what_stands() else f"utter_booking_offer_{state.way}"


def _what_is_wrong_with(wish: TimeWish, calendar: TownCalendar) -> str:
    if wish.refused or wish.unclear or wish.day is None:
        return wish.refused or ("unclear" if wish.unclear else "nearest")
    if wish.day > calendar.last_day():
        return "too_far"
    days = days_from(wish.day, wish.last_day or wish.day)
    return "closed" if all(map(calendar.is_closed, days)) else "nearest"


def _buttons(
    tracker: Tracker, state: BookingState, shown: Offer, calendar: TownCalendar, choice: Choice
) -> Sequence[Button]:
    if state.declined and shown.times:
        return [inform("Vis flere tider", booking_page=shown.page + 1), FORGET]
    times = [
        inform(time_title(tracker, moment), booking_time=as_slot(moment), booking_way=state.way.value)
        for moment in shown.times
    ]
    more = [inform("Vis flere tider", booking_page=shown.page + 1)] if shown.more else []
    whom = [CHOOSE] if calendar.may_choose and choice.agents else []
    return [*times, *more, *whom, *other_ways(state.way, calendar.ways()), *([] if times else [HUMAN]), FORGET]
