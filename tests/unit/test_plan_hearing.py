"""What is typed while the plan is written is its answer, but for what is clearly something else."""

from typing import Any

import pytest

from bot.dialogue.plan_hearing import heard_in_plan, heard_of_plan


def read(text: str, intent: str = "nlu_fallback", confidence: float = 0.95) -> dict[str, Any]:
    best = {"name": intent, "confidence": confidence}
    return {"text": text, "intent": best, "intent_ranking": [best], "entities": [{"entity": "age", "value": 17}]}


def heard(text: str, intent: str = "nlu_fallback", confidence: float = 0.95) -> str:
    """The intent, or which step of the plan it is."""
    parsed = heard_in_plan(read(text, intent, confidence), dangerous=False)
    steps = [entity["value"] for entity in parsed["entities"] if entity["entity"] == "step"]
    return steps[0] if steps else parsed["intent"]["name"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("et værelse hvor jeg må have min hund", "housing_find_home"),
        ("stoppe med at ryge så meget", "wellbeing_substance_use"),
        ("penge til mad", "money_emergency"),
        ("et menneske der lytter", "handoff_request"),
        ("hvor jeg kan have min hund", "housing_find_home"),
        ("at de spørger mig før de stopper min bostøtte", "chat_stop"),
        ("tid til mig selv", "booking_request"),
        ("på torsdag vil jeg ringe", "booking_inform"),
        ("ingen, jeg vil helst være alene lidt", "chat_deny"),
        ("min søster på 17", "helper_concern"),
        ("en plan for hver uge", "support_plan"),
        ("en dør jeg kan låse", "nlu_fallback"),
        ("min kæreste?", "nlu_fallback"),
    ],
)
def test_their_own_words_are_the_answer_whatever_the_model_takes_them_for(text: str, intent: str) -> None:
    assert heard(text, intent) == "said"


def test_nothing_else_is_read_out_of_an_answer() -> None:
    parsed = heard_in_plan(read("min søster på 17", "helper_concern"), dangerous=False)
    assert parsed["entities"] == [{"entity": "step", "value": "said"}]
    assert parsed["text"] == "min søster på 17"


@pytest.mark.parametrize(
    "text", ["nej", "Nej tak.", "ved ikke", "det ved jeg ikke", "spring over", "aner det ikke", "pas", "vil ikke svare"]
)
def test_who_does_not_want_to_say_it_is_let_on(text: str) -> None:
    assert heard(text, "chat_stop") == "skip"


@pytest.mark.parametrize("text", ["tilbage", "ret det forrige", "Gå tilbage", "ret det sidste"])
def test_one_step_back(text: str) -> None:
    assert heard(text) == "back"


@pytest.mark.parametrize("text", ["stop", "Stop her", "pause", "glem det", "stop nu"])
def test_who_wants_to_stop_is_let_go(text: str) -> None:
    assert heard(text) == "chat_stop"


@pytest.mark.parametrize("text", ["ja", "ok", "tak", "ok tak", "hej"])
def test_a_nod_is_no_answer_yet(text: str) -> None:
    assert heard(text, "chat_thank") == "chat_affirm"


@pytest.mark.parametrize("text", ["jeg vil tale med et menneske", "kan jeg snakke med et rigtigt menneske", "menneske"])
def test_a_human_asked_for_is_not_overheard(text: str) -> None:
    assert heard(text) == "handoff_request"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("hvad er boligstøtte?", "housing_benefit"),
        ("hvem kan læse det her", "chat_who_reads_this"),
        ("hvad mener du", "chat_explain_simpler"),
        ("kan jeg få en tid?", "booking_request"),
        ("må jeg have en ven med", "support_companion"),
        ("book en tid", "booking_request"),
        ("farvel", "chat_goodbye"),
    ],
)
def test_a_clear_question_keeps_its_meaning(text: str, intent: str) -> None:
    assert heard(text, intent) == intent


def test_without_a_question_mark_the_model_must_be_surer() -> None:
    assert heard("hvad er det", "housing_benefit", 0.6) == "said"
    assert heard("hvad er det?", "housing_benefit", 0.6) == "housing_benefit"


def test_what_the_screen_found_dangerous_is_never_an_answer() -> None:
    parsed = heard_in_plan(read("jeg er så træt af det hele", "housing_find_home"), dangerous=True)
    assert parsed["intent"]["name"] == "nlu_fallback"


def test_what_the_model_alone_finds_dangerous_is_no_answer_either() -> None:
    assert heard("at holde op med at sove på gaden", "crisis_no_shelter_tonight") == "crisis_no_shelter_tonight"


def heard_without_a_bed(text: str, language: str, intent: str = "crisis_no_shelter_tonight") -> str:
    parsed = heard_in_plan(read(text, intent) | {"metadata": {"language": language}}, dangerous=False)
    return "said" if parsed["entities"] == [{"entity": "step", "value": "said"}] else parsed["intent"]["name"]


@pytest.mark.parametrize("text", ["a room with a lock", "a place that is warm and quiet", "a bed and a window"])
def test_a_home_wished_for_in_english_is_an_answer_and_no_night_without_one(text: str) -> None:
    assert heard_without_a_bed(text, "en") == "said"
    for language in ("da", "other"):
        assert heard_without_a_bed(text, language) == "crisis_no_shelter_tonight"
    assert heard_without_a_bed(text, "en", "crisis_violence") == "crisis_violence"


@pytest.mark.parametrize(
    "text",
    [
        "I have no place tonight",
        "somewhere to sleep",
        "not being outside all night",
        "I'm in the bus station",
        "I need somewhere warm",
        "I don't have a bed",
        "my stepdad has kicked me out",
        "a place right now",
    ],
)
def test_a_night_without_a_bed_told_in_english_is_never_an_answer(text: str) -> None:
    assert heard_without_a_bed(text, "en") == "crisis_no_shelter_tonight"


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("vis min plan", "show"),
        ("kan jeg se min plan?", "show"),
        ("må jeg se det jeg skrev i min plan", "show"),
        ("Jeg vil gerne lave min plan", "start"),
        ("skriv videre på min plan", "start"),
        ("send min plan til boligagenten", "send"),
        ("tag min plan tilbage", "take_back"),
    ],
)
def test_clear_words_about_the_plan_do_it_wherever_they_are_typed(text: str, step: str) -> None:
    parsed = heard_of_plan(text)
    assert parsed
    assert parsed["entities"] == [{"entity": "step", "value": step}]
    assert heard(text) == step


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("skip", "skip"), ("skip this one please", "skip"), ("I would like to skip that question", "skip"),
        ("no thank you", "skip"), ("I don’t know yet", "skip"), ("I have no idea", "skip"), ("next", "skip"),
        ("I'd rather not say", "skip"), ("I don't want to answer that", "skip"),
        ("back", "back"), ("go back please", "back"), ("can I go one step back", "back"), ("previous", "back"),
        ("I want to change my last answer", "back"),
        ("stop", "chat_stop"), ("Stop for now.", "chat_stop"), ("later", "chat_stop"), ("maybe later", "chat_stop"),
        ("not now", "chat_stop"), ("can we do the rest tomorrow", "chat_stop"), ("let's finish it later", "chat_stop"),
        ("yes", "chat_affirm"), ("sure", "chat_affirm"), ("thank you", "chat_affirm"),
        ("I want to talk to a real human please", "handoff_request"),
        ("show me what I wrote", "show"),
    ],
)  # fmt: skip
def test_the_same_is_heard_in_english(text: str, step: str) -> None:
    assert heard(text, "chat_out_of_scope") == step


@pytest.mark.parametrize(
    "text",
    [
        "a door I can lock, and later a dog", "to skip school less", "my sister and someone to talk to",
        "go back to school", "not to be alone", "no drugs around me", "stop smoking", "next year I want a job",
        "they must ask before they call my dad", "where I can have my dog", "a human who listens",
        "I don't know how to read the letters", "pass my exam",
    ],
)  # fmt: skip
def test_english_words_of_their_own_are_the_answer(text: str) -> None:
    assert heard(text, "housing_find_home") == "said"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("who can read this", "chat_who_reads_this"),
        ("what is a housing agent", "booking_agent_role"),
        ("can I bring a friend", "support_companion"),
        ("book a talk please", "booking_request"),
        ("what does deposit mean?", "housing_deposit"),
    ],
)
def test_a_clear_question_in_english_keeps_its_meaning(text: str, intent: str) -> None:
    assert heard(text, intent) == intent


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("show my plan", "show"),
        ("can I see my plan please", "show"),
        ("I want to make a plan", "start"),
        ("hi, I would like to start my plan", "start"),
        ("help me make my own plan", "start"),
        ("go on with my plan", "start"),
        ("send my plan to the housing agent", "send"),
        ("please take my plan back", "take_back"),
        ("don't share my plan any more", "take_back"),
    ],
)
def test_clear_english_words_about_the_plan_do_it_wherever_they_are_typed(text: str, step: str) -> None:
    parsed = heard_of_plan(text)
    assert parsed
    assert parsed["entities"] == [{"entity": "step", "value": step}]
    assert heard(text) == step


@pytest.mark.parametrize("text", ["senere", "måske senere", "ikke nu", "ikke lige nu", "en anden gang"])
def test_later_is_no_answer_and_stops(text: str) -> None:
    assert heard(text) == "chat_stop"


@pytest.mark.parametrize(
    "text",
    [
        "what is the plan",
        "I have no plan",
        "my plan is to find a room",
        "skip",
        "back",
        "later",
        "min plan",
        "vis mig mine mål",
        "hvem skriver handleplanen",
        "se min handleplan",
        "tilbage",
        "nej",
        "se det jeg skrev",
    ],
)
def test_other_words_are_left_to_the_model(text: str) -> None:
    assert heard_of_plan(text) is None
