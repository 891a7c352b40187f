"""Who writes is read from their words: a helper, a young person, and a helper who turns out to be one."""

from typing import Any

import pytest

from actions.booking_about import about_said
from bot.casework.bookings import About
from bot.dialogue.roles import with_role
from bot.dialogue.understanding import with_age_group
from bot.language.helpers import (
    asks_about_their_talk,
    asks_talk_for_another,
    asks_to_read_along,
    says_myself,
    says_own_age,
    tells_of_another,
    tells_of_writer,
)


@pytest.mark.parametrize(
    "text",
    [
        "kan jeg booke en tid til min søn", "kan jeg booke en tid for min bror", "må min datter få en tid hos jer",
        "Jeg er lærer og vil gerne have en tid", "tid for min soen på torsdag", "jeg er hendes mor, kan jeg få en tid",
        "min veninde vil gerne tale med en boligagent", "på vegne af min plejesøn vil jeg bede om et møde",
    ],
)  # fmt: skip
def test_a_talk_is_asked_for_somebody_else(text: str) -> None:
    assert asks_talk_for_another(text)


@pytest.mark.parametrize(
    "text",
    [
        "jeg vil gerne booke en tid", "kan jeg få en tid sammen med min mor", "kan jeg få en tid til mig selv",
        "må jeg tage min søster med til mødet", "min mor siger jeg skal booke en tid", "tid til en snak om min gæld",
        "min lærer sagde jeg kunne få en tid her", "som mor til en på to har jeg brug for en tid",
        "jeg sover hos en ven og vil gerne snakke med boligagenten", "jeg bor med min bror og mangler en tid",
    ],
)  # fmt: skip
def test_a_talk_is_asked_for_oneself(text: str) -> None:
    assert not asks_talk_for_another(text)


@pytest.mark.parametrize(
    "text",
    [
        "min søn på 19 er blevet smidt ud af sin kæreste", "min datter ryger hash, hvad kan jeg gøre",
        "hej, min ven sover på sofaer hos alle mulige", "vores søn vil ikke snakke med nogen, hvad skal vi gøre",
        "en af mine elever sover i sin bil", "min søster har det skidt",
    ],
)  # fmt: skip
def test_a_young_person_is_told_of(text: str) -> None:
    assert tells_of_another(text)


@pytest.mark.parametrize(
    "text",
    [
        "min bror har smidt mig ud", "min søn og jeg sover hos min veninde",
        "min datter er to år og vi mangler et sted",
        "min søn går i vuggestue", "min ven siger at man kan få et herberg", "jeg sover hos min ven",
        "mine forældre skændes hele tiden", "min søster vil ikke have mig boende mere",
        "min baby er syg", "min søn på 3 har astma og der er skimmel",
    ],
)  # fmt: skip
def test_the_writer_tells_of_themselves(text: str) -> None:
    assert not tells_of_another(text)


@pytest.mark.parametrize(
    "text", ["kan jeg se hvad min søn har skrevet", "må jeg læse hans chat", "vis mig det min elev skriver"]
)
def test_somebody_elses_conversation_is_asked_for(text: str) -> None:
    assert asks_to_read_along(text)


@pytest.mark.parametrize(
    "text", ["kan min mor se hvad jeg skriver", "kan min bror læse min chat", "hvem læser det her"]
)
def test_who_reads_ones_own_is_another_question(text: str) -> None:
    assert not asks_to_read_along(text)


@pytest.mark.parametrize(
    "text", ["hvornår har min søn tid hos jer", "flyt min datters tid", "har min elev booket en tid"]
)
def test_somebody_elses_talk_is_asked_for(text: str) -> None:
    assert asks_about_their_talk(text)


@pytest.mark.parametrize(
    "text",
    ["hvornår er min tid", "min bror har fødselsdag så flyt min tid", "aflys min tid"],
)
def test_ones_own_talk_is_asked_for(text: str) -> None:
    assert not asks_about_their_talk(text)


@pytest.mark.parametrize(
    "text", ["nej det er mig selv", "det handler om mig selv", "jeg spørger for mig selv", "det er mig"]
)
def test_a_misunderstanding_is_put_right(text: str) -> None:
    assert says_myself(text)


@pytest.mark.parametrize(
    "text", ["det er ikke om mig selv", "det er mig der henter ham", "jeg kan ikke passe på mig selv"]
)
def test_nothing_is_put_right(text: str) -> None:
    assert not says_myself(text)


def test_i_alone_is_the_writer() -> None:
    assert tells_of_writer("jeg sover selv på sofaer")
    assert not tells_of_writer("jeg har ham boende på sofaen")


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("ja han har sagt ja", About.WITH_HELPER), ("vi sidder sammen om det nu", About.WITH_HELPER),
        ("ja men hun ved det ikke", About.WORRY), ("han har ikke sagt ja endnu", About.WORRY),
        ("det er min egen bekymring", About.WORRY), ("den er til mig selv", About.YOUNG),
        ("hvad hvis han ikke vil", None), ("torsdag kl. 14", None),
    ],
)  # fmt: skip
def test_whose_talk_it_is_is_said_in_words_and_in_doubt_it_is_the_helpers_own(text: str, about: About | None) -> None:
    assert about_said(text) is about


def read(text: str, intent: str | None, **entities: Any) -> dict[str, Any]:
    found = [{"entity": name, "value": value} for name, value in entities.items()]
    return {"text": text, "intent": {"name": intent, "confidence": 0.9}, "intent_ranking": [], "entities": found}


def role(text: str, intent: str | None, before: str | None = None, *, in_form: bool = False) -> tuple[str, str | None]:
    heard = with_role(read(text, intent), before, in_form=in_form)
    said = [entity["value"] for entity in heard["entities"] if entity["entity"] == "role"]
    return heard["intent"]["name"], said[0] if said else None


def test_who_is_worried_about_somebody_is_a_helper() -> None:
    assert role("jeg er bekymret for min ven", "helper_concern") == ("helper_concern", "helper")
    assert role("min søn er smidt ud", "housing_thrown_out") == ("housing_thrown_out", "helper")


def test_nobody_is_taken_for_a_helper_by_what_was_not_understood() -> None:
    assert role("min søn er smidt ud", "nlu_fallback") == ("nlu_fallback", None)


def test_what_the_web_process_knows_of_a_danger_is_remembered_until_it_is_put_right() -> None:
    assert with_role(read("hvad gør jeg nu", "chat_greet"), None, in_form=False, told="helper")["entities"] == [
        {"entity": "role", "value": "helper"}
    ]
    corrected = with_role(read("nej det er mig selv", "chat_deny"), None, in_form=False, told="helper")
    assert corrected["entities"] == [{"entity": "role", "value": "young"}]


def test_what_was_said_in_the_dialogue_outweighs_what_the_web_process_knows() -> None:
    heard = read("hvad gør jeg nu", "chat_greet")
    assert with_role(heard, "young", in_form=False, told="helper") == heard


def test_a_button_that_says_so_is_believed() -> None:
    heard = read("/helper_concern", "helper_concern", role="young")
    assert with_role(heard, "helper", in_form=False) == heard


@pytest.mark.parametrize("intent", ["chat_deny", "nlu_fallback", "helper_concern"])
def test_whoever_says_that_it_is_themselves_is_answered_as_that(intent: str) -> None:
    assert role("nej det er mig selv", intent, "helper") == ("helper_concern", "young")


def test_in_a_booking_it_stays_an_answer_to_the_booking() -> None:
    assert role("nej det er mig selv", "chat_deny", "helper", in_form=True) == ("chat_deny", "young")


def test_an_own_need_makes_a_young_person_of_a_helper() -> None:
    assert role("jeg sover selv på sofaer", "housing_couch_surfing", "helper") == ("housing_couch_surfing", "young")
    assert role("jeg har ham på sofaen", "housing_couch_surfing", "helper")[1] is None
    assert role("jeg sover på sofaer", "housing_couch_surfing")[1] is None


def test_a_wish_to_read_somebodys_conversation_is_heard_as_that() -> None:
    assert role("må jeg læse hans chat", "nlu_fallback") == ("chat_who_reads_this", "helper")


def groups(text: str, age: int, *, helper: bool) -> list[str]:
    heard = with_age_group(read(text, "support_notification", age=age), helper=helper)
    return [entity["value"] for entity in heard["entities"] if entity["entity"] == "age_group"]


def test_the_age_of_the_friend_is_not_the_helpers() -> None:
    assert groups("er 16 år gammel", 16, helper=True) == []
    assert groups("jeg er 17", 17, helper=True) == ["under_18"]
    assert groups("er 16 år gammel", 16, helper=False) == ["under_18"]
    assert not says_own_age("jeg har en ven på 17", 17)
