from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.buttons import HUMAN, button
from actions.context import store
from actions.form_fields import form
from actions.store_action import Events, StoreAction
from actions.tongue import fields_in_their_language, in_their_language
from bot.casework.conversations import Holder
from bot.casework.reminders import ASKS
from bot.settings import load_settings
from bot.store.whose import of_conversation

ASKS_FOR_NUDGE = "handoff_write_to_me"
FORGET = "forget"
WRITE_TO_ME = button("Skriv, når nogen er der", ASKS_FOR_NUDGE)


class WriteToMe(StoreAction):
    """Asks whoever waits for a human where to write when one is there; says that it is kept, or takes it back."""

    def name(self) -> str:
        return "action_write_to_me"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        if next(tracker.get_latest_entity_values(FORGET), None):
            with store().write(of_conversation(tracker.sender_id)) as work:
                work.nudges.forget(tracker.sender_id)
            dispatcher.utter_message(response="utter_write_to_me_forgotten")
            return []
        with store().read(of_conversation(tracker.sender_id)) as work:
            waits = work.conversations.get(tracker.sender_id).holder is Holder.WAITING
            is_asked = work.nudges.is_asked(tracker.sender_id)
        if is_asked:
            forget = button("Slet det igen", ASKS_FOR_NUDGE, **{FORGET: "yes"})
            dispatcher.utter_message(response="utter_write_to_me_kept", buttons=in_their_language(tracker, [forget]))
        elif not waits:
            dispatcher.utter_message(response="utter_write_to_me_nobody", buttons=in_their_language(tracker, [HUMAN]))
        elif label := ASKS.get(load_settings().reminds_by):
            _ask(dispatcher, tracker, label)
        else:
            dispatcher.utter_message(response="utter_write_to_me_cannot")
        return []


def _ask(dispatcher: CollectingDispatcher, tracker: Tracker, label: str) -> None:
    field = {"name": "write_to", "label": label, "required": True}
    dispatcher.utter_message(
        response="utter_write_to_me",
        buttons=in_their_language(tracker, [button("Send", ASKS_FOR_NUDGE)]),
        json_message=fields_in_their_language(tracker, form(field)),
    )
