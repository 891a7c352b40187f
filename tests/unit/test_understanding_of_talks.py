"""What is said after a question, or beside a talk that is there, means what it means there and nothing else."""

from typing import Any

import pytest

from bot.dialogue.understanding import (
    heard_in_booking,
    heard_of_a_reminder,
    heard_of_a_talk,
    heard_of_an_agent,
    heard_of_another_way,
    heard_outside_booking,
    with_age_group,
)


def heard(intent: str, text: str, *entities: str) -> dict[str, Any]:
    named = [{"entity": name, "value": 19} for name in entities]
    return {"text": text, "intent": {"name": intent, "confidence": 0.6}, "intent_ranking": [], "entities": named}


@pytest.mark.parametrize("intent", ["booking_inform", "nlu_fallback", "chat_affirm"])
def test_an_age_alone_belongs_to_the_question_before_it(intent: str) -> None:
    parsed = heard_outside_booking(heard(intent, "jeg er 19", "age"), "housing_shelter")
    assert parsed["intent"]["name"] == "housing_shelter"
    assert with_age_group(parsed)["entities"][-1] == {"entity": "age_group", "value": "adult"}


@pytest.mark.parametrize("before", [None, "chat_greet", "booking_status", "nlu_fallback"])
def test_an_age_alone_with_nothing_before_it_begins_no_booking(before: str | None) -> None:
    parsed = heard_outside_booking(heard("booking_inform", "er 19", "age"), before)
    assert parsed["intent"]["name"] == "nlu_fallback"
    assert with_age_group(parsed)["entities"][-1]["value"] == "adult"


def test_an_answer_with_a_time_begins_a_booking_and_a_question_stays_a_question() -> None:
    for parsed in (
        heard("booking_inform", "på torsdag", "time_wish"),
        heard("housing_shelter", "må jeg når jeg er 19", "age"),
    ):
        assert heard_outside_booking(parsed, "housing_first") == parsed


def test_a_time_wished_for_begins_a_booking_though_the_model_cannot_tell_a_new_one_from_another() -> None:
    parsed = heard("nlu_fallback", "en tid torsdag efter 13", "time_wish")
    ranking = ["nlu_fallback", "booking_reschedule", "booking_request", "chat_greet"]
    near = parsed | {"intent_ranking": [{"name": name, "confidence": 0.3} for name in ranking]}
    assert heard_outside_booking(near, None)["intent"]["name"] == "booking_reschedule"
    far = near | {"intent_ranking": [near["intent_ranking"][1], {"name": "housing_first", "confidence": 0.3}]}
    assert heard_outside_booking(far, None)["intent"]["name"] == "nlu_fallback"


@pytest.mark.parametrize("intent", ["wellbeing_parent_addiction", "nlu_fallback", "booking_inform"])
def test_what_goes_along_is_about_the_talk_that_was_just_told_of(intent: str) -> None:
    assert heard_of_a_talk(heard(intent, "min mor kommer med"))["intent"]["name"] == "booking_practical"


@pytest.mark.parametrize(
    ("intent", "text", "entities"),
    [
        ("wellbeing_parent_addiction", "min mor drikker", ()),
        ("network_family_conflict", "min mor vil ikke have mig hjemme mere", ()),
        ("housing_benefit", "er der nogen der kan hjælpe mig med boligstøtte", ()),
        ("chat_thank", "tak, jeg klarer det selv", ()),
        ("crisis_suicide", "min mor kommer med", ()),
        ("handoff_request", "jeg har brug for en tolk", ()),
        ("booking_cancel", "aflys, min mor kommer med et andet sted", ()),
        ("booking_inform", "torsdag kl 14, og min mor kommer med", ("time_wish",)),
    ],
)
def test_anything_else_after_a_talk_means_what_it_says(intent: str, text: str, entities: tuple[str, ...]) -> None:
    parsed = heard(intent, text, *entities)
    assert heard_of_a_talk(parsed) == parsed


@pytest.mark.parametrize(
    "text",
    [
        "nej behold den jeg har",
        "nej tak, jeg beholder min tid",
        "så beholder jeg bare den gamle tid",
        "lad den bare stå",
        "lad os blive ved den",
        "I'd rather keep my time",
    ],
)
def test_who_keeps_the_talk_they_are_moving_stops(text: str) -> None:
    assert heard_in_booking(heard("chat_deny", text), moves=True)["intent"]["name"] == "chat_stop"
    assert heard_in_booking(heard("chat_deny", text))["intent"]["name"] == "chat_deny", "there is none to keep"


@pytest.mark.parametrize(
    "text",
    [
        "flyt",
        "flyt den",
        "ja, flyt den bare",
        "jeg vil gerne flytte den",
        "flyt den jeg har",
        "kan du flytte min tid i stedet",
        "den skal flyttes",
        "ryk den",
        "move it please",
    ],
)
def test_who_was_told_of_the_talk_they_have_moves_it_by_a_word(text: str) -> None:
    assert heard_in_booking(heard("housing_thrown_out", text), beside=True)["intent"]["name"] == "booking_reschedule"
    assert heard_in_booking(heard("housing_thrown_out", text))["intent"]["name"] == "housing_thrown_out"


@pytest.mark.parametrize(
    "text", ["en til", "jeg vil gerne have en til", "en tid til tak", "endnu en", "one more please", "begge"]
)
def test_who_was_told_of_the_talk_they_have_asks_for_one_more_by_a_word(text: str) -> None:
    """Alone, "en til" sounds to the model like one who asks for a human."""
    assert heard_in_booking(heard("handoff_request", text), beside=True)["intent"]["name"] == "booking_request"
    assert heard_in_booking(heard("handoff_request", text))["intent"]["name"] == "handoff_request"


@pytest.mark.parametrize(
    "text",
    ["jeg skal flytte på lørdag", "min mor vil have jeg flytter", "jeg kan ikke flytte den dag"],
)
def test_who_moves_house_moves_no_talk(text: str) -> None:
    assert heard_in_booking(heard("housing_find_home", text), beside=True)["intent"]["name"] == "housing_find_home"


def test_who_was_told_of_the_talk_they_have_keeps_it_by_a_word() -> None:
    assert heard_in_booking(heard("chat_deny", "nej behold den jeg har"), beside=True)["intent"]["name"] == "chat_stop"


@pytest.mark.parametrize(
    ("intent", "after_a_talk", "means"),
    [
        ("booking_inform", False, "booking_reschedule"),
        ("booking_inform", True, "booking_reschedule"),
        ("chat_who_reads_this", True, "booking_reschedule"),
        ("nlu_fallback", True, "booking_reschedule"),
        ("chat_who_reads_this", False, "chat_who_reads_this"),
        ("nlu_fallback", False, "nlu_fallback"),
        ("handoff_request", True, "handoff_request"),
        ("crisis_suicide", True, "crisis_suicide"),
        ("booking_practical", True, "booking_practical"),
    ],
)
def test_who_would_rather_talk_another_way_wants_their_talk_held_so(
    intent: str, means: str, *, after_a_talk: bool
) -> None:
    parsed = heard(intent, "hellere på telefon", "way")
    assert heard_of_another_way(parsed, after_a_talk=after_a_talk)["intent"]["name"] == means


@pytest.mark.parametrize(("text", "entities"), [("på telefon", ("way",)), ("hellere torsdag", ("time_wish",))])
def test_a_way_alone_or_something_else_instead_means_what_it_says(text: str, entities: tuple[str, ...]) -> None:
    parsed = heard("booking_inform", text, *entities)
    assert heard_of_another_way(parsed, after_a_talk=True) == parsed


@pytest.mark.parametrize(
    "text", ["nej", "jeg vil beholde den samme boligagent", "behold torsdag", "kan jeg beholde mit depositum", "fredag"]
)
def test_what_keeps_something_else_is_left_alone(text: str) -> None:
    assert heard_in_booking(heard("chat_deny", text), moves=True)["intent"]["name"] == "chat_deny"


@pytest.mark.parametrize(
    ("text", "names_the_talk"),
    [
        ("kan i minde mig om det", False),
        ("påmind mig", False),
        ("paamind mig lige", False),
        ("husk mig på det", False),
        ("kan i ikke minde mig om det", False),
        ("can you remind me", False),
        ("mind mig om min tid", True),
        ("send mig en sms dagen før", True),
        ("kan I sende en besked før mødet?", True),
        ("kan jeg få en påmindelse", True),
        ("send me a text before", True),
    ],
)
def test_who_asks_for_a_message_before_the_talk_asks_about_the_talk(text: str, *, names_the_talk: bool) -> None:
    parsed = heard("nlu_fallback", text) | {"entities": [{"entity": "time_wish", "value": {}}]}
    told = heard_of_a_reminder(parsed, after_a_talk=True)
    assert (told["intent"]["name"], told["entities"]) == ("booking_practical", [])
    later = heard_of_a_reminder(parsed, after_a_talk=False)
    assert later["intent"]["name"] == ("booking_practical" if names_the_talk else "nlu_fallback")


@pytest.mark.parametrize(
    "text",
    [
        "ka i minde mig om va jeg ska have med til mødet torsdag",
        "kan du minde mig om hvad aconto varme er",
        "jeg behøver ikke en påmindelse",
        "det minder mig om min far",
        "send en besked til min mor",
        "jeg fik en besked før",
        "",
    ],
)
def test_what_only_sounds_so_asks_for_no_message(text: str) -> None:
    parsed = heard("nlu_fallback", text)
    assert heard_of_a_reminder(parsed, after_a_talk=True) == parsed


def test_danger_is_not_overheard_for_a_reminder() -> None:
    parsed = heard("crisis_suicide", "mind mig om det")
    assert heard_of_a_reminder(parsed, after_a_talk=True) == parsed


def heard_of_mette(intent: str, *, named: bool) -> str:
    read = heard(intent, "jeg vil tale med Mette")
    return str(heard_of_an_agent(read | {"metadata": {"names_agent": named}})["intent"]["name"])


@pytest.mark.parametrize("intent", ["network_family_mediation", "booking_practical", "nlu_fallback", "chat_affirm"])
def test_who_asks_for_an_agent_by_name_wants_a_talk_with_that_one(intent: str) -> None:
    assert heard_of_mette(intent, named=True) == "booking_reschedule"
    assert heard_of_mette(intent, named=False) == intent


@pytest.mark.parametrize(
    "intent",
    ["crisis_violence", "handoff_request", "booking_request", "booking_cancel", "booking_status", "booking_inform"],
)
def test_what_asks_for_more_than_a_name_is_left_alone(intent: str) -> None:
    assert heard_of_mette(intent, named=True) == intent
