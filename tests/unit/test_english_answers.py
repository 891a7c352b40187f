"""The English core says what the Danish answers say: whole, with the same facts, buttons and questions."""

import re
from typing import Any

import pytest

from actions.booking_slots import DEFAULT_WAY
from actions.buttons import BOOK, FORGET, HUMAN, SOMETHING_ELSE, STOP_HERE, WAYS
from actions.english_answers import as_danish_answer
from actions.form_fields import FIRST_NAME, PHONE
from actions.handoff import SOMEBODY
from actions.intent_titles import intent_titles
from actions.tongue import told_place
from bot.casework.plans import TITLES
from bot.composed_yaml import content_of
from bot.dialogue.tongues import CORE, english_name, in_their_language
from bot.language.both import HUMAN_IN_BOTH
from bot.language.titles import english_titles
from bot.language.tongue import Tongue, tongue_of
from bot.settings import ROOT
from tests.unit.test_answers import INTENTS, domains

SUFFIX = "_in_english"
LONGEST_TITLE = 28
RESPONSES: dict[str, list[dict[str, Any]]] = {
    name: entries
    for domain in domains()
    for name, entries in dict(domain.get("responses") or {}).items()  # type: ignore[call-overload]
}
ENGLISH = {name: entries[0] for name, entries in RESPONSES.items() if name.endswith(SUFFIX)}
DANISH = {name: entries[-1] for name, entries in RESPONSES.items() if not name.endswith(SUFFIX)}
# Joined to an answer in Danish only, or never said in an English conversation.
DANISH_ONLY = {"utter_ask_age", "utter_ask_town", "utter_ask_situation"}
SAID_IN_DANISH_ONLY = re.compile(r"utter_(to_helper_\w+|\w+_more|nothing_more)")
# What somebody new in the country needs first.
CORE_INTENTS = (
    "chat_greet",
    "chat_thank",
    "chat_stop",
    "chat_what_can_you_do",
    "chat_who_reads_this",
    "chat_delete_my_data",
    "chat_speak_english",
    "housing_find_home",
    "housing_shelter",
    "money_emergency",
    "network_helplines",
    "support_newcomer",
    "support_contact_municipality",
    "support_plan",
    "booking_practical",
    "booking_agent_role",
)
PLACEHOLDER = re.compile(r"\{(\w+?)(?:_in_english)?\}")
MARK_OF_A_TOPIC = {f"utter_{intent}" for intent in INTENTS}


def english_only() -> set[str]:
    domain = content_of((ROOT / "bot" / "domain" / "english.yml").read_text(encoding="utf-8"))
    return set(domain["responses"])


def test_the_english_words_stand_in_one_file() -> None:
    assert english_only() == set(ENGLISH)


@pytest.mark.parametrize("intent", CORE_INTENTS)
def test_the_core_is_answered_in_english(intent: str) -> None:
    assert f"utter_{intent}{SUFFIX}" in ENGLISH


def test_only_topics_may_be_without_english_words() -> None:
    without = {name for name, entry in DANISH.items() if "text" in entry and name + SUFFIX not in ENGLISH}
    assert {name for name in without - MARK_OF_A_TOPIC if not SAID_IN_DANISH_ONLY.fullmatch(name)} == DANISH_ONLY


@pytest.mark.parametrize("name", sorted(set(ENGLISH) - {CORE}))
def test_an_english_answer_has_the_facts_places_and_question_of_the_danish_one(name: str) -> None:
    english, danish = ENGLISH[name], DANISH[name.removesuffix(SUFFIX)]
    assert set(PLACEHOLDER.findall(english["text"])) == set(PLACEHOLDER.findall(danish["text"]))
    assert english["text"].rstrip().endswith("?") == danish["text"].rstrip().endswith("?")
    assert english.get("custom") == danish.get("custom")
    assert tongue_of(PLACEHOLDER.sub(" ", english["text"])) is not Tongue.DANISH


def test_the_core_has_the_five_doors() -> None:
    payloads = [button["payload"] for button in ENGLISH[CORE]["buttons"]]
    assert payloads == [
        "/handoff_request",
        "/crisis_violence",
        "/crisis_no_shelter_tonight",
        "/network_helplines",
        "/booking_request",
    ]
    assert "112" in ENGLISH[CORE]["text"]


def test_a_topic_without_english_words_gets_the_core() -> None:
    assert english_name("utter_housing_deposit", ENGLISH) == CORE
    assert english_name("utter_chat_greet", ENGLISH) == "utter_chat_greet_in_english"


def answer(text: str, fact: str, *titles: str) -> dict[str, Any]:
    buttons = [{"title": title, "payload": f"/{title.lower()}"} for title in titles]
    return {"text": text, "metadata": {"facts": [fact]}, "buttons": buttons}


def test_another_language_gets_both_with_a_human_first() -> None:
    said = in_their_language(Tongue.OTHER, answer("Hej.", "A01", "Bolig"), answer("Hi.\n\nYou.", "A02", "Home"))
    assert said["text"] == "Hi.\nYou.\n\nHej."
    assert [button["title"] for button in said["buttons"]] == [HUMAN_IN_BOTH, "Home"]
    assert said["metadata"]["facts"] == ["A02", "A01"]
    assert said["language"] == "other"


def test_english_gets_english_alone() -> None:
    said = in_their_language(Tongue.ENGLISH, answer("Hej.", "A01"), answer("Hi.", "A02", "Home"))
    assert (said["text"], said["metadata"]["facts"], said["language"]) == ("Hi.", ["A02"], "en")


def test_what_the_web_process_says_stays_its_own() -> None:
    check_in = {"custom": {"kind": "check_in"}}
    assert in_their_language(Tongue.ENGLISH, check_in, answer("Hi.", "A02")) == check_in


def danish_titles() -> set[str]:
    buttons = [*WAYS.values(), *(one["title"] for one in (HUMAN, BOOK, FORGET, SOMETHING_ELSE, STOP_HERE, SOMEBODY))]
    fields = [PHONE["label"], FIRST_NAME["label"]]
    said = [
        title
        for file in (ROOT / "actions").glob("*.py")
        for title in re.findall(r'(?:inform|button|plan_step)\(\s*"([^"]+)"', file.read_text(encoding="utf-8"))
    ]
    return {*buttons, *fields, *said, *TITLES.values(), *filter(None, intent_titles().values())}


def test_every_title_of_an_action_has_an_english_one_that_fits_a_phone() -> None:
    assert danish_titles() - set(english_titles()) == set()
    assert len(danish_titles()) > 90
    assert all(len(title) <= LONGEST_TITLE for title in english_titles().values())


def test_a_place_is_said_in_english_unless_it_is_an_address() -> None:
    assert told_place("Ungehuset, Eksempelgade 1", DEFAULT_WAY)["place_in_english"] == "Ungehuset, Eksempelgade 1"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("the second one please", "den anden"),
        ("I take the first", "den første"),
        ("the last one works for me", "den sidste"),
        ("show me more times", "flere tider"),
        ("another day please", "flere tider"),
        ("none of these work for me", "ingen af dem"),
        ("second floor?", "second floor?"),
        ("den anden", "den anden"),
    ],
)
def test_a_short_answer_in_english_is_read_as_its_danish_one(typed: str, meant: str) -> None:
    assert as_danish_answer(typed) == meant
