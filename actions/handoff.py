from datetime import datetime

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.buttons import BOOK, Button, button
from actions.context import municipality_of, now_of, sequence_of, store
from actions.store_action import Events, StoreAction
from actions.tongue import in_their_language, told_time
from actions.write_to_me import WRITE_TO_ME
from bot.casework.handoffs import ask_for_human
from bot.settings import load_settings
from bot.store.whose import of_conversation

SOMEBODY: Button = button("Nogen at tale med", "network_helplines")


class Handoff(StoreAction):
    """Puts the conversation in the queue of the desk and says truly when somebody is there."""

    def name(self) -> str:
        return "action_handoff"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        with store().write(of_conversation(tracker.sender_id)) as work:
            fresh = ask_for_human(work.queue, tracker.sender_id, now_of(tracker), sequence_of(tracker))
        say_when_somebody_is_there(dispatcher, tracker, fresh=fresh)
        return []


def say_when_somebody_is_there(dispatcher: CollectingDispatcher, tracker: Tracker, *, fresh: bool) -> None:
    """Where one stands in the queue for a human; `fresh` for one who was put there just now."""
    town, now = municipality_of(tracker), now_of(tracker)
    opens = None if town.staffed_at(now) else town.next_staffed(now)
    dispatcher.utter_message(
        response=_response(fresh=fresh, staffed=town.staffed_at(now), opens=opens),
        **told_time(opens),
        buttons=in_their_language(tracker, _buttons(is_staffed=town.staffed_at(now))),
        json_message={"kind": "handoff", "fresh": fresh},
    )


def _buttons(*, is_staffed: bool) -> list[Button]:
    writes = [WRITE_TO_ME] if load_settings().reminds_by else []
    return [*([] if is_staffed else [BOOK]), *writes, SOMEBODY]


def _response(*, fresh: bool, staffed: bool, opens: datetime | None) -> str:
    if staffed:
        return "utter_handoff_staffed" if fresh else "utter_handoff_waiting"
    if opens is None:
        return "utter_handoff_closed_for_now" if fresh else "utter_handoff_waiting"
    return "utter_handoff_closed" if fresh else "utter_handoff_waiting_closed"
