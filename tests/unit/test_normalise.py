import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.normalise import SENTENCE_END, mend, normalise, words


@pytest.mark.parametrize(
    ("written", "one_spelling"),
    [
        ("Jeg VIL", "jeg vil"),
        ("doe saa naer aarhus", "dø så nær århus"),
        ("dö slår Ärligt", "dø slår ærligt"),
        ("a\u030a e\u0301n", "å en"),
        ("jegggg viiil døøøøø", "jeg vil dø"),
        ("ik ikk ike sku ku osse", "ikke ikke ikke skulle kunne også"),
        ("inat udenfor", "i nat uden for"),
        ("jegvil vildø", "jeg vil vil dø"),
        ("selvm0rd s3lvm*rd", "selvmord selvmrd"),
        ("s e l v m o r d", "selvmord"),
        ("don't", "dont"),
        ("30panodiler", "30 panodiler"),
        ("hej 😀, med-dig", "hej med dig"),
        ("sover\u200b ude\u00ad", "sover ude"),
        ("", ""),
        ("😭😭😭", ""),
        ("<b>hej</b>", "b hej b"),
        ("مرحبا", "مرحبا"),
    ],
)
def test_what_is_written_in_many_ways_gets_one_spelling(written: str, one_spelling: str) -> None:
    assert normalise(written) == one_spelling


@pytest.mark.parametrize("word", ["hunden", "handel", "minde", "vilde", "mine", "ville", "ingen", "skal", "lige"])
def test_an_ordinary_word_stays_as_it_is(word: str) -> None:
    assert normalise(word) == word


def test_jer_is_jeg_only_before_a_verb_that_tells() -> None:
    assert normalise("jer vil hjem") == "jeg vil hjem"
    assert normalise("tak til jer alle") == "tak til jer alle"


def test_a_sentence_ends_at_its_mark_and_not_at_three_dots_or_inside_a_word() -> None:
    assert normalise("Hej. Hvad så? Nej!!") == "hej . hvad så . nej ."
    assert normalise("jeg vil... ikke f.eks. her") == "jeg vil ikke f eks . her"


def test_every_word_knows_how_it_was_written() -> None:
    assert [(word.text, word.written) for word in words("Inat FRYSER jeg.")] == [
        ("i", "Inat"),
        ("nat", ""),
        ("fryser", "FRYSER"),
        ("jeg", "jeg"),
        (SENTENCE_END, ""),
    ]


@given(st.text(max_size=500))
def test_any_text_can_be_read_and_reading_it_again_changes_no_words(text: str) -> None:
    once = normalise(text)
    assert once == once.strip()
    assert all(part for part in once.split(" ")) or once == ""


def test_do_is_to_die_only_after_a_danish_word() -> None:
    assert normalise("jeg vil bare do") == "jeg vil bare dø"
    assert normalise("what should i do") == "what should i do"


def test_mending_changes_words_and_nothing_beside_them() -> None:
    meant = {"jge": "jeg", "paæn": "pæn", "enven": "en ven"}
    assert mend("Jge bor hos ENVEN... 😅 på 3. sal!", lambda word: meant.get(word, word)) == (
        "Jeg bor hos En ven... 😅 på 3. sal!"
    )


def test_what_chat_spells_its_own_way_is_not_mended() -> None:
    assert mend("jg vil ik jegvil", str.upper) == "jg VIL ik jegvil"


@given(st.text(max_size=300))
def test_a_text_without_a_word_to_mend_is_the_same_text(text: str) -> None:
    assert mend(text, lambda word: word) == text
