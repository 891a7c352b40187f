"""What a bare "ja" or "nej" means after words that offer another time."""

from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.casework.talk_questions import ASKS, after_called_off, after_missed
from bot.dialogue.talk_answers import heard_as_answer
from bot.dialogue.tracker_document import YES, from_document, to_document

INTENTS = ("booking_reschedule", "booking_request", "booking_no_other", "money_debt")


def read(intent: str, asks: dict[str, str] | None = None, **entities: Any) -> dict[str, Any]:
    found = [{"entity": name, "value": value} for name, value in entities.items()]
    best = {"name": intent, "confidence": 0.9}
    metadata = {} if asks is None else {ASKS: asks}
    return {"text": "…", "intent": best, "intent_ranking": [best], "entities": found, "metadata": metadata}


def said_by_an_action(marks: dict[str, str]) -> DialogueStateTracker:
    """A conversation in which an action said something with these marks, as it is kept."""
    events = [
        UserUttered("", intent={"name": "x"}),
        ActionExecuted("action_ask_cancel"),
        BotUttered("", metadata=marks),
    ]
    return DialogueStateTracker.from_events("one", events)


def heard(parsed: dict[str, Any], before: DialogueStateTracker | None = None) -> tuple[str, dict[str, Any]] | None:
    answer = heard_as_answer(parsed, before, INTENTS)
    if answer is None:
        return None
    assert answer["text"] == parsed["text"]
    return answer["intent"]["name"], {entity["entity"]: entity["value"] for entity in answer["entities"]}


@pytest.mark.parametrize(
    ("asks", "intent", "meant"),
    [
        (after_called_off("7"), "chat_affirm", ("booking_reschedule", {})),
        (after_called_off("7"), "chat_deny", ("booking_no_other", {"booking_id": "7"})),
        (after_missed("7"), "chat_affirm", ("booking_request", {})),
        (after_missed("7"), "chat_deny", ("booking_no_other", {"booking_id": "7"})),
        (after_missed("7"), "chat_thank", None),
        (after_missed("7"), "nlu_fallback", None),
        ({}, "chat_affirm", None),
        ({}, "chat_deny", None),
    ],
)
def test_a_yes_and_a_no_mean_what_the_buttons_do(asks: dict[str, str], intent: str, meant: Any) -> None:
    assert heard(read(intent, asks)) == meant
    assert heard(read(intent), said_by_an_action(asks)) == meant


def test_what_the_web_process_said_was_said_last() -> None:
    asked = said_by_an_action(after_called_off("7"))
    assert heard(read("chat_deny", after_missed("8")), asked) == ("booking_no_other", {"booking_id": "8"})


def test_a_day_in_it_is_a_wish_for_another_time_also_behind_a_no() -> None:
    wish = {"time_wish": {"day": "2026-12-04"}}
    for intent in ("chat_affirm", "chat_deny"):
        assert heard(read(intent, after_called_off("7"), **wish)) == ("booking_reschedule", wish)


def test_what_an_action_asked_is_kept_for_the_next_message() -> None:
    kept = from_document(to_document(said_by_an_action(after_called_off("7")), Domain.empty()))
    before = DialogueStateTracker.from_events("one", kept)
    assert heard(read("chat_affirm"), before) == ("booking_reschedule", {})
    assert heard(read("chat_deny"), before) == ("booking_no_other", {"booking_id": "7"})


def test_news_that_asks_nothing_came_after_what_an_action_asked() -> None:
    assert heard(read("chat_affirm", {}), said_by_an_action(after_called_off("7"))) is None


def test_a_yes_takes_up_the_need_that_was_named() -> None:
    assert heard(read("chat_affirm"), said_by_an_action({YES: "/money_debt"})) == ("money_debt", {})
