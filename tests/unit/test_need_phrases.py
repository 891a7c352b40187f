"""What a need is called in "Du skrev også om …": one phrase for each intent that may be told of, and one that fits."""

import re
from pathlib import Path

import pytest

from bot.composed_yaml import content_of
from tests.unit.test_answers import INTENTS

FILE = Path(__file__).parents[2] / "data" / "lookups" / "needs.yml"
PHRASES: dict[str, str] = content_of(FILE.read_text(encoding="utf-8"))
NEEDS = re.compile(
    r"(housing|papers|money|support|wellbeing|network)_\w+|booking_(agent_role|request)|handoff_request|helper_concern"
)
MOST_WORDS = 5
# Names are written as names.
BEGINS_AS_NAME = ("Housing First", "MitID", "SU", "CTI")


def test_every_need_has_a_phrase_and_nothing_else_has() -> None:
    assert set(PHRASES) == {intent for intent in INTENTS if NEEDS.fullmatch(intent)}


def test_no_two_needs_are_called_the_same() -> None:
    assert len(set(PHRASES.values())) == len(PHRASES)


@pytest.mark.parametrize("intent", PHRASES)
def test_a_phrase_fits_in_the_middle_of_a_sentence(intent: str) -> None:
    phrase = PHRASES[intent]
    assert 1 <= len(phrase.split()) <= MOST_WORDS
    assert phrase.startswith(BEGINS_AS_NAME) or phrase[0].islower()
    assert phrase[-1].isalnum() or phrase.endswith("+")
    assert not phrase.startswith("at du ")
