"""What goes along with a talk, as people write it: what is read of messages that were written apart from the rules."""

from pathlib import Path
from typing import Any

import pytest

from bot.casework.along import Along, Ask
from bot.composed_yaml import content_of
from bot.language.along import said_along
from bot.settings import ROOT

HELD_OUT = ROOT / "tests" / "held_out" / "along.yml"
TUNING = ROOT / "tests" / "tuning" / "along.yml"
TO_ARABIC = Along(frozenset({Ask.INTERPRETER}), "arabisk")


def messages(file: Path) -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = content_of(file.read_text(encoding="utf-8"))["messages"]
    return content


def is_right(message: dict[str, Any]) -> bool:
    said = said_along(message["text"])
    return said.along.asks == set(message["asks"]) and said.dropped >= set(message.get("drops", ()))


def takes_back_too_much(message: dict[str, Any]) -> bool:
    return not said_along(message["text"]).dropped <= set(message.get("drops", ()))


def asks_too_much(message: dict[str, Any]) -> bool:
    return not said_along(message["text"]).along.asks <= set(message["asks"])


@pytest.mark.parametrize(("file", "right", "too_much"), [(HELD_OUT, 0.8, 0.06), (TUNING, 0.97, 0.01)])
def test_what_is_asked_for_is_read_and_what_only_sounds_so_is_not(file: Path, right: float, too_much: float) -> None:
    written = messages(file)
    share = sum(map(is_right, written)) / len(written)
    false = sum(map(asks_too_much, written)) / len(written)
    print(f"{file.parent.name}: {share:.1%} of {len(written)} right, {false:.1%} told what was not asked for")
    assert len(written) >= 120
    assert share >= right
    assert false <= too_much


@pytest.mark.parametrize("file", [HELD_OUT, TUNING])
def test_little_is_taken_back_that_was_not(file: Path) -> None:
    """It counts only of what was asked for, and is told at once."""
    written = messages(file)
    false = sum(map(takes_back_too_much, written)) / len(written)
    print(f"{file.parent.name}: {false:.1%} take back what they do not")
    assert false <= 0.05


@pytest.mark.parametrize(
    "text",
    [
        "er der nogen der kan hjælpe mig med boligstøtte",
        "har i en som kan svare på det",
        "can you translate this",
        "kan de tage mit depositum",
        "må han komme ind i min lejlighed",
        "kommer min mor til at få det at vide",
        "min bror går med kniv",
        "vi er to der gerne vil bo sammen",
        "min far vil have at jeg flytter med ham",
        "er der handicapvenlige boliger",
        "min sagsbehandler kan ikke hjælpe mig",
        "min kæreste vil ikke have mig boende",
    ],
)
def test_what_young_people_ask_of_homes_and_help_asks_for_nothing_along(text: str) -> None:
    assert not said_along(text)


def test_nothing_held_out_was_tuned_with() -> None:
    tuned = {message["text"].casefold() for message in messages(TUNING)}
    assert not tuned & {message["text"].casefold() for message in messages(HELD_OUT)}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("kan der være en tolk på tyrkisk med", "tyrkisk"),
        ("I need an interpreter, I speak Polish", "polsk"),
        ("en tolk, ikke arabisk men somali", "somali"),
        ("jeg skal bruge en tegnsprogstolk", "tegnsprog"),
        ("jeg har brug for tolk", ""),
        ("tolk tak, kurdisk (sorani)", "sorani"),
        ("min mor kommer med, hun er fra Somalia", ""),
    ],
)
def test_the_language_is_the_interpreter_s(text: str, language: str) -> None:
    assert said_along(text).along.language == language


def test_what_is_said_later_is_added_and_a_man_takes_the_place_of_a_woman() -> None:
    asked = TO_ARABIC.changed_by(Along(frozenset({Ask.WOMAN})))
    assert asked == Along(frozenset({Ask.INTERPRETER, Ask.WOMAN}), "arabisk")
    assert asked.changed_by(Along(frozenset({Ask.MAN}))).asks == {Ask.INTERPRETER, Ask.MAN}
    assert asked.changed_by(Along(), [Ask.INTERPRETER]) == Along(frozenset({Ask.WOMAN}))


def test_only_what_was_asked_for_can_be_taken_back() -> None:
    said = said_along("nej, jeg behøver ikke nogen tolk")
    assert said.after(TO_ARABIC).dropped == {Ask.INTERPRETER}
    assert not said.after(Along())


def test_it_survives_being_kept() -> None:
    assert Along.from_dict(TO_ARABIC.as_dict()) == TO_ARABIC
    assert (Along().as_dict(), Along.from_dict({})) == ({}, Along())
