import re
from datetime import UTC, datetime
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.casework.codes import WORDS_IN_CODE, CodeError, code_words, may_mean, new_code, orders_of, slips_in, tidy_code
from bot.casework.slips import Slips, is_near
from bot.language.numbers import CARDINALS, ORDINALS
from bot.language.times import find_time_wish

# Of few letters, so that many are near each other.
WORD = st.text("abå", max_size=5)
# What nobody wants to say aloud at a counter, or to be reminded of: nobody adds a word with one of these in it. The
# last ones only where a word begins so, for everyday words have them further in: "spille", "bruser", "prøve".
UNWANTED = re.compile(
    "stof|hash|joint|heroin|kokain|speed|sprøjt|kanyl|sprit|snaps|druk|fuld|vodka|død|dræb|mord|blod|kniv|våben|gevær|"
    "pistol|bomb|galge|fængsel|politi|straf|dømt|tyv|krimi|hjemløs|sult|selv|hæng|sår|skyld|syg|smerte|vold|slag|tæve|"
    "krig|hade|vred|grim|dum|idiot|tosse|fed|lort|fisse|luder|sex|nøgen|porno|numse|gud|djævel|fanden|neger|jøde|muslim|"
    "nazi|gris|kakerlak|grav|spøgelse|heks|fare|gift|brand|^(pille|rus|øl|røv|abe|svin|rotte|lus|lig|ild)"
)
# What a wish for a time is made of beside what is one by itself, as "mandag" and "aften" are.
OF_TIMES = re.compile(
    "(januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|sekund|minut|kvarter|time|"
    "dag|uge|måned|år|årstid|forår|sommer|efterår|vinter|ferie|feriedag|weekend|daggry|nat|halv|hel)(er|en|et|e|r|n)?|"
    + "|".join([*CARDINALS, *ORDINALS])
)
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


def test_no_word_is_one_that_nobody_wants_to_say_aloud():
    assert [word for word in code_words() if UNWANTED.search(word)] == []


def test_no_word_says_when():
    """Else a wish for a time typed as three words would be hidden, and looked up as a wrong try."""
    wishes = [word for word in code_words() if find_time_wish(word, datetime(2026, 11, 30, 8, tzinfo=UTC))]
    assert wishes + [word for word in code_words() if OF_TIMES.fullmatch(word)] == []


@pytest.mark.parametrize("letters", WAYS_TO_TYPE)
def test_no_word_is_two_others_put_together(letters):
    """Read aloud, it would be written as two words, and the code would have four."""
    typed = {_typed(word, letters) for word in code_words()}
    joined = [word for word in typed for at in range(1, len(word)) if {word[:at], word[at:]} <= typed]
    assert joined == []


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
        "lampe skov pærer",
        "lmpe skov pære",
        "lampe skof pære",
        "lapme skvo pæe",
        "lamppe sskov paerre",
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
        "lampe skov pærerne",
        "lampe skov eple",
        "1 2 3",
        "🙂",
        "x" * 999,
    ],
)
def test_anything_else_is_no_code(given):
    with pytest.raises(CodeError):
        tidy_code(given)


def test_every_order_of_the_words_is_known_and_nothing_else():
    assert orders_of("lampe-skov-pære") == {
        "lampe-skov-pære",
        "lampe-pære-skov",
        "skov-lampe-pære",
        "skov-pære-lampe",
        "pære-lampe-skov",
        "pære-skov-lampe",
    }
    assert orders_of("sol-sol-hat") == {"sol-sol-hat", "sol-hat-sol", "hat-sol-sol"}


def test_a_word_one_slip_from_two_is_none():
    assert {"sol", "sort"} <= {word for word in code_words() if may_mean("sot", word)}
    with pytest.raises(CodeError):
        tidy_code("sot lampe skov")


def test_slips_are_counted():
    assert [slips_in(typed) for typed in ("lampe paere SKOV", "lampe skof pære", "lmape skof eple")] == [0, 1, 3]


def test_a_slip_in_a_word_never_leads_to_another():
    """That might be somebody else's booking. Most lead back to the word."""
    meant = [(word, _meant(slip)) for word in code_words() for slip in _slips_of(word)]
    assert {found for word, found in meant if found != word} == {None}
    assert sum(found is not None for _, found in meant) > 0.8 * len(meant)


def _meant(typed: str) -> str | None:
    try:
        return tidy_code(f"{typed} lampe skov").split("-")[0]
    except CodeError:
        return None


def _slips_of(word: str) -> set[str]:
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    shorter = {word[:at] + word[at + 1 :] for at in range(len(word))}
    doubled = {word[:at] + word[at] + word[at:] for at in range(len(word))}
    mistaken = {word[:at] + "x" + word[at + 1 :] for at in range(len(word))}
    return (swapped | shorter | doubled | mistaken) - {word}


@given(WORD, WORD)
def test_the_words_near_one_are_exactly_those_that_a_slow_count_finds(typed: str, word: str) -> None:
    assert (_steps(typed, word) <= 1) is is_near(typed, word) is (word in Slips([word, "lampe"]).near(typed))


def _steps(one: str, other: str) -> int:
    """How many slips lead from one to the other, counted by the book."""
    row_before, row = [], list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        row_before_that, row_before, row = row_before, row, [at]
        for to, other_letter in enumerate(other, 1):
            steps = [row_before[to] + 1, row[to - 1] + 1, row_before[to - 1] + (letter != other_letter)]
            if at > 1 < to and (letter, one[at - 2]) == (other[to - 2], other_letter):
                steps.append(row_before_that[to - 2] + 1)
            row.append(min(steps))
    return row[-1]


def test_the_error_does_not_repeat_what_was_typed():
    with pytest.raises(CodeError) as error:
        tidy_code("lampe skov hemmeligt")
    assert "hemmeligt" not in str(error.value)
    assert "lampe" not in str(error.value)
