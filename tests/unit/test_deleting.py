"""What is heard as asking that what was written be deleted, and what only sounds so."""

import pytest

from bot.language.deleting import asks_to_delete
from bot.training.data import utterances

ASK = "chat_delete_my_data"


@pytest.mark.parametrize(
    "text",
    [
        "Slet det igen",
        "slet det jeg lige skrev",
        "vil du ik slette det der med min far",
        "hov kan du slette det sidste",
        "jeg fortryder, slet alt hvad jeg har skrevet",
        "kan du få det væk igen",
        "kan du faa det vaek",
        "det skal slettes",
        "må jeg få slettet mine beskeder",
        "jeg vil gerne have slettet hele samtalen",
        "hvordan sletter man en besked",
        "Hvordan sletter jeg?",
        "glem det jeg sagde",
        "kan man slette beskeder her",
        "SLET!",
        "slet mig",
        "please delete what I wrote about my dad",
        "can you delete this",
        "how do i delete my messages",
    ],
)
def test_it_is_heard(text: str) -> None:
    assert asks_to_delete(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "jeg har slet ikke sovet",
        "jeg har slet ingen steder at sove",
        "jeg slettede hans nummer",
        "han har slettet mig på snap",
        "jeg sletter det hver gang, jeg har skrevet noget",
        "kan jeg få min gæld slettet",
        "kan du slette min tid på torsdag",
        "can you remove me from the waiting list",
        "de vil fjerne mig fra min mor",
        "kan jeg få mit barn igen, de har fjernet det",
        # Said of a child, or of pain.
        "jeg vil gerne have det fjernet",
        "jeg vil have det væk",
        "jeg vil bare have det hele til at forsvinde",
        "jeg vil bare forsvinde",
        "jeg vil bare væk herfra",
        "jeg sendte papirerne, de er væk nu",
        "I told my mum and she is gone",
    ],
)
def test_what_only_sounds_so_is_not(text: str) -> None:
    assert not asks_to_delete(text)


def test_of_all_that_young_people_write_it_is_heard_in_what_asks_for_it_alone() -> None:
    said = utterances()
    heard = [each for each in said if asks_to_delete(each.text)]
    assert {each.intent for each in heard} == {ASK}
    # Without a model: the plain half of them.
    assert len(heard) * 2 >= sum(each.intent == ASK for each in said) * 0.9
