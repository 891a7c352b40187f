"""What is joined to an answer as it is said: the town's line, more, a need, a question, and each only once."""

from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.dialogue.answers import Answers
from bot.dialogue.asked_on import ASKED_ON, MORE, NO_MORE
from bot.dialogue.tracker_document import ASKED, YES
from bot.municipality.offers import offer
from bot.settings import ROOT


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(str(ROOT / "bot" / "domain"))


class Said:
    def __init__(self, domain: Domain) -> None:
        self._domain, self._answers = domain, Answers(EndpointConfig(), domain)

    async def __call__(self, topic: str, *before: Any, asked_on: str | None = None, **slots: Any) -> dict[str, Any]:
        entities = [{"entity": ASKED_ON, "value": asked_on}] if asked_on else []
        message = UserUttered("", intent={"name": topic}, entities=entities)
        events = [*before, message, *(SlotSet(name, value) for name, value in slots.items())]
        tracker = DialogueStateTracker.from_events("one", events, slots=self._domain.slots)
        answer = await self._answers.generate(f"utter_{topic}", tracker, "hjemad")
        assert answer
        return answer


@pytest.fixture
def said(domain: Domain) -> Said:
    return Said(domain)


def payloads(answer: dict[str, Any]) -> list[str]:
    return [button["payload"] for button in answer["buttons"]]


async def test_who_lives_in_a_town_is_told_what_it_has(said: Said) -> None:
    line = offer("Aarhus", "network_activities")
    assert line
    there = await said("network_activities", town="Aarhus")
    assert line.text in there["text"]
    assert set(line.facts) <= set(there["metadata"]["facts"])
    assert line.text not in (await said("network_activities", town="unsaid"))["text"]


async def test_the_town_is_asked_for_once_and_where_several_have_something(said: Said) -> None:
    asked = await said("network_activities")
    assert asked[ASKED] == "town"
    assert '/network_activities{"town": "Aarhus"}' in payloads(asked)
    again = await said("network_activities", BotUttered("", metadata={ASKED: "town"}))
    assert ASKED not in again
    assert ASKED not in await said("network_lonely"), "only one town has something"


async def test_asking_on_is_told_more_and_then_that_there_is_no_more(said: Said) -> None:
    answer, more = await said("housing_deposit"), await said("housing_deposit", asked_on=MORE)
    nothing = await said("housing_deposit", asked_on=NO_MORE)
    assert more["text"] != answer["text"]
    assert more[YES] == payloads(more)[0]
    assert "indskud" in nothing["text"]
    assert nothing["text"].startswith("Det var, hvad jeg ved")


async def test_another_need_is_named_before_any_question_is_joined(said: Said) -> None:
    named = await said("housing_find_home", needs=["money_debt"])
    assert named["text"].endswith("Du skrev også om gæld. Vil du tage det nu?")
    assert payloads(named)[0] == "/money_debt"
    assert not any("age_group" in payload for payload in payloads(named))


async def test_in_the_middle_of_a_booking_nothing_is_named_until_it_ends(said: Said, domain: Domain) -> None:
    form = [ActionExecuted("booking_form"), ActiveLoop("booking_form")]
    assert "Du skrev også" not in (await said("housing_deposit", *form, needs=["money_debt"]))["text"]
    assert "Du skrev også om gæld" in (await said("booking_stopped", *form, needs=["money_debt"]))["text"]


async def test_a_helper_is_told_other_words_and_once_that_it_may_be_about_oneself(said: Said) -> None:
    own = await said("support_companion", role="helper")
    assert own["text"] != (await said("support_companion"))["text"]
    myself = '/helper_concern{"role": "young"}'
    assert myself in payloads(own)
    asked = BotUttered("", metadata={ASKED: "role"})
    assert myself not in payloads(await said("support_companion", asked, role="helper"))


async def test_what_has_no_english_words_is_answered_by_the_core(said: Said) -> None:
    assert "112" in (await said("housing_first", language="en"))["text"]
    assert "we stop here" in (await said("booking_stopped", language="en"))["text"]
    both = await said("housing_first", language="other")
    assert payloads(both)[0] == "/handoff_request"
