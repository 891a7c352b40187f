import pytest

from bot.language.readability import count_words, lix, split_sentences


def sentences(text: str) -> int:
    return sum(count_words(part) > 0 for part in split_sentences(text))


def test_the_index_is_sentence_length_plus_the_share_of_long_words() -> None:
    # 8 words, 2 sentences, 2 words of more than six letters: 8/2 + 100*2/8.
    assert lix("Kommunen kan støtte unge. Kontakt dem nu, Ida.") == pytest.approx(4 + 25)


def test_a_word_of_six_letters_is_short_and_one_of_seven_is_long() -> None:
    assert lix("Møbler.") == pytest.approx(1)
    assert lix("Kommune.") == pytest.approx(101)


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "👍 !", "..."])
def test_a_text_without_words_has_index_zero(text: str) -> None:
    assert lix(text) == 0
    assert count_words(text) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Du er ikke alene. Ring nu!", 2),
        ("Er du okay? Sig til", 2),
        ("Husk: ring først", 2),
        ("En linje\nEn til", 2),
        ("Hvad?! Nej...", 2),
        ("Han sagde (til mig.) Så gik han.", 2),
        ("Vi ses kl. 14.30 på torsdag.", 1),
        ("Vi ses kl. 14:30 på torsdag.", 1),
        ("Tag noget med, f.eks. dit pas.", 1),
        ("Det er bl.a. mad, tøj m.m. og et bad.", 1),
        ("Kom d. 3. maj.", 1),
        ("Kom d. 3. og få en snak.", 1),
        ("Din tid er tors. 26. nov. kl. 14.30.", 1),
        ("Det koster ca. 15.500 kr. om året.", 1),
        ("Ring til Livslinien på 70 201 201. Ring 112, hvis det haster.", 2),
        ("Det stoppede 1. juli 2025. Nu er det nyt.", 2),
        ("Se ventilen.dk eller https://politi.dk nu.", 1),
        ("Hjælpen er min. Du er ikke alene.", 2),
        ("Det er gratis osv.", 1),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, expected: int) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("70 201 201", 3),
        ("ventilen.dk", 1),
        ("15.500 kroner", 2),
        ("LGBT+ Danmark", 2),
        ("18–24 år", 2),
        ("f.eks. nu", 2),
    ],
)
def test_words_are_counted_as_they_are_read(text: str, words: int) -> None:
    assert count_words(text) == words


def test_figures_are_never_long_words() -> None:
    assert lix("Ring 33173333.") == pytest.approx(2)


@pytest.mark.parametrize(
    ("text", "index"),
    [
        # Texts with an index somebody else had computed.
        ("Har du tanker om selvmord, kan du ringe til Livslinien på 70 201 201.", 28),
        ("Er du fyldt 10 år, kan du selv klage over kommunens svar om hjælp til dig.", 22),
        ("ACT er for dem med størst behov. Et hold med flere fag kommer ud til dig.", 8),
        ("Målet er, at du får den første samtale inden for 14 dage.", 20),
    ],
)
def test_known_texts_get_their_known_index(text: str, index: int) -> None:
    assert lix(text) == pytest.approx(index, abs=1)
