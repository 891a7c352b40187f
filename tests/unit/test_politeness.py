"""A polite question with a "not" in it asks for what it names; a no stays a no."""

from datetime import UTC, date, datetime

import pytest

from bot.casework.along import Ask
from bot.language.along import said_along
from bot.language.folding import fold_in_place
from bot.language.politeness import without_politeness
from bot.language.times import find_time_wish

TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    "text",
    [
        "kan jeg ikke komme torsdag i stedet",
        "kan I ikke torsdag?",
        "hej, må jeg ikke komme på torsdag",
        "nej kan vi ikke sige torsdag",
        "Kan min mor ikke ringe på torsdag?",
        "could we not do thursday?",
    ],
)
def test_a_day_asked_for_politely_is_wished_for(text: str) -> None:
    wish = find_time_wish(text, TUESDAY)
    assert wish is not None
    assert (wish.day, wish.not_days) == (THURSDAY, ())


@pytest.mark.parametrize(
    "text", ["torsdag kan jeg ikke", "så kan jeg ikke torsdag", "jeg kan ikke torsdag", "kan ikke torsdag"]
)
def test_a_day_that_is_refused_stays_refused(text: str) -> None:
    wish = find_time_wish(text, TUESDAY)
    assert wish is not None
    assert (wish.day, wish.not_days) == (None, (THURSDAY,))


def test_what_is_wished_for_instead_of_a_day_is_no_politeness() -> None:
    wish = find_time_wish("kan jeg ikke torsdag, så fredag", TUESDAY)
    assert wish is not None
    assert wish.day == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("kan jeg ikke tale med en kvinde?", Ask.WOMAN),
        ("må jeg ikke tale med en kvinde", Ask.WOMAN),
        ("kan jeg ikke snakke med en mand", Ask.MAN),
        ("jeg vil ikke snakke med en mand", Ask.WOMAN),
        ("må min mor ikke komme med", Ask.COMPANION),
    ],
)
def test_what_goes_along_is_asked_for_politely_too(text: str, asks: Ask) -> None:
    assert said_along(text).along.asks == {asks}


@pytest.mark.parametrize(
    "text", ["min far må ikke komme med", "min kæreste må ikke komme med til mødet", "min mor skal ikke sidde med"]
)
def test_who_must_not_come_is_no_company(text: str) -> None:
    said = said_along(text)
    assert (said.along.asks, said.dropped) == (frozenset(), {Ask.COMPANION})


@pytest.mark.parametrize("text", ["Kan I ikke ringe?", "må jeg ik komme", "could you not call me", "kan jeg ikke?"])
def test_every_word_keeps_its_place(text: str) -> None:
    assert len(without_politeness(fold_in_place(text))) == len(text)
