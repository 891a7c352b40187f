import re
from itertools import combinations

import pytest

from bot.casework.codes import WORDS_IN_CODE, CodeError, code_words, new_code, tidy_code

WAYS_TO_TYPE = ({}, {"æ": "ae", "ø": "oe", "å": "aa"}, {"æ": "a", "ø": "o", "å": "a"})


def _typed(word: str, letters: dict[str, str]) -> str:
    return word.translate(str.maketrans(letters))


def _at_most_one_letter_apart(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    same = next((i for i, letters in enumerate(zip(short, long, strict=False)) if letters[0] != letters[1]), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("hat", "kat", True),
        ("kat", "katte", False),
        ("sol", "sold", True),
        ("ost", "kost", True),
        ("sol", "los", False),
    ],
)
def test_the_measure_of_this_test_knows_one_letter_from_two(one, other, near):
    assert _at_most_one_letter_apart(one, other) is near


def test_a_guess_has_one_chance_in_a_billion():
    assert len(set(code_words())) == len(code_words()) >= 1100
    assert len(code_words()) ** WORDS_IN_CODE > 1_000_000_000


def test_words_are_short_and_in_small_danish_letters():
    assert [word for word in code_words() if not re.fullmatch("[a-zæøå]{3,8}", word)] == []


def test_few_words_need_danish_keys():
    assert sum(bool(set(word) & set("æøå")) for word in code_words()) < len(code_words()) / 6


@pytest.mark.parametrize("letters", WAYS_TO_TYPE)
def test_no_two_words_are_one_letter_apart_however_they_are_typed(letters):
    typed = [_typed(word, letters) for word in code_words()]
    assert [pair for pair in combinations(typed, 2) if _at_most_one_letter_apart(*pair)] == []


@pytest.mark.parametrize("letters", WAYS_TO_TYPE)
def test_every_word_is_found_however_it_is_typed(letters):
    for word in code_words():
        assert tidy_code(f"{_typed(word, letters)} sol sol") == f"{word}-sol-sol"


def test_a_new_code_is_three_words_of_the_list_and_stays_as_it_is():
    for _ in range(50):
        code = new_code()
        assert len(code.split("-")) == WORDS_IN_CODE
        assert set(code.split("-")) <= set(code_words())
        assert tidy_code(code) == code


def test_new_codes_differ():
    assert len({new_code() for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "given",
    [
        "lampe-skov-pære",
        "  Lampe,  SKOV ,pære. ",
        "lampe\nskov\tpære",
        "lampe – skov – pære",
        "lampe skov paere",
        "LAMPE SKOV PARE",
        "lampe skov pa\u0308re",
        "lampe/skov/pære!",
    ],
)
def test_a_code_is_found_however_it_is_typed(given):
    assert tidy_code(given) == "lampe-skov-pære"


@pytest.mark.parametrize(
    "given",
    [
        "",
        "lampe",
        "lampe skov",
        "lampe skov pære sol",
        "lampe skov ukendtord",
        "lampe skov pærer",
        "1 2 3",
        "🙂",
        "x" * 999,
    ],
)
def test_anything_else_is_no_code(given):
    with pytest.raises(CodeError):
        tidy_code(given)


def test_the_order_of_the_words_counts():
    assert tidy_code("skov lampe pære") != tidy_code("lampe skov pære")


def test_the_error_does_not_repeat_what_was_typed():
    with pytest.raises(CodeError) as error:
        tidy_code("lampe skov hemmeligt")
    assert "hemmeligt" not in str(error.value)
    assert "lampe" not in str(error.value)
