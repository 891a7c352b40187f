"""A conversation becomes the skeleton of a story or a rule: what was meant and done, and nobody's words."""

import json
from functools import cache

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    Event,
    FollowupAction,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.tracker_document import TURNS_KEPT, to_document
from bot.settings import ROOT
from bot.stories.errors import StoryError
from bot.stories.names import Names
from bot.stories.skeleton import skeleton
from bot.stories.turns import read_steps
from bot.stories.writing import Kind
from bot.teaching.domain_names import read_names

NAMES = read_names(ROOT)
Turns = list[dict[str, object]]
TURNS: Turns = [
    {"intent": "chat_greet", "entities": ["age"], "actions": ["utter_chat_greet"], "slots": {"town": "Horsens"}},
    {"intent": "booking_request", "actions": ["booking_form"]},
    {"intent": "chat_affirm", "actions": ["booking_form", "action_book"]},
]
STORY = """\
version: "3.1"

stories:
- story: greeted and booked
  steps:
  - intent: chat_greet
  - action: utter_chat_greet
  - intent: booking_request
  - action: booking_form
  - active_loop: booking_form
  - intent: chat_affirm
  - action: booking_form
  - active_loop: null
  - action: action_book
"""


def lines(turns: Turns) -> bytes:
    return "\n".join(map(json.dumps, turns)).encode()


def of_turns(
    turns: list[dict[str, object]], kind: Kind = Kind.STORY, name: str | None = None, names: Names = NAMES
) -> str:
    return skeleton(read_steps(lines(turns), names), kind, name, names)


def said(intent: str, text: str = "mit nummer er 20123456") -> UserUttered:
    return UserUttered(text, {"name": intent, "confidence": 1.0}, [{"entity": "age", "value": 17}])


@cache
def domain() -> Domain:
    return Domain.load(str(ROOT / "bot" / "domain"))


def document(*events: Event) -> bytes:
    tracker = DialogueStateTracker.from_events("somebody", list(events), slots=domain().slots)
    return to_document(tracker, domain()).encode()


def listens() -> ActionExecuted:
    return ActionExecuted("action_listen")


BOOKED = [
    ActionExecuted("action_session_start"),
    listens(),
    said("chat_greet"),
    SlotSet("town", "Horsens"),
    ActionExecuted("utter_chat_greet"),
    BotUttered("Hej Ivalu"),
    listens(),
    said("booking_request"),
    ActionExecuted("booking_form"),
    ActiveLoop("booking_form"),
    SlotSet("requested_slot", "booking_time"),
    listens(),
    said("chat_affirm"),
    ActionExecuted("booking_form"),
    ActiveLoop(None),
    SlotSet("requested_slot", None),
    ActionExecuted("action_book"),
    listens(),
]


def test_turns_become_a_story_that_looks_like_those_in_data() -> None:
    assert of_turns(TURNS, name="greeted and booked") == STORY


def test_what_is_kept_for_rasa_becomes_the_same_story_without_the_answers_to_a_form() -> None:
    answer = "  - intent: chat_affirm\n  - action: booking_form\n"
    text = skeleton(read_steps(document(*BOOKED), NAMES), Kind.STORY, "greeted and booked", NAMES)
    assert text == STORY.replace(answer, "")


def test_nobodys_words_and_nothing_of_a_person_come_along() -> None:
    text = skeleton(read_steps(document(*BOOKED), NAMES), Kind.STORY, None, NAMES)
    assert not [word for word in ("2012", "Ivalu", "Horsens", "17", "somebody") if word in text]


def test_a_question_in_the_middle_of_a_form_leads_back_to_it() -> None:
    events = [
        *BOOKED[:12],
        said("housing_deposit"),
        ActionExecutionRejected("booking_form"),
        ActionExecuted("action_answer"),
        ActionExecuted("booking_form"),
        listens(),
    ]
    text = skeleton(read_steps(document(*events), NAMES), Kind.RULE, "asked in the middle", NAMES)
    assert text.split("rules:\n")[1] == (
        "- rule: asked in the middle\n  condition:\n  - active_loop: booking_form\n  steps:\n"
        "  - intent: housing_deposit\n  - action: action_answer\n"
        "  - action: booking_form\n  - active_loop: booking_form\n"
    )


def test_a_form_that_goes_on_before_another_action_is_said_to_go_on_once() -> None:
    again = [ActionExecuted("booking_form"), ActiveLoop("booking_form"), ActiveLoop("booking_form")]
    asked = [said("housing_deposit"), ActionExecutionRejected("booking_form"), ActionExecuted("action_answer")]
    events = [*BOOKED[:2], said("booking_request"), *again, listens(), *asked, ActionExecuted("booking_form")]
    text = skeleton(
        read_steps(document(*events, ActionExecuted("utter_x"), listens()), NAMES), Kind.STORY, "asked", NAMES
    )
    form = "  - action: booking_form\n  - active_loop: booking_form\n"
    assert text.endswith(
        f"  - intent: booking_request\n{form}  - intent: housing_deposit\n  - action: action_answer\n{form}"
        "  - action: utter_x\n"
    )


def test_a_long_conversation_says_where_it_begins() -> None:
    turn = [said("housing_deposit"), ActionExecuted("action_answer"), ActionExecuted("booking_form"), listens()]
    text = skeleton(read_steps(document(*BOOKED[:12], *turn * (TURNS_KEPT + 2)), NAMES), Kind.STORY, "long", NAMES)
    assert "# The conversation is longer; this begins in the middle of booking_form.\n- story: long\n" in text
    assert text.count("- intent: ") == TURNS_KEPT
    assert "steps:\n  - active_loop: booking_form\n  - intent: housing_deposit\n" in text


def test_an_action_that_another_called_is_told_of() -> None:
    calls = [FollowupAction("booking_form"), ActionExecuted("booking_form"), ActiveLoop("booking_form"), listens()]
    events = [*BOOKED[:2], said("booking_reschedule"), ActionExecuted("action_move_booking"), *calls]
    text = skeleton(read_steps(document(*events), NAMES), Kind.STORY, "moved", NAMES)
    assert "# booking_form was called by the action before it; a story leaves it out.\n" in text


@pytest.mark.parametrize(
    ("intent", "first"), [("chat_affirm", "- action: utter_housing_deposit"), ("money_debt", "- intent: money_debt")]
)
def test_a_rule_for_yes_or_no_says_to_what(intent: str, first: str) -> None:
    turns = [
        {"intent": "housing_deposit", "actions": ["utter_housing_deposit"]},
        {"intent": intent, "actions": ["utter_x"]},
    ]
    text = of_turns(turns, Kind.RULE)
    assert text.split("steps:\n  ")[1].split("\n")[0] == first
    assert f"- rule: {intent}\n" in text


def test_what_decides_comes_along() -> None:
    names = Names(NAMES.intents, NAMES.actions, NAMES.slots, NAMES.entities, NAMES.forms, frozenset({"age", "town"}))
    text = of_turns(TURNS[:1], names=names)
    assert "  - intent: chat_greet\n    entities:\n    - age\n" in text
    assert "  - slot_was_set:\n    - town: Horsens\n" in text


def test_what_the_domain_knows_no_more_is_told() -> None:
    text = of_turns([{"intent": "chat_old", "actions": ["utter_old"]}])
    assert "# The action utter_old is not in the domain any more.\n# The intent chat_old is not in the domain" in text


def test_what_is_empty_may_be_written_in_any_way() -> None:
    bare = of_turns([{"intent": "chat_greet", "actions": []}])
    assert of_turns([{"intent": "chat_greet", "actions": [], "entities": {}, "slots": []}]) == bare


def test_a_form_that_the_turn_says_goes_on_or_ends_does() -> None:
    ends = of_turns([{"intent": "chat_affirm", "actions": ["booking_form"], "active_loop": None}])
    assert ends.endswith("  - action: booking_form\n  - active_loop: null\n")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "there is no turn"),
        (b"[{", "cut off"),
        (b'{"intent": "chat_greet"', "cut off"),
        (b"\xff", "cut off"),
        (b'{"intent": "chat_greet"}', "turn 1: expected"),
        (b'["hej"]', 'needs "event"'),
        (b'[{"event": "user"}]', "has no intent"),
        (b"[]", "nobody says anything"),
        (b'{"intent": "chat_greet", "actions": [["a"]]}', "turn 1: expected"),
        (b'{"intent": "chat_greet", "actions": [], "slots": ["age"]}', 'turn 1: "slots" holds'),
        (b'{"intent": "chat_greet", "actions": [], "active_loop": ["a"]}', 'turn 1: "slots" holds'),
        (b'{"intent": "chat_greet", "actions": [], "entities": 5}', 'turn 1: "entities" is a list'),
        (b'{"intent": "chat_greet", "actions": [], "entities": [["age"]]}', 'turn 1: "entities" is a list'),
        (b'{"intent": "chat_greet", "actions": [], "entities": {"age": 17}}', 'turn 1: "entities" is a list'),
        (b'[{"event": "slot", "name": ["age"]}]', "is one name"),
        (b'[{"event": "user", "parse_data": 5}]', "has no intent"),
        (
            b'[{"event": "user", "parse_data": {"intent": {"name": "chat_greet"}, "entities": 5}}]',
            '"entities" is a list',
        ),
        (b'[{"event": "action", "name": "utter_chat_greet"}]', "nobody says anything"),
    ],
)
def test_what_is_no_conversation_is_told(content: bytes, told: str) -> None:
    with pytest.raises(StoryError, match=told):
        skeleton(read_steps(content, NAMES), Kind.STORY, None, NAMES)
