"""Bare questions go on with what was talked about; whoever names something new is not held to it."""

import pytest

from bot.dialogue.asked_on import asks_on, asks_what_about


@pytest.mark.parametrize(
    "text",
    [
        "hvordan gør jeg det?", "Hvor meget er det", "ok, hvad koster det så?", "fortæl mere", "hvor længe varer det",
        "ja men hvordan", "kan jeg også få det?", "hvem kan hjælpe mig med det", "hvor finder jeg det??", "er det dyrt",
        "er der ventetid", "hvordan søger man det egentlig", "mere info tak", "kan du uddybe det", "hvad så",
    ],
)  # fmt: skip
def test_a_question_that_names_nothing_asks_on(text: str) -> None:
    assert asks_on(text)


@pytest.mark.parametrize(
    "text",
    [
        "hvordan får jeg boligstøtte?", "hvad koster et indskud", "hvor lang tid tager en klage", "det", "ja", "hej",
        "hvornår er min tid", "hvem er du", "hvad er det for noget", "hvad betyder det", "er du en robot", "",
        "jeg ved ikke hvordan jeg skal gøre det her mere, alt er sort og jeg kan ikke mere",
    ],
)  # fmt: skip
def test_a_question_that_names_something_stands_alone(text: str) -> None:
    assert not asks_on(text)


@pytest.mark.parametrize("text", ["hvad med hunden?", "og hvis jeg bor hos min mor?", "hvad så med min bror"])
def test_something_beside_it_is_read_together_with_it(text: str) -> None:
    assert asks_what_about(text)


@pytest.mark.parametrize("text", ["jeg har en hund", "hvis jeg dør, hvem får så mine ting at vide om hvad der skete"])
def test_a_sentence_of_its_own_is_not(text: str) -> None:
    assert not asks_what_about(text)
