"""What is drawn by lot is drawn by nobody: a fair share, the same each time, whatever the words say."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.review.lots import HELD_OUT, SAMPLE, Use, in_sample, use_of

MANY = 20_000


def test_the_shares_are_what_they_are_said_to_be() -> None:
    held_out = sum(use_of(f"besked nummer {number}") is Use.HELD_OUT for number in range(MANY))
    assert held_out / MANY == pytest.approx(HELD_OUT, abs=0.01)
    drawn = sum(in_sample(str(UUID(int=number)), number % 30 + 1) for number in range(MANY))
    assert drawn / MANY == pytest.approx(SAMPLE, abs=0.01)


@given(st.text(), st.text(alphabet=" \t\n", max_size=4))
def test_the_use_of_a_text_never_changes_with_spaces_and_capitals(text: str, space: str) -> None:
    again = f"{space}{' '.join(text.split())}{space}"
    assert use_of(again) is use_of(text)
    assert use_of(text.casefold()) is use_of(text.casefold().upper().casefold())


@given(st.uuids(), st.integers(1, 10_000))
def test_a_place_is_drawn_or_not_for_good(conversation: UUID, sequence: int) -> None:
    assert in_sample(str(conversation), sequence) is in_sample(str(conversation), sequence)


def test_known_texts_stay_where_they_are() -> None:
    """Another digest tomorrow would teach a model what it is measured by."""
    texts = ("hvad er et indskud", "Hvad  er et INDSKUD", "min mor vil ikke se mig", "jeg sover ude", "hej")
    assert [use_of(text) for text in texts] == [Use.HELD_OUT] * 3 + [Use.TRAIN] * 2
