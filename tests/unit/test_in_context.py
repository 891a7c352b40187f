"""What typed words mean after what was said before them."""

from collections.abc import Mapping
from typing import Any

import pytest
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.additions import NEEDS
from bot.dialogue.asked_on import ASKED_ON, MORE, NO_MORE
from bot.dialogue.in_context import Parsed, heard_in_context, with_open_needs, with_town
from bot.dialogue.tracker_document import ASKED


def read(text: str, intent: str = "nlu_fallback", confidence: float = 0.9, **entities: Any) -> Parsed:
    best = {"name": intent, "confidence": confidence}
    found = [{"entity": name, "value": value} for name, value in entities.items()]
    return {"text": text, "intent": best, "intent_ranking": [best], "entities": found}


def after(topic: str, *, metadata: dict[str, str] | None = None, needs: tuple[str, ...] = (), **told: Any) -> Any:
    """A conversation in which `topic` was answered; `metadata` is what was joined to the answer."""
    entities = [{"entity": name, "value": value} for name, value in told.items()]
    said = UserUttered("", intent={"name": topic}, entities=entities)
    events = [said, SlotSet("needs", list(needs)), ActionExecuted(f"utter_{topic}"), BotUttered("", metadata=metadata)]
    slots = [AnySlot("needs", [{}], influence_conversation=False)]
    return DialogueStateTracker.from_events("one", events, slots=slots)


async def heard(parsed: Parsed, before: Any, others: Mapping[str, Parsed] | None = None) -> Parsed:
    async def parse(text: str) -> Parsed:
        return (others or {}).get(text) or read(text)

    return await heard_in_context(parsed, before, parse)


def intent(parsed: Parsed) -> str:
    name: str = parsed["intent"]["name"]
    return name


def entity(parsed: Parsed, name: str) -> Any:
    return next((found["value"] for found in parsed["entities"] if found["entity"] == name), None)


async def test_a_bare_question_asks_on_once_and_is_then_told_that_there_is_no_more() -> None:
    first = await heard(read("hvordan gør jeg det?", "chat_what_can_you_do"), after("housing_deposit"))
    assert (intent(first), entity(first, ASKED_ON)) == ("housing_deposit", MORE)
    again = await heard(read("fortæl mere", "chat_stop"), after("housing_deposit", **{ASKED_ON: MORE}))
    assert (intent(again), entity(again, ASKED_ON)) == ("housing_deposit", NO_MORE)
    assert intent(await heard(read("fortæl mere", "chat_stop"), None)) == "chat_stop"


@pytest.mark.parametrize("text", ["over 18", "jeg er 15", "hov trykkede forkert, jeg er 17"])
async def test_an_age_belongs_to_the_question_for_it_whatever_the_model_says(text: str) -> None:
    asked = after("housing_shelter", metadata={ASKED: "age"})
    assert intent(await heard(read(text, "support_aftercare", age=17), asked)) == "housing_shelter"


async def test_a_few_words_put_right_an_age_or_a_town_that_was_told() -> None:
    told = after("housing_shelter", age_group="adult")
    assert intent(await heard(read("jeg er 17", "chat_stop", age=17), told)) == "housing_shelter"
    corrected = read("nej vent, den ligger i aarhus", "housing_find_home", municipality="Aarhus")
    assert intent(await heard(corrected, after("housing_deposit"))) == "housing_deposit"


async def test_an_age_beside_more_than_that_is_heard_as_it_was_read() -> None:
    asked = after("housing_shelter", metadata={ASKED: "age"})
    long = read("jeg er 17 og bliver slået af min far hver gang han drikker", "support_notification", age=17)
    assert intent(await heard(long, asked)) == "support_notification"
    crisis = read("nej jeg er 17", "crisis_violence", age=17)
    assert intent(await heard(crisis, asked)) == "crisis_violence"


async def test_several_needs_are_answered_by_urgency_and_the_others_kept() -> None:
    text = "hvordan får jeg boligstøtte og min mor har smidt mig ud"
    parts = {
        "hvordan får jeg boligstøtte": read("hvordan får jeg boligstøtte", "housing_benefit"),
        "min mor har smidt mig ud": read("min mor har smidt mig ud", "housing_thrown_out"),
    }
    first = await heard(read(text, "housing_benefit"), None, parts)
    assert (intent(first), entity(first, NEEDS)) == ("housing_thrown_out", ["housing_benefit"])


async def test_something_beside_the_topic_is_read_together_with_it() -> None:
    together = {"indskud: hvad med hunden?": read("", "housing_deposit")}
    beside = await heard(read("hvad med hunden?", "chat_what_can_you_do"), after("housing_deposit"), together)
    assert (intent(beside), entity(beside, ASKED_ON)) == ("housing_deposit", NO_MORE)


@pytest.mark.parametrize("text", ["nej det var det", "okay tak så ved jeg det"])
async def test_words_that_were_understood_are_not_taken_for_a_question(text: str) -> None:
    assert intent(await heard(read(text, "chat_deny"), after("housing_deposit"))) == "chat_deny"


async def test_a_need_that_was_named_is_taken_up_by_its_name() -> None:
    waiting = after("housing_eviction", needs=("support_caseworker_problem",))
    ranking = [{"name": name, "confidence": 0.3} for name in ("support_companion", "support_caseworker_problem")]
    words = read("ok og det med sagsbehandleren") | {"intent_ranking": ranking}
    assert intent(await heard(words, waiting)) == "support_caseworker_problem"
    assert intent(await heard(words, after("housing_eviction"))) == "nlu_fallback"


def left(parsed: Parsed, before: Any) -> Any:
    return entity(with_open_needs(parsed, before), NEEDS)


def test_a_need_stays_open_until_it_is_answered_or_was_offered_in_vain() -> None:
    waiting = after("housing_eviction", needs=("money_debt", "papers_address"))
    assert left(read("ja", "chat_affirm"), waiting) is None, "not offered yet, so it stays"
    assert left(read("", "money_debt"), waiting) == ["papers_address"]
    offered = after("housing_deposit", metadata={ASKED: NEEDS}, needs=("money_debt",))
    assert left(read("nej", "chat_deny"), offered) == []
    assert left(read("øh"), offered) is None, "not understood, so it stays"


def test_one_town_is_the_writers_and_two_are_nobodys() -> None:
    assert entity(with_town(read("", municipality="Aarhus")), "town") == "Aarhus"
    two = read("") | {"entities": [{"entity": "municipality", "value": town} for town in ("Aarhus", "Odense")]}
    assert entity(with_town(two), "town") is None
