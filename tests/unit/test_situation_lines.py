"""The lines for how somebody lives: new, short, plain, for an answer that exists and for ages the law holds for.

Facts, figures, promises and readability are held by the same linter as every answer (test_answers.py).
"""

from pathlib import Path

import pytest

from bot.dialogue.situation_lines import (
    Line,
    SituationLinesError,
    line_for,
    situation_lines,
    situations_with_line,
)
from bot.dialogue.situations import TITLES, UNSAID
from bot.knowledge.answers import shipped_answers
from bot.knowledge.answers import situation_lines as linted_lines
from bot.knowledge.facts import shipped_facts
from bot.knowledge.lint import lint
from bot.language.readability import count_words, split_sentences
from tests.unit import test_answers as rules
from tests.unit.test_more_answers import MOST_WORDS_OF_A_LINE, main_texts, sentences

LINES = [
    pytest.param(intent, line, id=f"{situation}-{intent}-{line.age_group or 'any'}")
    for situation, intents in situation_lines().items()
    for intent, lines in intents.items()
    for line in lines
]
each_line = pytest.mark.parametrize(("intent", "line"), LINES)


@each_line
def test_a_line_is_short(intent: str, line: Line) -> None:
    assert count_words(line.text) <= MOST_WORDS_OF_A_LINE
    assert len([part for part in split_sentences(line.text) if part.strip()]) <= 2
    assert "\n" not in line.text
    assert line.facts


@each_line
def test_a_line_is_joined_to_an_answer_that_does_not_say_it(intent: str, line: Line) -> None:
    assert intent in rules.INTENTS
    texts = main_texts(intent)
    assert texts
    assert not any(sentences(line.text) & sentences(text) for text in texts)


def test_there_are_enough_lines_for_the_situations_that_are_known() -> None:
    assert set(situation_lines()) == set(TITLES) - {"has_home"}
    assert len({param.values[1].text for param in LINES}) >= 20


def test_the_linter_holds_every_line_and_finds_what_is_in_no_fact(tmp_path: Path) -> None:
    assert {f"{s}.{i}" for s, intents in situation_lines().items() for i in intents} <= {
        answer.name for answer in shipped_answers()
    }
    wrong = tmp_path / "lines.yml"
    wrong.write_text(
        "with_others:\n  housing_find_home:\n"
        "  - {text: Du kan søge om 5000 kroner efter § 34., facts: [B01]}\n"
        "  - {text: Du kan selv møde op på et herberg., facts: [C01], age_group: under_18}\n",
        encoding="utf-8",
    )
    found = {fault.rule for fault in lint(list(linted_lines(wrong)), shipped_facts())}
    assert {"claim", "age group"} <= found


def test_a_line_for_one_age_is_told_only_who_is_known_to_be_that_old() -> None:
    adult, unknown, young = (line_for("outside", "housing_shelter", age) for age in ("adult", None, "under_18"))
    assert adult
    assert (unknown, young) == (None, None)
    child, grown = (line_for("in_care", "housing_find_home", age) for age in ("under_18", None))
    assert child
    assert grown
    assert child != grown


def test_nothing_is_said_for_an_unknown_situation_or_an_intent_without_lines() -> None:
    assert line_for(None, "housing_find_home", None) is None
    assert line_for(UNSAID[1], "housing_find_home", None) is None
    assert line_for("with_others", "chat_greet", None) is None
    assert situations_with_line("chat_greet", None) == ()


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yml"
    broken.write_text("with_others:\n  housing_find_home:\n  - {facts: [B01]}\n", encoding="utf-8")
    with pytest.raises(SituationLinesError, match=r"broken\.yml.*text"):
        situation_lines(broken)
