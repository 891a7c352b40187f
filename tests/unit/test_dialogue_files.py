"""The domain, the rules, the actions and the buttons fit each other: nothing is named that is not there."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa_sdk.executor import ActionExecutor

from actions.intent_titles import intent_titles
from bot.casework.free_times import Way
from bot.casework.plans import Part
from bot.composed_yaml import content_of
from bot.dialogue.answers import TO_HELPER
from bot.dialogue.launch import CREDENTIALS, ENDPOINTS
from bot.dialogue.needs import need_phrases
from bot.settings import ROOT

LONGEST_TITLE = 28
RESPONSE_NAME = re.compile(r"utter_\w+")
# Completed by a way to talk, by what became of a booking, or by a part of the plan.
COMPLETED = {
    "utter_booking_offer_": (*Way, "past", "night", "closed", "too_far", "unclear", "nearest"),
    "utter_booking_": ("made", "moved"),
    "utter_plan_ask_": tuple(Part),
}
# Only where a name begins, in the list of those that name no further need.
BEGINNINGS = {"utter_no_bed", "utter_not"}
# Put together from the question's mark.
ASKED = {"utter_ask_age", "utter_ask_town", "utter_ask_situation"}
# What the form itself makes something of.
ANSWERS_IN_FORM = {"chat_affirm", "booking_request", "booking_inform"}
ANSWERS_IN_PLAN = {"chat_affirm", "chat_deny"}
FORMS = ("booking_form", "plan_form")


def read(pattern: str) -> Iterator[str]:
    return (file.read_text(encoding="utf-8") for file in sorted(ROOT.glob(pattern)))


@cache
def domain() -> Domain:
    return Domain.load(str(ROOT / "bot" / "domain"))


@cache
def intents() -> tuple[str, ...]:
    return tuple(entry for text in read("bot/domain/*.yml") for entry in (content_of(text) or {}).get("intents", ()))


@cache
def rules() -> tuple[dict[str, Any], ...]:
    return tuple(rule for text in read("data/rules/*.yml") for rule in content_of(text)["rules"])


def said_by_code() -> set[str]:
    named = {
        name
        for pattern in ("actions/*.py", "bot/dialogue/*.py")
        for text in read(pattern)
        for name in RESPONSE_NAME.findall(text)
    }
    completed = {stem + end for stem, ends in COMPLETED.items() for end in ends}
    asked_on = {f"utter_{intent}_more" for intent in need_phrases()} & set(domain().responses)
    whole = {name for name in named if not name.endswith("_")}
    return (whole - BEGINNINGS - {"utter_action", "utter_message"}) | completed | asked_on | ASKED


def said_in_english() -> set[str]:
    """The English words of responses that are said, and the core for those without."""
    return {name for name in domain().responses if name.removesuffix("_in_english") in said_by_code() | said_by_rules()}


def said_by_rules() -> set[str]:
    return {step["action"] for rule in rules() for step in rule["steps"] if step.get("action", "").startswith("utter_")}


def intents_of(rule: dict[str, Any]) -> set[str]:
    steps = [inner for step in rule["steps"] for inner in step.get("or", [step])]
    return {step["intent"] for step in steps if "intent" in step}


def in_form(rule: dict[str, Any], *forms: str) -> bool:
    return any({"active_loop": form} in rule.get("condition", ()) for form in forms)


def test_there_are_files_to_test() -> None:
    assert len(intents()) >= 76
    assert len(rules()) > 100
    assert len(said_by_code()) > 20


def test_endpoints_and_credentials_lie_beside_the_domain_without_being_read_as_a_part_of_it() -> None:
    assert Domain.is_domain_file(str(ROOT / "bot" / "domain" / "booking.yml"))
    assert not Domain.is_domain_file(str(ENDPOINTS))
    assert not Domain.is_domain_file(str(CREDENTIALS))


def test_whatever_an_action_says_is_in_the_domain() -> None:
    assert said_by_code() - set(domain().responses) == set()


def test_no_response_is_there_that_nobody_says() -> None:
    assert responses(to_helper=False) - said_by_code() - said_by_rules() - said_in_english() == set()


def test_what_is_said_to_a_helper_is_said_in_the_place_of_something() -> None:
    assert len(responses(to_helper=True)) >= 14
    in_place_of = {name.replace(TO_HELPER, "utter_", 1) for name in responses(to_helper=True)}
    assert in_place_of <= said_by_code() | said_by_rules()


def responses(*, to_helper: bool) -> set[str]:
    return {name for name in domain().responses if name.startswith(TO_HELPER) is to_helper}


def test_the_actions_of_the_domain_are_those_of_the_action_server() -> None:
    executor = ActionExecutor()
    executor.register_package("actions")
    named = set(domain().user_actions) - set(domain().responses)
    assert named == set(executor.actions)


@pytest.mark.parametrize("intent", intents())
def test_every_intent_has_one_rule_outside_the_forms(intent: str) -> None:
    # A rule that begins with an action is about what was asked before.
    first = [rule for rule in rules() if not in_form(rule, *FORMS) and "intent" in rule["steps"][0]]
    assert sum(intent in intents_of(rule) for rule in first) == 1


@pytest.mark.parametrize("intent", sorted({*intents(), "nlu_fallback"} - ANSWERS_IN_FORM))
def test_every_intent_has_one_rule_in_the_middle_of_a_booking(intent: str) -> None:
    assert sum(intent in intents_of(rule) for rule in rules() if in_form(rule, "booking_form")) == 1


@pytest.mark.parametrize("intent", sorted(set(intents()) - ANSWERS_IN_PLAN))
def test_every_intent_has_one_rule_in_the_middle_of_the_plan(intent: str) -> None:
    assert sum(intent in intents_of(rule) for rule in rules() if in_form(rule, "plan_form")) == 1


def test_every_intent_has_a_title_or_is_never_offered() -> None:
    assert set(intent_titles()) == set(intents())


@pytest.mark.parametrize("intent", intents())
def test_a_title_fits_a_phone(intent: str) -> None:
    assert len(intent_titles()[intent] or "") <= LONGEST_TITLE


def test_no_two_meanings_are_called_the_same() -> None:
    titles = [title for title in intent_titles().values() if title]
    assert len(titles) == len(set(titles))


def test_a_form_left_for_hours_is_not_forgotten() -> None:
    assert not domain().session_config.are_sessions_enabled()


def test_nothing_of_the_person_has_a_slot() -> None:
    assert not {slot.name for slot in domain().slots} & {"name", "first_name", "phone", "email", "code", "municipality"}
