"""What is kept of a conversation for Rasa: the slots, the form under way and the last turns, and no words at all."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME, SESSION_START_METADATA_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

from bot.casework import talk_questions

TURNS_KEPT = 10
"""The policies look back two turns; the rest is for a form that was left and taken up again."""

# These say something when they are empty, too: a slot that was emptied, a form that was left.
_ALWAYS = frozenset({"event", "timestamp", "name", "value"})

ASKED = "asked"
"""The mark in a bot event's metadata of a question that is put once in a conversation."""

YES, NO = talk_questions.YES, talk_questions.NO
"""In a bot event's metadata: the payload that "ja" or "nej" stands for, where no rule says so."""

_KEPT_OF_BOT = (ASKED, YES, NO)

# Rasa looks through all of them, and what they inherit from, for each event it reads.
_KINDS: Mapping[str, type[Event]] = {kind.type_name: kind for kind in all_subclasses(Event)}


def to_document(tracker: DialogueStateTracker, domain: Domain) -> str:
    """The conversation as JSON text. Its size does not grow with the number of turns."""
    events = list(tracker.applied_events())
    cut = _start_of_last_turns(events)
    kept = [*_state_before(events[:cut], domain), *filter(_matters, events[cut:])]
    return json.dumps([_slim(event) for event in kept], ensure_ascii=False, separators=(",", ":"))


def from_document(document: str) -> list[Event]:
    """The events `to_document` kept, in order."""
    return [_KINDS[event["event"]]._from_parameters(event) for event in json.loads(document)]  # noqa: SLF001


def _start_of_last_turns(events: Sequence[Event]) -> int:
    users = [index for index, event in enumerate(events) if isinstance(event, UserUttered)]
    return users[-TURNS_KEPT] if len(users) > TURNS_KEPT else 0


def _state_before(events: Sequence[Event], domain: Domain) -> list[Event]:
    """As few events as bring an empty tracker to the state in which these leave it."""
    if not events:
        return []
    then = DialogueStateTracker.from_events("", list(events), slots=domain.slots)
    slots = [SlotSet(name, value) for name, value in then.current_slot_values().items() if value is not None]
    form = [ActiveLoop(then.active_loop_name)] if then.active_loop_name else []
    asked = {
        event.metadata[ASKED]: event for event in events if isinstance(event, BotUttered) and ASKED in event.metadata
    }
    return [*slots, *form, *asked.values(), ActionExecuted(ACTION_LISTEN_NAME)]


def _matters(event: Event) -> bool:
    if isinstance(event, BotUttered):
        return any(key in event.metadata for key in _KEPT_OF_BOT)
    return not (isinstance(event, SlotSet) and event.key == SESSION_START_METADATA_SLOT)


def _slim(event: Event) -> dict[str, Any]:
    if isinstance(event, UserUttered):
        return _slim_user(event)
    if isinstance(event, BotUttered):
        return {"event": "bot", "timestamp": event.timestamp, "metadata": _kept_of_bot(event)}
    return {name: value for name, value in event.as_dict().items() if name in _ALWAYS or (value and name != "metadata")}


def _kept_of_bot(event: BotUttered) -> dict[str, str]:
    return {key: event.metadata[key] for key in _KEPT_OF_BOT if key in event.metadata}


def _slim_user(event: UserUttered) -> dict[str, Any]:
    understood = {"intent": {"name": event.intent_name}, "entities": list(_named_values(event.entities))}
    return {"event": "user", "timestamp": event.timestamp, "parse_data": understood}


def _named_values(entities: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    # Without its place in the text, for there is no text.
    return ({"entity": entity["entity"], "value": entity["value"]} for entity in entities)
