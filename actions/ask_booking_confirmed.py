from collections.abc import Sequence

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.along import told_line
from actions.beside import beside_now, line_of, moves_hither
from actions.booking_slots import state_of
from actions.buttons import FORGET, button, inform
from actions.context import municipality_of, store
from actions.form_fields import FIRST_NAME, OWN_FIRST_NAME, form
from actions.store_action import Events, StoreAction
from actions.tongue import fields_in_their_language, in_their_language, told_place, told_time
from actions.whom import shown_names
from bot.casework.bookings import About, Booking
from bot.casework.ways import NEEDS
from bot.store.whose import of_conversation


class AskBookingConfirmed(StoreAction):
    """Says the time and the place once more and asks whether they are right."""

    def name(self) -> str:
        return "action_ask_booking_confirmed"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        state = state_of(tracker)
        whom = _name(tracker, state.agent) if state.agent else ""
        self._ask(dispatcher, tracker, whom, beside_now(tracker, state))
        return []

    def without_store(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Asks all the same: a name and the talks they have are all that the store is needed for."""
        self._ask(dispatcher, tracker, "", ())
        return []

    def _ask(self, dispatcher: CollectingDispatcher, tracker: Tracker, whom: str, beside: Sequence[Booking]) -> None:
        state = state_of(tracker)
        told, more = told_line(state.along, whom), line_of(beside)
        name = OWN_FIRST_NAME if state.about is About.WORRY else FIRST_NAME
        dispatcher.utter_message(
            response="utter_booking_confirm_move" if state.moved else "utter_booking_confirm",
            **told_time(state.time, opens=not state.moved),
            **told_place(municipality_of(tracker).places[state.way], state.way),
            **{tongue: told[tongue] + more[tongue] for tongue in told},
            # The name was asked together with a number or a place.
            json_message=None if state.moved or state.way in NEEDS else fields_in_their_language(tracker, form(name)),
            buttons=in_their_language(
                tracker,
                [
                    button("Ja, flyt tiden" if state.moved else "Ja, book tiden", "chat_affirm"),
                    *([moves_hither(state)] if len(beside) == 1 else []),
                    inform("En anden tid", booking_page=0),
                    FORGET,
                ],
            ),
        )


def _name(tracker: Tracker, agent: int) -> str:
    with store().read(of_conversation(tracker.sender_id)) as work:
        return shown_names(work, tracker).get(agent, "")
