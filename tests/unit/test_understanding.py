"""Typed words are never commands, and a payload is one only when it names an intent of the bot."""

from typing import Any

import pytest

from bot.dialogue.understanding import (
    PayloadError,
    heard_in_booking,
    parse_payload,
    understood,
    with_age_group,
    with_danger,
)
from bot.nlu.typed_commands import as_not_understood, is_typed_command, typed_words

INTENTS = ("booking_request", "booking_inform", "chat_stop", "restart", "session_start", "back")


@pytest.mark.parametrize("typed", ["/restart", " /restart", "//restart", "/ restart", "\n/restart"])
def test_a_typed_command_is_only_words(typed: str) -> None:
    assert typed_words(typed) == "restart"


@pytest.mark.parametrize(
    "typed", ["/restart", "//booking_request", " / chat_stop", '/booking_inform{"x": 1}', "/back nu"]
)
def test_the_name_of_an_intent_after_a_slash_is_never_acted_on(typed: str) -> None:
    assert is_typed_command(typed, INTENTS)


@pytest.mark.parametrize("typed", ["restart", "/hej", "/", "", "booking_request", "hej /restart"])
def test_anything_else_is_read_as_it_stands(typed: str) -> None:
    assert not is_typed_command(typed, INTENTS)


def test_what_is_not_understood_keeps_its_likely_meanings_and_nothing_to_act_on() -> None:
    sure = {"name": "booking_cancel", "confidence": 0.9}
    parsed = {"intent": sure, "intent_ranking": [sure], "entities": [{"entity": "way", "value": "phone"}]}
    unsure = as_not_understood(parsed)
    assert (understood(unsure).intent, understood(unsure).sure) == ("booking_cancel", False)
    assert unsure["entities"] == []


def test_a_slash_inside_a_sentence_stays() -> None:
    assert typed_words("enten/eller, d. 3/12") == "enten/eller, d. 3/12"


def test_slashes_alone_are_nothing() -> None:
    assert typed_words("///") == ""


def test_a_button_says_what_it_means() -> None:
    parsed = parse_payload('/booking_inform{"booking_way": "phone", "contact_given": true}', INTENTS)
    assert parsed["intent"] == {"name": "booking_inform", "confidence": 1.0}
    assert parsed["entities"] == [
        {"entity": "booking_way", "value": "phone"},
        {"entity": "contact_given", "value": True},
    ]


@pytest.mark.parametrize(
    "payload",
    [
        "/restart",
        "/session_start",
        "/back",
        "/unknown",
        "booking_request",
        "/booking_request{",
        "/",
        "",
        "/a b",
        "/chat_stop[1]",
    ],
)
def test_nothing_else_is_a_command(payload: str) -> None:
    with pytest.raises(PayloadError):
        parse_payload(payload, INTENTS)


def test_an_error_does_not_repeat_what_was_given() -> None:
    with pytest.raises(PayloadError) as raised:
        parse_payload('/booking_inform{"x": "hemmelig}', INTENTS)
    assert "hemmelig" not in str(raised.value)


@pytest.mark.parametrize(("age", "group"), [(14, "under_18"), (17, "under_18"), (18, "adult"), (24, "adult")])
def test_an_age_tells_the_age_group(age: int, group: str) -> None:
    parsed = {"intent": {"name": "housing_shelter"}, "entities": [{"entity": "age", "value": age}]}
    assert {"entity": "age_group", "value": group} in with_age_group(parsed)["entities"]


def test_the_age_of_somebody_else_tells_nothing_about_the_writer() -> None:
    parsed = {"intent": {"name": "helper_concern"}, "entities": [{"entity": "age", "value": 16}]}
    assert with_age_group(parsed) == parsed


def test_two_ages_tell_nothing() -> None:
    ages = [{"entity": "age", "value": 16}, {"entity": "age", "value": 40}]
    parsed = {"intent": {"name": "housing_shelter"}, "entities": ages}
    assert with_age_group(parsed) == parsed


def read(text: str, **entities: Any) -> dict[str, Any]:
    intent = {"name": "chat_deny", "confidence": 0.4}
    found = [{"entity": name, "value": value} for name, value in entities.items()]
    return {"text": text, "intent": intent, "intent_ranking": [intent], "entities": found}


@pytest.mark.parametrize("text", ["17", "18.", "på 17", "atten"])
def test_a_bare_number_in_a_booking_is_no_age(text: str) -> None:
    assert heard_in_booking(read(text, age=17, way="chat"))["entities"] == [{"entity": "way", "value": "chat"}]


@pytest.mark.parametrize("text", ["jeg er 17", "er 17", "17 år", "er 17 år gammel"])
def test_an_age_in_a_booking_is_one_when_it_says_so(text: str) -> None:
    assert heard_in_booking(read(text, age=17)) == read(text, age=17)


@pytest.mark.parametrize(
    "text",
    [
        "jeg har fortrudt", "Nej, jeg har fortrudt det.", "fortrudt alligevel", "jeg har ombestemt mig",
        "jeg vil ikke have en tid", "jeg vil alligevel ikke have en tid", "jeg skal ikke bruge en tid alligevel",
        "nej glem det", "glem det igen", "drop det", "glem det, så klarer jeg det selv",
        "I changed my mind", "never mind", "forget about it, thanks",
        "I don't want an appointment anymore",
    ],
)  # fmt: skip
def test_who_has_changed_their_mind_in_a_booking_stops_it_whatever_the_model_says(text: str) -> None:
    assert heard_in_booking(read(text))["intent"]["name"] == "chat_stop"


@pytest.mark.parametrize(
    "text",
    [
        "nej", "jeg har fortrudt tiden, kan vi tage torsdag", "jeg vil ikke have den tid", "jeg har fortrudt dagen",
        "jeg vil ikke have en tid om morgenen", "glem det, kan vi tage fredag i stedet",
    ],
)  # fmt: skip
def test_who_wants_another_time_does_not_stop_it(text: str) -> None:
    assert heard_in_booking(read(text))["intent"]["name"] == "chat_deny"


@pytest.mark.parametrize("text", ["ja, en tid til", "en til tak"])
def test_one_more_is_a_yes_where_it_is_asked_whether_to_book_it(text: str) -> None:
    assert heard_in_booking(read(text), beside=True, confirms=True)["intent"]["name"] == "chat_affirm"
    assert heard_in_booking(read(text), beside=True)["intent"]["name"] == "booking_request"


def test_a_fallback_is_reported_as_the_best_real_intent_and_unsure() -> None:
    ranking = [{"name": "nlu_fallback", "confidence": 0.3}, {"name": "housing_scam", "confidence": 0.25}]
    meaning = understood({"intent": ranking[0], "intent_ranking": ranking})
    assert (meaning.intent, meaning.sure) == ("housing_scam", False)


def test_no_intent_at_all_is_unsure() -> None:
    meaning = understood({"intent": {"name": None, "confidence": 0.0}, "intent_ranking": []})
    assert (meaning.intent, meaning.sure) == (None, False)


@pytest.mark.parametrize(
    ("intent", "in_form", "heard"),
    [
        ("chat_small_talk", False, "crisis_violence"),
        ("nlu_fallback", True, "crisis_violence"),
        ("chat_affirm", False, "crisis_violence"),
        ("chat_affirm", True, "chat_affirm"),
        ("housing_deposit", False, "housing_deposit"),
    ],
)
def test_a_little_danger_in_words_that_say_nothing_else_is_a_crisis(intent: str, *, in_form: bool, heard: str) -> None:
    parsed = {"text": "…", "intent": {"name": intent, "confidence": 0.4}, "intent_ranking": [], "entities": []}
    metadata = {"danger_level": 1, "danger_kinds": ["violence"]}
    assert with_danger(parsed, metadata, in_form=in_form)["intent"]["name"] == heard
    assert with_danger(parsed, {"danger_level": 0, "danger_kinds": []}, in_form=in_form) == parsed
