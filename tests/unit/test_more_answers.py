"""What is said when somebody asks on, and the lines of one town: new, short, plain, true and with a way on.

What holds for every text of the domain (length, LIX, facts, figures, promises, buttons) stands in test_answers.py and
holds for these as well; here is what only they must do.
"""

import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.composed_yaml import content_of
from bot.knowledge.answers import DOMAIN, Answer
from bot.knowledge.facts import shipped_facts, sources_for
from bot.language.readability import count_words, lix, split_sentences
from tests.unit import test_answers as rules

ROOT = Path(__file__).parents[2]
ADVICE = re.compile(r"(housing|papers|money|support|wellbeing|network)_\w+|booking_agent_role|helper_concern")
# So many words in a row are the same thing said again.
REPEATED_WORDS = 8
MOST_WORDS_OF_A_LINE = 22
TOWNS = (ROOT / "data" / "lookups" / "municipalities.txt").read_text(encoding="utf-8").splitlines()
HIGHEST_LIX = 30
MOST_BUTTONS = 3
OFFERS: dict[str, dict[str, Any]] = content_of((ROOT / "bot/municipality/offers.yml").read_text(encoding="utf-8"))


class Line(NamedTuple):
    town: str
    intent: str
    text: str
    facts: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.town}-{self.intent}"


# By their file: the page of later times is called utter_booking_offer_more and is none of these.
NAMES = set(content_of((ROOT / DOMAIN / "more.yml").read_text(encoding="utf-8"))["responses"])
MORE_ANSWERS = [answer for answer in rules.ANSWERS if answer.name in NAMES]
LINES = [
    Line(town, intent, line["text"], tuple(line["facts"]))
    for town, offers in OFFERS.items()
    for intent, line in offers.items()
]
each_more = pytest.mark.parametrize("answer", MORE_ANSWERS, ids=str)
each_line = pytest.mark.parametrize("line", LINES, ids=str)


def age_of(answer: Answer) -> str:
    return answer.conditions.get("age_group", "default")


def intent_of(answer: Answer) -> str:
    return answer.name.removeprefix("utter_").removesuffix("_more")


def main_texts(intent: str) -> list[str]:
    return [answer.text for answer in rules.ANSWERS if answer.name == f"utter_{intent}"]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[start : start + REPEATED_WORDS]) for start in range(len(found) - REPEATED_WORDS + 1)}


def sentences(text: str) -> set[str]:
    return {" ".join(found) for sentence in split_sentences(text) if (found := words(sentence))}


def test_most_advice_can_be_asked_on_about() -> None:
    advice = {intent for intent in rules.INTENTS if ADVICE.fullmatch(intent)}
    assert len(advice & {intent_of(answer) for answer in MORE_ANSWERS}) > 0.9 * len(advice)


@each_more
def test_more_is_said_of_advice_that_has_an_answer(answer: Answer) -> None:
    assert answer.name == f"utter_{intent_of(answer)}_more"
    assert intent_of(answer) in rules.INTENTS
    assert ADVICE.fullmatch(intent_of(answer))
    assert main_texts(intent_of(answer))


@each_more
def test_more_does_not_say_the_answer_again(answer: Answer) -> None:
    for text in main_texts(intent_of(answer)):
        assert not sentences(answer.text) & sentences(text)
        assert not runs(answer.text) & runs(text)


@each_more
def test_more_is_asked_without_asking_for_the_age(answer: Answer) -> None:
    assert answer.asks is None


@pytest.mark.parametrize("name", sorted(NAMES))
def test_more_has_one_variation_for_everybody_and_at_most_one_an_age(name: str) -> None:
    ages = [age_of(answer) for answer in MORE_ANSWERS if answer.name == name]
    assert ages.count("default") == 1
    assert len(ages) == len(set(ages))
    assert set(ages) <= {"default", "under_18", "adult"}


@each_more
def test_more_ends_with_a_question_and_its_first_button_is_the_yes(answer: Answer) -> None:
    assert answer.text.splitlines()[-1].endswith("?")
    assert 1 <= len(answer.buttons) <= MOST_BUTTONS
    assert answer.buttons[0]["title"].startswith("Ja, ")
    assert not any(button["title"].startswith("Ja") for button in answer.buttons[1:])
    payloads = [button["payload"] for button in answer.buttons]
    assert len(payloads) == len(set(payloads))
    assert f"/{intent_of(answer)}" not in payloads


@each_more
def test_more_states_facts_with_a_page_one_can_open(answer: Answer) -> None:
    assert answer.facts
    assert len(answer.facts) == len(set(answer.facts))
    assert sources_for(answer.facts)


@each_more
def test_a_sentence_for_the_other_age_is_not_said(answer: Answer) -> None:
    if age_of(answer) == "under_18":
        assert "er du over 18" not in answer.text.lower()
    if age_of(answer) == "adult":
        assert "er du under 18" not in answer.text.lower()


@pytest.mark.parametrize("town", OFFERS)
def test_a_town_is_called_by_its_name(town: str) -> None:
    assert town in TOWNS


@each_line
def test_a_line_of_a_town_is_joined_to_an_answer_that_does_not_say_it(line: Line) -> None:
    assert line.intent in rules.INTENTS
    texts = main_texts(line.intent)
    assert texts
    assert not any(sentences(line.text) & sentences(text) for text in texts)


@each_line
def test_a_line_of_a_town_names_it_and_rests_on_a_fact_that_does(line: Line) -> None:
    assert line.town in line.text
    assert line.facts
    assert all(line.town in shipped_facts()[number].text for number in line.facts)


@each_line
def test_a_line_of_a_town_is_short_and_reads_easily(line: Line) -> None:
    assert count_words(line.text) <= MOST_WORDS_OF_A_LINE
    assert len([part for part in split_sentences(line.text) if part.strip()]) <= 2
    assert lix(line.text) <= HIGHEST_LIX
