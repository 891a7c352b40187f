"""Unknown words are read as the known ones they are nearest to, and known ones are left alone."""

import json
import random

import pytest

from bot.casework.slips import is_near
from bot.language.speller import Speller
from tests.support.reading_time import times_ordinary

TEXTS = [
    "jeg sover hos en ven i nat",
    "jeg sover på en sofa hos en ven",
    "kan jeg få en bolig i kommunen",
    "hvordan får jeg en bolig",
    "må jeg få en sofa i min bolig",
    "hvordan sover min ven i kommunen",
    "kan min ven få en bolig på venteliste",
]


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller.learn(TEXTS)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("jeg svoer hos en ven", "jeg sover hos en ven"),
        ("jeg soover hos en ven", "jeg sover hos en ven"),
        ("hvrdan får jeg en bolig", "hvordan får jeg en bolig"),
        ("hos enven", "hos en ven"),
        ("kan jegfå enbolig", "kan jeg få en bolig"),
        ("hvordansover jeg bolog", "hvordan sover jeg bolig"),
        ("en boligi kommunen", "en bolig i kommunen"),
        ("sofahoss", "sofa hos"),
    ],
)
def test_a_slip_is_mended(speller: Speller, written: str, meant: str) -> None:
    assert speller.mended(written) == meant


@pytest.mark.parametrize("text", ["", "jeg sover hos en ven", "xylofon", "2500", "ok .", "pølsevognsmand"])
def test_what_is_known_or_like_nothing_stays(speller: Speller, text: str) -> None:
    assert speller.mended(text) == text


def test_a_word_written_once_is_not_known(speller: Speller) -> None:
    assert "venteliste" not in speller.as_numbers()["words"]


def test_a_speller_kept_as_numbers_mends_alike(speller: Speller) -> None:
    kept = Speller(**json.loads(json.dumps(speller.as_numbers())))
    assert kept.mended("kan jegfå enbolig") == speller.mended("kan jegfå enbolig") == "kan jeg få en bolig"


def test_a_long_message_without_a_known_word_takes_no_time(speller: Speller) -> None:
    assert times_ordinary(speller.mended, "x" * 100_000) < 10
    assert times_ordinary(speller.mended, "qwertyuiopqwertyuiopqwer " * 500) < 10


def test_one_slip_is_one_edit_by_any_path() -> None:
    chance = random.Random(1)
    words = ["".join(chance.choices("abc", k=chance.randint(1, 5))) for _ in range(60)]
    for one in words:
        for other in words:
            assert is_near(one, other) == (other in _edited(one) or one == other), (one, other)


def _edited(word: str) -> set[str]:
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    missing = {left + right[1:] for left, right in cuts if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    other = {left + letter + right[1:] for left, right in cuts if right for letter in "abc"}
    return missing | swapped | other | {left + letter + right for left, right in cuts for letter in "abc"}
