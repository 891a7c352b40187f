"""What a conversation remembers between messages, read from Rasa's tracker."""

import re
from collections.abc import Iterator
from itertools import takewhile

from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.asked_on import ASKED_ON
from bot.dialogue.needs import need_phrases
from bot.dialogue.tracker_document import ASKED, NO, YES

NEEDS_SLOT = "needs"
TOWN_SLOT = "town"
TURNS_A_TOPIC_LASTS = 3
OF_A_TALK = frozenset({"action_book", "action_booking_status", "action_booking_practical"})

_ANSWER = re.compile(r"utter_(?P<topic>\w+)")


def last_intent(tracker: DialogueStateTracker | None) -> str | None:
    """What the message before was taken for."""
    return tracker.latest_message.intent_name if tracker and tracker.latest_message else None


def open_needs(tracker: DialogueStateTracker) -> list[str]:
    """What was written about and not answered yet, the most urgent first."""
    return list(tracker.get_slot(NEEDS_SLOT) or ())


def was_asked(tracker: DialogueStateTracker, mark: str) -> bool:
    """Whether the question with this mark was ever put."""
    return any(isinstance(event, BotUttered) and event.metadata.get(ASKED) == mark for event in tracker.events)


def has_just_asked(tracker: DialogueStateTracker | None, mark: str) -> bool:
    """Whether the last turn put the question with this mark."""
    return any(said.metadata.get(ASKED) == mark for said in _said_last(tracker))


def has_just_told_more(tracker: DialogueStateTracker | None) -> bool:
    """Whether the last message asked on, and was told what more there is."""
    return asked_on(tracker) is not None


def asked_on(tracker: DialogueStateTracker | None) -> str | None:
    """How the latest message asks on about the topic before it; None when it does not."""
    message = tracker.latest_message if tracker else None
    return next((e["value"] for e in (message.entities if message else ()) if e["entity"] == ASKED_ON), None)


def meant_by(tracker: DialogueStateTracker | None) -> dict[str, str]:
    """The payloads that "ja" and "nej" stand for after the last turn, by YES and NO; empty where the rules know."""
    marked = [said.metadata for said in _said_last(tracker) if YES in said.metadata or NO in said.metadata]
    return {key: marked[0][key] for key in (YES, NO) if key in marked[0]} if marked else {}


def has_just_told_of_a_talk(tracker: DialogueStateTracker | None) -> bool:
    """Whether the last turn told of a talk that is booked, or of what goes along with it."""
    return any(isinstance(event, ActionExecuted) and event.action_name in OF_A_TALK for event in _last_turn(tracker))


def topic(tracker: DialogueStateTracker | None) -> str | None:
    """The topic answered last, if that was not long ago."""
    turns = 0
    for event in reversed(tracker.events if tracker else ()):
        turns += isinstance(event, UserUttered)
        if turns > TURNS_A_TOPIC_LASTS:
            return None
        answered = _ANSWER.fullmatch(event.action_name or "") if isinstance(event, ActionExecuted) else None
        if answered and answered["topic"] in need_phrases():
            return answered["topic"]
    return None


def _said_last(tracker: DialogueStateTracker | None) -> Iterator[BotUttered]:
    return (event for event in _last_turn(tracker) if isinstance(event, BotUttered))


def _last_turn(tracker: DialogueStateTracker | None) -> Iterator[Event]:
    """What has happened since the last message, the latest first."""
    events: list[Event] = list(tracker.events) if tracker else []
    return takewhile(lambda event: not isinstance(event, UserUttered), reversed(events))
