"""Conversations of which a maintainer can make a story: what the store keeps of them for Rasa."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.casework.orders import OrderKind
from bot.store.store import Store
from bot.teaching.telling import FindContradictions
from bot.training.contradictions import Contradiction
from bot.upkeep.workshop.story import told
from tests.support.desk import YoungPerson
from tests.support.review import asks, lets_learn, night
from tests.support.the_tests import THE_TESTS

SOFA = """\
stories:
- story: a sofa after hello
  steps:
  - intent: chat_greet
  - action: utter_greet
  - intent: housing_couch_surfing
  - action: utter_greet"""
LISTENS = "rules:\n- rule: listen\n  steps:\n  - intent: chat_greet\n  - action: action_listen"
WORDS = "bolig og møde"
SECRETS = ("17000", "b0b0b0b0", "Skovby", "under_18", "timestamp")
"""What a conversation holds that no maintainer may see."""


def meant(intent: str) -> dict[str, object]:
    entities = [{"entity": "age_group", "value": "under_18"}]
    return {
        "event": "user",
        "timestamp": 1700000001.5,
        "parse_data": {"intent": {"name": intent}, "entities": entities},
    }


def did(action: str) -> dict[str, object]:
    return {"event": "action", "timestamp": 1700000002.5, "name": action, "policy": "RulePolicy", "confidence": 1.0}


GREETED_AND_BOOKED = (
    {"event": "slot", "timestamp": 1700000000.5, "name": "town", "value": "Skovby"},
    meant("chat_greet"),
    did("utter_chat_greet"),
    meant("booking_request"),
    did("booking_form"),
    {"event": "active_loop", "timestamp": 1700000002.5, "name": "booking_form"},
    {"event": "slot", "timestamp": 1700000003.5, "name": "booking_moved", "value": "b0b0b0b0-1"},
    did("action_listen"),
)


def talks(
    store: Store, events: Sequence[Mapping[str, object]] = GREETED_AND_BOOKED, town: str = "eksempel"
) -> YoungPerson:
    """Who lets the robot learn from a conversation that went so."""
    young = lets_learn(asks(YoungPerson(store, town), WORDS))
    with store.write(THE_TESTS) as work:
        work.trackers.put(young.id, json.dumps(events))
    return young


def found_in(store: Store, *people: YoungPerson, town: str = "eksempel") -> list[int]:
    """The numbers of the messages that are found in the conversations of these, and of nobody else in that town."""
    night(store, people, town)
    with store.read(THE_TESTS) as work:
        return [one.id for young in people for one in work.found.of(young.id)]


def told_by(store: Store, events: Sequence[Mapping[str, object]] = GREETED_AND_BOOKED, town: str = "eksempel") -> int:
    """The number of a message that was found in a conversation which went so."""
    [number] = found_in(store, talks(store, events, town), town=town)
    return number


def none(_root: Path, _files: Sequence[Path]) -> list[Contradiction]:
    return []


def works(store: Store, root: Path, find: FindContradictions = none) -> None:
    """Carries the next order out as the workshop does, in a checkout of its own."""
    with store.write(THE_TESTS) as work:
        taken = work.orders.take(datetime.now(UTC))
    assert taken
    outcome = told(taken.given["text"], root, find, dry_run=taken.kind is OrderKind.STORY_CHECK)
    with store.write(THE_TESTS) as work:
        assert work.orders.end(taken.id, outcome, datetime.now(UTC))
