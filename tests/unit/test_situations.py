"""Where somebody lives: asked for once and gently, never in a danger, a form or of a helper; heard; put right."""

from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.channel import _remembered
from bot.dialogue.in_context import Parsed, heard_in_context
from bot.dialogue.situation_lines import line_for
from bot.dialogue.situations import SITUATION, TITLES, UNSAID, with_situation
from bot.dialogue.tracker_document import ASKED, from_document, to_document
from tests.unit.test_answers import LONGEST_TITLE
from tests.unit.test_answers_in_context import Said, domain, payloads, said

__all__ = ["domain", "said"]

ALLOCATION = "housing_municipal_allocation"
OFFERED = f'/{ALLOCATION}{{"situation": "with_others"}}'


async def asks(said: Said, *before: Any, topic: str = ALLOCATION, **slots: Any) -> bool:
    return (await said(topic, *before, **slots)).get(ASKED) == SITUATION


async def test_it_is_asked_once_with_a_button_to_refuse(said: Said) -> None:
    answer = await said(ALLOCATION)
    assert answer[ASKED] == SITUATION
    assert "du behøver ikke" in answer["text"]
    assert OFFERED in payloads(answer)
    assert payloads(answer)[-1] == f'/{ALLOCATION}{{"situation": "unsaid"}}'
    assert answer["text"].endswith("Skal vi finde en tid?")
    assert not await asks(said, BotUttered("", metadata={ASKED: SITUATION}), UserUttered("", intent={"name": "x"}))


def test_every_button_fits_a_phone() -> None:
    assert all(len(title) <= LONGEST_TITLE for title in (*TITLES.values(), UNSAID[0]))


@pytest.mark.parametrize("known", ["with_others", "unsaid", "has_home"])
async def test_who_said_it_or_would_not_is_not_asked(said: Said, known: str) -> None:
    assert not await asks(said, situation=known)


async def test_it_is_not_asked_of_a_helper_in_english_or_in_a_form(said: Said) -> None:
    assert not await asks(said, role="helper")
    assert not await asks(said, language="en")
    assert not await asks(said, language="other")
    assert not await asks(said, ActionExecuted("booking_form"), ActiveLoop("booking_form"))


async def test_it_is_not_asked_in_a_danger_nor_soon_after_one(said: Said) -> None:
    crisis, calm = UserUttered("", intent={"name": "crisis_violence"}), UserUttered("", intent={"name": "chat_thank"})
    assert not await asks(said, crisis)
    assert not await asks(said, crisis, calm, calm)
    assert await asks(said, crisis, calm, calm, calm)


async def test_a_message_that_the_screen_found_a_little_dangerous_is_not_asked_for_it(domain: Domain) -> None:
    said = Said(domain)
    tracker = DialogueStateTracker.from_events(
        "one", [UserUttered("", intent={"name": ALLOCATION}, metadata={"danger_level": 1})], slots=domain.slots
    )
    assert ASKED not in (await said._answers.generate(f"utter_{ALLOCATION}", tracker, "hjemad") or {})


@pytest.mark.parametrize("mark", ["age", "town", "role"])
async def test_it_is_not_asked_right_after_another_question(said: Said, mark: str) -> None:
    first, thanks = UserUttered("", intent={"name": "housing_shelter"}), UserUttered("", intent={"name": "chat_thank"})
    asked = BotUttered("", metadata={ASKED: mark})
    assert not await asks(said, first, asked)
    assert await asks(said, first, asked, thanks, BotUttered(""))


async def test_the_age_comes_first_and_a_bed_tonight_before_everything(said: Said) -> None:
    assert (await said("housing_find_home"))[ASKED] == "age"
    assert await asks(said, topic="housing_find_home", age_group="adult")
    assert not await asks(said, topic="housing_shelter", age_group="adult")
    assert not await asks(said, topic="network_lonely"), "nobody who is lonely is asked where they sleep"
    assert not await asks(said, topic="housing_tenant_rights"), "it matters to one situation only"


async def test_who_lives_so_is_told_more(said: Said) -> None:
    line = line_for("with_others", ALLOCATION, None)
    assert line
    told = await said(ALLOCATION, situation="with_others")
    assert line.text in told["text"].splitlines()
    assert told["text"].endswith("Skal vi finde en tid?")
    assert set(line.facts) <= set(told["metadata"]["facts"])
    for others in ({}, {"situation": "has_home"}, {"situation": "with_others", "role": "helper"}):
        assert line.text not in (await said(ALLOCATION, **others))["text"]


async def test_a_town_and_a_situation_are_both_told(said: Said) -> None:
    told = await said("housing_find_home", town="København", situation="with_others", age_group="adult")
    assert "s.dk" in told["text"]
    assert "boliger til unge uden et hjem" in told["text"]


def read(text: str, intent: str = "nlu_fallback", *entities: dict[str, Any]) -> Parsed:
    best = {"name": intent, "confidence": 0.9}
    return {"text": text, "intent": best, "intent_ranking": [best], "entities": list(entities)}


def heard(parsed: Parsed) -> Any:
    return next((found["value"] for found in parsed["entities"] if found["entity"] == SITUATION), None)


@pytest.fixture
def after(domain: Domain) -> Any:
    def conversation(known: str | None = None, asked: str | None = None, topic: str = ALLOCATION) -> Any:
        events = [
            UserUttered("", intent={"name": topic}),
            SlotSet(SITUATION, known),
            ActionExecuted(f"utter_{topic}"),
            BotUttered("", metadata={ASKED: asked} if asked else {}),
        ]
        return DialogueStateTracker.from_events("one", events, slots=domain.slots)

    return conversation


async def meant(parsed: Parsed, before: Any) -> str:
    async def parse(text: str) -> Parsed:
        return read(text)

    name: str = (await heard_in_context(with_situation(parsed, before), before, parse))["intent"]["name"]
    return name


def test_it_is_heard_from_words_and_from_a_meaning_that_is_certain() -> None:
    assert heard(with_situation(read("jeg bor hos en ven"), None)) == "with_others"
    around = "mandag hos Mikkel og onsdag hos hans søster"
    assert heard(with_situation(read(around, "housing_couch_surfing"), None)) == "with_others"
    assert heard(with_situation(read(around, "housing_benefit"), None)) is None
    assert heard(with_situation(read("mit hjem er en toyota", "housing_couch_surfing"), None)) is None


def test_what_a_helper_writes_is_not_where_they_live() -> None:
    words = with_situation(read("jeg er lærer og jeg bor hos en ven", "helper_concern"), None)
    assert heard(words) == "with_others"
    assert heard(_remembered(words, None, {})) is None


async def test_a_place_alone_answers_the_question_for_it(after: Any) -> None:
    asked = after(asked=SITUATION)
    for words in ("hos en ven", "i min bil", "vil helst ikke svare"):
        assert await meant(read(words, "chat_out_of_scope"), asked) == ALLOCATION
    assert await meant(read("hos en ven", "chat_out_of_scope"), after()) == "chat_out_of_scope"
    assert await meant(read("i min bil", "crisis_no_shelter_tonight"), asked) == "crisis_no_shelter_tonight"


async def test_what_was_said_is_put_right(after: Any) -> None:
    corrected = read("nej jeg bor hos min mor", "chat_deny")
    assert await meant(corrected, after(known="with_others")) == ALLOCATION
    assert heard(with_situation(corrected, after(known="with_others"))) == "at_home"


async def test_a_no_to_the_question_for_a_bed_is_never_taken_for_a_correction(after: Any) -> None:
    shelter = after(known="with_others", topic="housing_shelter")
    assert await meant(read("nej jeg sover udenfor", "chat_deny"), shelter) == "chat_deny"
    assert await meant(read("nej jeg sover hos en ven", "chat_deny"), after(topic="housing_shelter")) == "chat_deny"


async def test_who_tells_where_they_sleep_after_telling_their_age_asks_something_new(after: Any) -> None:
    before = after()
    before.update(
        UserUttered("", intent={"name": ALLOCATION}, entities=[{"entity": SITUATION, "value": "at_home"}]), None
    )
    assert await meant(read("jeg sover hos venner", "housing_couch_surfing"), before) == "housing_couch_surfing"


def test_it_is_kept_with_the_tracker_and_without_a_word_of_what_was_written(domain: Domain) -> None:
    words = "jeg bor hos en ven"
    told = UserUttered(words, intent={"name": ALLOCATION}, entities=with_situation(read(words), None)["entities"])
    tracker = DialogueStateTracker.from_events("one", [told, SlotSet(SITUATION, "with_others")], slots=domain.slots)
    kept = to_document(tracker, domain)
    assert "hos en ven" not in kept
    again = DialogueStateTracker.from_events("one", from_document(kept), slots=domain.slots)
    assert again.get_slot(SITUATION) == "with_others"
