"""Every text of the domain against what the young people were promised: short, plain, true and with a way on."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from bot.knowledge.facts import shipped_facts, sources_for
from bot.language.readability import count_words, lix

DOMAIN = Path(__file__).parents[2] / "bot" / "domain"
MOST_WORDS = 60
HIGHEST_LIX = 30
LONGEST_TITLE = 28
MOST_BUTTONS = 3
AGE_GROUPS = {"under_18", "adult", "unsaid"}

# The danger screen, the forms and the actions answer these.
ANSWERED_OTHERWISE = re.compile(
    r"crisis_\w+|handoff_request|booking_(request|reschedule|cancel|status|inform)|plan_step"
)
# A button may name what it means in its payload: "/plan_step{...}".
PAYLOAD = re.compile(r"/(\w+)(?:\{.*\})?")
# Talk, not advice: these may state no fact. `support_plan` and the like are advice and must.
STATES_NO_FACT = re.compile(r"utter_chat_\w+")

FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
PROMISE_OR_BLAME = re.compile(
    r"\b(jeg|vi) (lover|garanterer)\b|\bhelt sikkert\b|\bhvorfor (gjorde|har|gik) du\b|\bdin egen skyld\b|\bdu burde\b"
)


class Answer(NamedTuple):
    name: str
    age: str
    text: str
    facts: tuple[str, ...]
    asks: str | None
    buttons: tuple[dict[str, str], ...]

    def __str__(self) -> str:
        return f"{self.name}[{self.age}]"


def domains() -> list[dict[str, Any]]:
    files = sorted(DOMAIN.glob("*.yml"))
    contents = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in files]
    return [content for content in contents if "responses" in content or "intents" in content]


def intent_names() -> list[str]:
    entries = [entry for domain in domains() for entry in domain.get("intents", [])]
    return [entry if isinstance(entry, str) else next(iter(entry)) for entry in entries]


def variations() -> dict[str, list[dict[str, Any]]]:
    return {name: entries for domain in domains() for name, entries in domain.get("responses", {}).items()}


def age_of(variation: dict[str, Any]) -> str:
    return "+".join(str(condition["value"]) for condition in variation.get("condition", [])) or "default"


def answers() -> Iterable[Answer]:
    for name, entries in variations().items():
        for entry in entries:
            if "text" in entry:
                metadata = entry.get("metadata", {})
                facts = tuple(metadata.get("facts", []))
                buttons = tuple(entry.get("buttons", []))
                yield Answer(name, age_of(entry), entry["text"], facts, metadata.get("asks"), buttons)


def figures(text: str) -> set[str]:
    """The figures in the text, phone numbers joined ("116 111" is one figure)."""
    return set(FIGURE.findall(re.sub(r"(?<=\d) (?=\d)", "", text)))


INTENTS = intent_names()
ANSWERS = list(answers())
ANSWERS_TO_INTENTS = [answer for answer in ANSWERS if answer.name.removeprefix("utter_") in INTENTS]
each_answer = pytest.mark.parametrize("answer", ANSWERS, ids=str)
each_answer_to_an_intent = pytest.mark.parametrize("answer", ANSWERS_TO_INTENTS, ids=str)


def test_there_are_answers_to_test() -> None:
    assert len(ANSWERS_TO_INTENTS) > 20


def test_no_response_or_intent_is_defined_in_two_files() -> None:
    responses = [name for domain in domains() for name in domain.get("responses", {})]
    assert len(responses) == len(set(responses))
    assert len(INTENTS) == len(set(INTENTS))


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_has_an_answer(intent: str) -> None:
    assert ANSWERED_OTHERWISE.fullmatch(intent) or f"utter_{intent}" in variations()


@each_answer
def test_an_answer_reads_easily(answer: Answer) -> None:
    assert lix(answer.text) <= HIGHEST_LIX
    assert count_words(answer.text) <= MOST_WORDS


@each_answer
def test_an_answer_neither_promises_nor_blames(answer: Answer) -> None:
    assert not PROMISE_OR_BLAME.search(answer.text.lower())


@each_answer
def test_an_answer_uses_only_facts_that_may_be_shown(answer: Answer) -> None:
    for number in answer.facts:
        assert number in shipped_facts(), number
        assert shipped_facts()[number].ready != "never", number


@each_answer
def test_what_must_be_checked_is_said_with_a_hint_to_check_it(answer: Answer) -> None:
    if any(shipped_facts()[number].ready == "check_first" for number in answer.facts):
        assert re.search(r"\btjek", answer.text.lower())


@each_answer
def test_no_figure_is_invented(answer: Answer) -> None:
    known = {figure for number in answer.facts for figure in figures(shipped_facts()[number].text)}
    # 18 is the line between the age groups themselves.
    assert figures(answer.text) <= known | {"18"}


@each_answer
def test_a_button_leads_to_an_intent_and_fits_a_phone(answer: Answer) -> None:
    for button in answer.buttons:
        payload = PAYLOAD.fullmatch(button["payload"])
        assert payload, button
        assert payload[1] in INTENTS, button
        assert len(button["title"]) <= LONGEST_TITLE, button


@each_answer_to_an_intent
def test_an_answer_ends_with_one_next_step(answer: Answer) -> None:
    assert 1 <= len(answer.buttons) <= MOST_BUTTONS
    assert f"/{answer.name.removeprefix('utter_')}" not in [button["payload"] for button in answer.buttons]


@each_answer_to_an_intent
def test_advice_states_a_fact_with_a_page_one_can_open(answer: Answer) -> None:
    if STATES_NO_FACT.fullmatch(answer.name):
        return
    assert answer.facts
    assert sources_for(answer.facts)


@pytest.mark.parametrize("name", variations())
def test_an_answer_that_depends_on_age_knows_what_to_say_without_it(name: str) -> None:
    own = [answer for answer in ANSWERS if answer.name == name]
    if not any("condition" in entry for entry in variations()[name]):
        assert not any(answer.asks for answer in own)
        return
    assert {answer.age for answer in own} <= AGE_GROUPS | {"default"}
    assert [answer.age for answer in own].count("default") == 1
    assert [answer.asks for answer in own if answer.age == "default"] == ["age"]
    assert not any(answer.asks for answer in own if answer.age != "default")


def test_who_sleeps_at_friends_counts_without_being_called_homeless() -> None:
    (answer,) = [answer for answer in ANSWERS if answer.name == "utter_housing_couch_surfing"]
    assert "hjemløs" not in answer.text.lower()
    assert "tæller" in answer.text
    assert any(source.title == "social.dk" for source in sources_for(answer.facts))
