"""The noise by which the held-out messages are respelled: slips, and no other words."""

import random

import pytest

from bot.training.noise import SLIPS, Slip, respelled

TEXT = "Jeg sover på sofaen hos en ven, må jeg få hjælp?"


def test_a_text_is_respelled_alike_each_time_and_otherwise_with_another_seed() -> None:
    assert respelled(TEXT) == respelled(TEXT) != TEXT
    assert len({respelled(TEXT, seed) for seed in range(20)}) > 10


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_changes_little_and_fails_on_nothing(slip: Slip) -> None:
    slipped = slip(TEXT, random.Random(1))
    assert slipped != TEXT
    assert abs(len(slipped) - len(TEXT)) <= 4
    for text in ("", "?", "ja", "1234567890", "😀"):
        slip(text, random.Random(1))
