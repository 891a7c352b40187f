"""What is drawn by lot is drawn by nobody: a fair share, the same each time, whatever the words say."""

import string
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.review.lots import HELD_OUT, SAMPLE, Use, in_sample, use_of

MANY = 20_000
DRAWN = [6, 12, 66, 68]


def test_the_shares_are_what_they_are_said_to_be() -> None:
    held_out = sum(use_of(f"besked nummer {number}") is Use.HELD_OUT for number in range(MANY))
    assert held_out / MANY == pytest.approx(HELD_OUT, abs=0.01)
    drawn = sum(in_sample(str(UUID(int=number)), number % 30 + 1) for number in range(MANY))
    assert drawn / MANY == pytest.approx(SAMPLE, abs=0.01)


@given(st.text(), st.text(alphabet=" \t\n", max_size=4))
def test_the_use_of_a_text_never_changes_with_spaces(text: str, space: str) -> None:
    assert use_of(f"{space}{' '.join(text.split())}{space}") is use_of(text)


@given(st.text(alphabet=string.ascii_letters + string.digits + "æøåÆØÅéÉ .,!?"))
def test_the_use_of_a_text_never_changes_with_capitals(text: str) -> None:
    assert use_of(text.upper()) is use_of(text.lower()) is use_of(text)


def test_known_places_are_drawn_or_not_for_good() -> None:
    """Another draw tomorrow would look at other messages of who has been looked at."""
    conversation = "2f1f6c1e-8f5d-4f86-9a55-0d7a3f1c9b10"
    drawn = [sequence for sequence in range(1, 101) if in_sample(conversation, sequence)]
    assert drawn == DRAWN


def test_known_texts_stay_where_they_are() -> None:
    """Another digest tomorrow would teach a model what it is measured by."""
    texts = ("hvad er et indskud", "Hvad  er et INDSKUD", "min mor vil ikke se mig", "jeg sover ude", "hej")
    assert [use_of(text) for text in texts] == [Use.HELD_OUT] * 3 + [Use.TRAIN] * 2
