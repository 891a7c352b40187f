import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.composed_yaml import content_of
from bot.safety.levels import KINDS
from bot.safety.screen import Assessment, DangerLevel, shipped_screen
from tests.support.model import danger_of
from tests.support.reading_time import times_ordinary

EXAMPLES = Path(__file__).parents[1] / "examples"
DANGER = content_of((EXAMPLES / "danger.yml").read_text(encoding="utf-8"))
HARMLESS = content_of((EXAMPLES / "harmless.yml").read_text(encoding="utf-8"))
LONGEST = 5000
MOST_OF_ORDINARY = 4
"""No text of this length may take longer than so many of ordinary words; `hjemad benchmark` tells the seconds."""


def dangerous() -> Iterator[tuple[str, str]]:
    for level in ("acute", "clear"):
        for kind, texts in DANGER[level].items():
            yield from ((kind, str(text)) for text in texts)


def assess(text: str) -> Assessment:
    return shipped_screen().assess(text)


@pytest.mark.parametrize(("kind", "text"), dangerous())
def test_no_plain_statement_of_danger_passes(kind: str, text: str) -> None:
    assessment = assess(text)
    assert assessment.level >= DangerLevel.CLEAR
    assert kind in (*assessment.kinds, "any")
    assert assessment.reasons


@pytest.mark.parametrize("text", [text for kind, texts in DANGER["acute"].items() if kind != "any" for text in texts])
def test_danger_to_life_now_is_acute(text: str) -> None:
    assert assess(text).level == DangerLevel.ACUTE


@pytest.mark.parametrize("text", DANGER["check_in"])
def test_hopelessness_and_what_sounds_like_farewell_get_a_gentle_question(text: str) -> None:
    assert assess(text).level >= DangerLevel.CHECK_IN


@pytest.mark.parametrize("text", DANGER["at_most_check_in"])
def test_what_is_over_or_asked_for_others_alarms_nobody(text: str) -> None:
    assert assess(text).level <= DangerLevel.CHECK_IN


def test_a_dying_phone_is_no_danger_but_what_is_said_with_it_counts() -> None:
    assessment = assess("min telefon er ved at dø og jeg har ingen steder at sove i nat")
    assert assessment.kinds == ("no_shelter_tonight",)
    assert assess("min telefon er ved at dø og jeg vil dø").kinds == ("suicide",)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_sounds_so_stays_calm(text: str) -> None:
    assert assess(text) == Assessment(DangerLevel.NONE)


@pytest.mark.parametrize(
    "text",
    [
        "jeg vil dø",
        "JEG VIL DØØØØ!!!",
        "jegvil doe",
        "jeg vil do",
        "jer vil bare dø 😭",
        "jeg v\u00adil d\u200bø",
        "<b>jeg</b> vil dø",
    ],
)
def test_it_is_the_same_however_it_is_typed(text: str) -> None:
    assert assess(text).kinds[0] == "suicide"


@pytest.mark.parametrize("name", ["Larsen", "Hansen", "Madsen", "Kasper", "Morten", "Lasse", "Sander", "Holger"])
def test_a_name_is_not_read_as_another_word_misspelt(name: str) -> None:
    assert assess(f"{name} slår mig").kinds == ("violence",)


def test_the_reasons_are_the_words_that_were_written() -> None:
    assert "VIL ikke leve" in assess("Hej. Jeg VIL   ikke leve mere, tror jeg").reasons[0]
    assert all(reason in "Jeg VIL ikke leve mere" for reason in assess("Jeg VIL ikke leve mere").reasons)


def test_a_danger_after_a_harmless_sentence_is_still_found() -> None:
    assert assess("Vi har om selvmord i dansk. Men jeg vil selv dø.").level >= DangerLevel.CLEAR
    assert assess("haha jeg dør af grin. min far slår mig").kinds == ("violence",)


def test_the_gravest_kind_comes_first_and_all_are_named() -> None:
    assessment = assess("jeg har ingen steder at sove i nat og jeg har taget en overdosis")
    assert assessment.level == DangerLevel.ACUTE
    assert assessment.kinds[0] == "substance"
    assert "no_shelter_tonight" in assessment.kinds


def test_what_only_the_classifier_hears_is_about_the_writer_where_they_name_themselves() -> None:
    assessment = danger_of("jeg vil ikke leve uden hende")
    assert (assessment.level, assessment.about_another) == (DangerLevel.CLEAR, False)


@pytest.mark.parametrize(
    "text", ["jeg orker ikke mere, min mor er ligeglad", "jeg kan ikke se en fremtid, og min kæreste forstår det ikke"]
)
def test_who_asks_for_a_gentle_question_beside_somebody_else_is_asked_themselves(text: str) -> None:
    assert danger_of(text).level == DangerLevel.CHECK_IN
    assert not danger_of(text).about_another


def whom() -> Iterator[tuple[str, bool]]:
    for who, texts in DANGER["whom"].items():
        yield from ((text, who == "another") for text in texts)


@pytest.mark.parametrize(("text", "about_another"), whom())
def test_who_writes_about_a_friend_is_told_from_who_writes_about_themselves(text: str, *, about_another: bool) -> None:
    assert assess(text).level >= DangerLevel.CLEAR
    for assessment in (assess(text), danger_of(text)):
        assert assessment.about_another is about_another


@pytest.mark.parametrize(
    "piece", ["", " ", "😭", "مرحبا", "d", "\ud800", "ﷺ", "a\u0301", "vil ", "ik", "? ", "a b ", "0"]
)
def test_odd_texts_are_read_in_time(piece: str) -> None:
    assert times_ordinary(assess, (piece * LONGEST)[:LONGEST]) < MOST_OF_ORDINARY


dangerous_words = st.sampled_from(sorted({word for _, text in dangerous() for word in text.split()}))


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=LONGEST), st.lists(dangerous_words, max_size=900).map(" ".join)))
def test_any_text_of_up_to_5000_characters_is_assessed_in_time(text: str) -> None:
    assessment = assess(text[:LONGEST])
    assert set(assessment.kinds) <= set(KINDS)
    assert bool(assessment.kinds) == bool(assessment.reasons) == (assessment.level > DangerLevel.NONE)
    assert times_ordinary(assess, text[:LONGEST]) < MOST_OF_ORDINARY


def test_the_screen_needs_neither_rasa_nor_the_store() -> None:
    for file in (Path(__file__).parents[2] / "bot" / "safety").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.split(".")[0] in {"rasa", "rasa_sdk", "sqlalchemy", "sklearn"} for name in names), (
                file.name
            )
