"""Words for times with a slip of the finger, and words that only look like them."""

from datetime import date, datetime

import pytest

from bot.language.folding import fold_in_place
from bot.language.time_slips import without_a_slip
from bot.language.times import DENMARK, find_time_wish

TUESDAY = datetime(2026, 11, 24, 10, 20, tzinfo=DENMARK)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("fredqg", "fredag"), ("eftermiddga", "eftermiddag"), ("undtawen", "undtagen"), ("desembr", None)],
)
def test_one_slip_is_mended_and_two_are_not(typed: str, meant: str | None) -> None:
    assert without_a_slip(typed) == meant


@pytest.mark.parametrize(
    "word", ["mandat", "fridag", "børsdag", "jaguar", "udtagen", "fredag", "torsdage", "ons", "dag"]
)
def test_another_word_stays_what_it_is(word: str) -> None:
    assert without_a_slip(fold_in_place(word)) is None


def test_a_slip_in_a_message_is_read_as_what_was_meant() -> None:
    found = find_time_wish("kan i ta mig fredqg eftermiddga", TUESDAY)
    assert found is not None
    assert found.day == date(2026, 11, 27)
    assert found.earliest is not None


def test_a_word_of_its_own_is_no_wish() -> None:
    assert find_time_wish("mandat og fridag", TUESDAY) is None
