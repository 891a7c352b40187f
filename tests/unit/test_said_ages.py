"""Which age group a message says for certain: who is 15 never gets an adult's lines by a guess."""

from typing import Any

import pytest

from bot.casework.ages import AgeGroup
from bot.conversation.ages import age_data
from bot.conversation.said_ages import age_group_of_another, may_be_of_minor

MINOR, ADULT = {"under_18": True}, {"adult": True}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("jeg er 16 og bor hos en ven", MINOR),
        ("jeg er under 18", MINOR),
        ("jeg er femten og fryser", MINOR),
        ("er 16 og har ingen steder at sove i nat", MINOR),
        ("jeg er snart 18 og har ikke noget sted", MINOR),
        ("jeg bliver 18 i morgen", MINOR),
        ("I'm only 15 and have no place", MINOR),
        ("i am turning 18 next week", MINOR),
        ("i'm a minor", MINOR),
        ("15", MINOR),
        ("jeg er 19", ADULT),
        ("jeg er 19 og har ikke noget sted at sove i nat", ADULT),
        ("jeg er lige fyldt 18", ADULT),
        ("jeg er over 18", ADULT),
        ("jeg er myndig", ADULT),
        ("i am 22 and sleep in a car", ADULT),
        ("hvad er et indskud", {}),
    ],
)
def test_the_writers_own_age_is_kept_as_a_side_of_eighteen(text: str, said: dict[str, Any]) -> None:
    assert age_data(text, None) == said


@pytest.mark.parametrize(
    "text",
    [
        "min kæreste er 25 og har smidt mig ud",
        "kæresten er 25 år og bor her",
        "jeg er kæreste med en på 25",
        "jeg bor hos en på 25, han har smidt mig ud",
        "min lillebror er 16",
        "hvad sker der når jeg er 18",
        "jeg er 18 lige om lidt",
        "jeg er 22 om 3 dage",
        "jeg er 18 i år",
        "jeg er ca 18",
        "jeg er 19. på ventelisten",
        "de tror jeg er 19",
        "jeg sagde at jeg er 19",
        "er 20 og har ingen steder at sove",
        "19",
        "da jeg var 15 år gammel blev jeg smidt ud",
        "my boyfriend is 25 and threw me out",
        "when i am 18",
        "they think i'm 19",
        "i am 15 minutes away",
    ],
)
def test_what_may_be_anothers_or_is_not_so_today_says_nothing(text: str) -> None:
    assert age_data(text, None) == {}


def test_who_says_two_things_has_said_both() -> None:
    assert age_data("jeg er 15. sorry, I am 19", None) == MINOR | ADULT


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ('/housing_shelter{"age_group": "under_18"}', MINOR),
        ('/housing_shelter{"age_group":"adult"}', ADULT),
        ('/housing_shelter{"age_group":"unsaid"}', {}),
        ("/housing_shelter", {}),
    ],
)
def test_a_button_says_it_too_and_its_title_nothing(payload: str, said: dict[str, Any]) -> None:
    assert age_data("Jeg er under 18", payload) == said


def test_a_number_alone_within_a_form_is_an_hour() -> None:
    assert age_data("16", None, "booking_time") == {}
    assert age_data("jeg er 16", None, "booking_time") == MINOR


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("min ven er 15 og sidder på stationen", AgeGroup.UNDER_18),
        ("min veninde på femten har ikke noget sted", AgeGroup.UNDER_18),
        ("jeg er 19 og min ven på 15 har ikke noget sted", AgeGroup.UNDER_18),
        ("min 15-årige søn har ikke noget sted", AgeGroup.UNDER_18),
        ("min søn fylder 18 i morgen", AgeGroup.UNDER_18),
        ("min søn er under 18", AgeGroup.UNDER_18),
        ("min mor på 45 har smidt min veninde på 16 ud", AgeGroup.UNDER_18),
        ("my 15-year-old brother has no place", AgeGroup.UNDER_18),
        ("he's 15 and alone", AgeGroup.UNDER_18),
        ("min ven er 19 og har ikke noget sted", AgeGroup.ADULT),
        ("jeg er 15 og min ven er 19, han har ikke noget sted", AgeGroup.ADULT),
        ("min datter er over 18", AgeGroup.ADULT),
        ("my friend is 19 and has no place", AgeGroup.ADULT),
    ],
)
def test_of_another_counts_the_one_age_that_is_said(text: str, group: AgeGroup) -> None:
    assert age_group_of_another(text) == group


@pytest.mark.parametrize(
    "text",
    [
        "min ven har ikke noget sted at sove",
        "min lillebror er 17 og min storebror er 20",
        "min kæreste er 19 og har ikke noget sted",
        "min ven på 25 har smidt ham ud",
        "min bror på 25 har smidt mig ud",
        "jeg er 15 og min ven har ikke noget sted",
        "har kendt ham i 18 år",
        "min ven fryser, der er 15 grader",
        "når min ven er 18, hvad så",
        "my stepdad is 30 and kicked her out",
    ],
)
def test_of_another_nothing_is_known_where_it_may_be_a_third_ones(text: str) -> None:
    assert age_group_of_another(text) is None


def test_a_minor_beside_the_writer_is_noticed() -> None:
    for text in (
        "jeg er 26 og lærer. eleven har ikke noget sted",
        "jeg er 19 og min ven på 15 har ikke noget sted",
        "jeg er 19 og sammen med en på 17",
        "i am 30 and my son has no place",
    ):
        assert may_be_of_minor(text), text
    assert not may_be_of_minor("jeg er 19 og sover hos en ven på 20")
    assert not may_be_of_minor("jeg er 17")
