"""Typed words are never commands, and a payload is one only when it names an intent of the bot."""

import pytest

from bot.dialogue.understanding import (
    PayloadError,
    as_not_understood,
    is_typed_command,
    parse_payload,
    typed_words,
    understood,
    with_age_group,
)

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


def test_a_fallback_is_reported_as_the_best_real_intent_and_unsure() -> None:
    ranking = [{"name": "nlu_fallback", "confidence": 0.3}, {"name": "housing_scam", "confidence": 0.25}]
    meaning = understood({"intent": ranking[0], "intent_ranking": ranking})
    assert (meaning.intent, meaning.sure) == ("housing_scam", False)


def test_no_intent_at_all_is_unsure() -> None:
    meaning = understood({"intent": {"name": None, "confidence": 0.0}, "intent_ranking": []})
    assert (meaning.intent, meaning.sure) == (None, False)
