"""What a turn counts as: by the names of what was said, each of which has its place in a closed list."""

import re

import pytest

from bot.casework.figures import Cell, Figure, Topic, Unknown
from bot.casework.meanings import OUT_OF_SCOPE
from bot.composed_yaml import content_of
from bot.conversation.dialogue import Said, Turn
from bot.conversation.subjects import ASKS_BACK, NOT_UNDERSTOOD_IN_BOOKING, subject_of, topic_of
from bot.settings import ROOT

ABOUT_NOTHING = ("chat_", "ask_", "offer_human", "no_is_okay", "nothing_more", "store_unreachable", "core_in_english")
INTENTS = sorted(content_of((ROOT / "data" / "lookups" / "intent_titles.yml").read_text(encoding="utf-8")))


def responses() -> set[str]:
    files = (ROOT / "bot" / "domain").glob("*.yml")
    named = (content_of(file.read_text(encoding="utf-8")).get("responses") or {} for file in files)
    return {re.sub(r"^utter_(to_helper_)?", "", name) for names in named for name in names}


def turn(*said: Said, intent: str = "chat_affirm", sure: bool = True) -> Turn:
    return Turn(intent, sure, said, None)


def answered(topic: Topic) -> Cell:
    return Cell(Figure.TOPIC, topic)


def unanswered(part: str) -> Cell:
    return Cell(Figure.UNANSWERED, part)


@pytest.mark.parametrize("intent", INTENTS)
def test_every_meaning_has_a_topic_or_is_chat(intent: str) -> None:
    assert (topic_of(intent) is None) == intent.startswith("chat_")


def test_every_answer_has_a_topic_or_is_known_to_have_none() -> None:
    names = responses()
    without = {name for name in names if topic_of(name) is None} - {NOT_UNDERSTOOD_IN_BOOKING}
    assert {name for name in without if not name.startswith(ABOUT_NOTHING)} <= {
        f"{NOT_UNDERSTOOD_IN_BOOKING}_in_english"
    }
    assert names >= ASKS_BACK | {NOT_UNDERSTOOD_IN_BOOKING, OUT_OF_SCOPE}


@pytest.mark.parametrize(
    ("said", "intent", "topic"),
    [
        ("utter_housing_deposit", "housing_deposit", Topic.HOME),
        ("utter_papers_address", "papers_address", Topic.MONEY),
        ("utter_to_helper_support_notification", "support_notification", Topic.SUPPORT),
        ("utter_booking_confirm", "chat_affirm", Topic.BOOKING),
        ("utter_handoff_closed", "handoff_request", Topic.HUMAN),
        ("utter_plan_begin", "plan_step", Topic.SUPPORT),
        (None, "helper_concern", Topic.HELPER),
    ],
)
def test_what_was_answered_is_what_it_was_about(said: str | None, intent: str, topic: Topic) -> None:
    assert subject_of(turn(Said("…", said), intent=intent), in_danger=False) == answered(topic)


def test_chat_is_about_nothing() -> None:
    assert subject_of(turn(Said("Hej", "utter_chat_greet"), intent="chat_greet"), in_danger=False) is None


@pytest.mark.parametrize("asks", sorted(ASKS_BACK))
def test_what_is_asked_back_about_found_no_answer_to_what_it_was_most_like(asks: str) -> None:
    said = Said("Er det noget af det her?", f"utter_{asks}")
    assert subject_of(turn(said, intent="money_debt", sure=False), in_danger=False) == unanswered(Topic.MONEY)
    assert subject_of(turn(said, intent="", sure=False), in_danger=False) == unanswered(Unknown.OTHER)
    assert subject_of(turn(said, intent="crisis_threat", sure=False), in_danger=False) == unanswered(Unknown.OTHER)


def test_more_was_asked_than_there_is_to_say() -> None:
    said = Said("Mere ved jeg ikke om indskud.", "utter_housing_deposit", unanswered=True)
    assert subject_of(turn(said, intent="chat_affirm"), in_danger=False) == unanswered(Topic.HOME)


def test_no_answer_in_a_booking_out_of_everything_and_from_nobody() -> None:
    in_booking = turn(Said("Det forstod jeg ikke", "utter_not_understood_in_booking"), intent="money_debt", sure=False)
    assert subject_of(in_booking, in_danger=False) == unanswered(Topic.BOOKING)
    elsewhere = turn(Said("Det kan jeg ikke", "utter_chat_out_of_scope"), intent="chat_out_of_scope")
    assert subject_of(elsewhere, in_danger=False) == unanswered(Unknown.OTHER)
    assert subject_of(None, in_danger=False) == unanswered(Unknown.AWAY)


def test_danger_is_its_own_topic_whoever_heard_it() -> None:
    heard_by_rasa = turn(Said("", custom={"kind": "check_in"}), intent="chat_deny")
    assert subject_of(heard_by_rasa, in_danger=False) == answered(Topic.DANGER)
    assert subject_of(None, in_danger=True) == answered(Topic.DANGER)
