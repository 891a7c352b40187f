"""The action for a message that was not understood: a question, a check-in, or a human."""

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.ask_meaning import AskMeaning
from tests.support.actions import titles


def ranked(*intents: str) -> list[dict[str, Any]]:
    return [{"name": intent, "confidence": 0.3} for intent in ("nlu_fallback", *intents)]


def meaning(*intents: str, events: list[dict[str, Any]] | None = None) -> tuple[list[Any], list[dict[str, Any]]]:
    """The messages and events of the question for a message that was not understood."""
    message = {"intent": {"name": "nlu_fallback"}, "intent_ranking": ranked(*intents)}
    dispatcher = CollectingDispatcher()
    tracker = Tracker("one", {}, message, events or [], False, None, {}, None)  # noqa: FBT003 -- not paused
    return dispatcher.messages, AskMeaning().run(dispatcher, tracker, {})


def test_the_two_likeliest_meanings_are_offered_and_a_way_out() -> None:
    messages, _ = meaning("housing_deposit", "housing_benefit", "money_debt")
    assert titles(messages[0]) == ["Om indskud", "Om boligstøtte", "Noget andet", "Tal med et menneske"]


@pytest.mark.parametrize(
    ("crisis", "check_in"),
    [
        ("crisis_suicide", "utter_check_in"),
        ("crisis_threat", "utter_check_in_safe"),
        ("crisis_no_shelter_tonight", "utter_check_in_tonight"),
    ],
)
def test_what_may_be_a_crisis_is_met_with_a_check_in_and_no_menu(crisis: str, check_in: str) -> None:
    messages, events = meaning(crisis, "housing_benefit")
    assert messages == []
    assert [event["name"] for event in events if event["event"] == "followup"] == [check_in]


def test_after_two_failures_in_a_row_a_human_is_offered() -> None:
    before = [
        {"event": "user"}, {"event": "action", "name": "action_ask_meaning"},
        {"event": "action", "name": "action_listen"}, {"event": "user"},
    ]  # fmt: skip
    messages, events = meaning("housing_deposit", events=before)
    assert messages == []
    assert [event["name"] for event in events] == ["utter_offer_human"]


def test_a_failure_some_turns_ago_does_not_count() -> None:
    before = [
        {"event": "user"}, {"event": "action", "name": "action_ask_meaning"},
        {"event": "action", "name": "action_listen"}, {"event": "user"},
        {"event": "action", "name": "utter_housing_deposit"}, {"event": "user"},
    ]  # fmt: skip
    messages, _ = meaning("housing_deposit", events=before)
    assert [message["response"] for message in messages] == ["utter_ask_meaning"]
