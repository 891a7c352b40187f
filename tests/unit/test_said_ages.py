"""Which age group a message says for certain: who is 15 never gets an adult's lines by a guess."""

from datetime import date
from typing import Any

import pytest

from bot.casework.ages import AgeGroup
from bot.conversation.ages import age_data
from bot.conversation.said_ages import age_group_of_another, may_be_of_minor, own_years

MINOR, ADULT, SEEMS = {"under_18": True}, {"adult": True}, {"seems_under_18": True}
TODAY = date(2026, 11, 28)


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
    assert age_data(text, None, TODAY) == said


@pytest.mark.parametrize(
    "text",
    [
        "jeg er 15år",
        "15årig",
        "er 15år og hjemløs",
        "Jeg er 16aar",
        "jeg er 15½",
        "jge er 15",
        "jegh er kun 15",
        "jeger 15",
        "jeg er sejsten",
        "jeg 15 år og sover ude",
        "dreng 16 år",
        "pige på 15",
        "hej, pige 15 år. mine forældre har smidt mig ud",
        "min mor slår mig, og hun er fuld. pige 15",
        "jeg bor hos en ven, dreng på 16",
        "er en pige på 15",
        "15-årig pige",
        "16-årig uden hjem",
        "jeg, en 15-årig pige, er smidt ud",
        "vi er to piger på 15",
        "min alder er 15",
        "im sixteen",
        "iam fifteen",
        "i'm seventeen years old",
        "I am 15yo",
        "15 year old girl here",
        "jeg er født i 2010",
        "jeg blev født den 3/4 2011",
        "født d. 12. maj 2010",
        "jeg er født i 10",
        "jeg er årgang 2010",
        "i was born in 2009",
    ],
)
def test_below_eighteen_it_is_heard_in_haste_by_a_noun_and_by_the_year_of_birth(text: str) -> None:
    assert age_data(text, None, TODAY) == MINOR


@pytest.mark.parametrize("text", ["jeg er 19år", "jge er 19", "im nineteen"])
def test_an_adults_age_in_haste_is_as_plain_as_one_that_is_spelled_evenly(text: str) -> None:
    assert age_data(text, None, TODAY) == ADULT


@pytest.mark.parametrize(
    "text",
    [
        "jeg går i 8. klasse",
        "jeg går i 8klasse",
        "jeg gaar i 10 klasse",
        "går i ottende klasse",
        "jeg går i 9. b",
        "jeg skal starte i 9. klasse",
        "jeg går i folkeskole",
        "jeg går stadig i folkeskolen, min lærer siger jeg skal skrive til en voksen",
        "jeg går på efterskole",
        "I'm in 8th grade",
        "jeg er født i 2008",
    ],
)
def test_a_class_of_school_is_no_age_but_seems_one_below_eighteen(text: str) -> None:
    assert age_data(text, None, TODAY) == SEEMS


def test_a_year_of_birth_is_reckoned_with_the_day() -> None:
    said = [age_data("jeg er født i 2010", None, date(year, 6, 1)) for year in (2019, 2026, 2027, 2028, 2029)]
    assert said == [{}, MINOR, MINOR, SEEMS, {}]


def test_who_says_an_age_is_of_that_age_whatever_class_they_are_in() -> None:
    assert age_data("jeg er 22 og går i 10. klasse", None, TODAY) == ADULT
    assert age_data("jeg er 15 og går i 9. klasse", None, TODAY) == MINOR


@pytest.mark.parametrize(
    "text",
    [
        "min bror er 15år",
        "min 15-årige søster",
        "min bror er født i 2010",
        "hun er født i 2010",
        "min datter, født i 2010",
        "min søster går i 8. klasse",
        "min søn mangler et sted. dreng 16 år",
        "en dreng på 16 har slået mig",
        "dreng på 16 slår mig",
        "pige på 15, hun er smidt ud",
        "en 15-årig pige i min klasse er væk",
        "jeg er mor til en dreng på 15",
        "da jeg var 15-årig",
        "jeg gik i folkeskole",
        "efter folkeskolen flyttede jeg",
        "jeg mangler folkeskolens afgangseksamen",
        "jeg går ikke i folkeskole",
        "jeg er lærer i 8. klasse",
        "jeg er på en efterskole som lærer",
        "jeg går på vuc og er i 10. klasse",
        "jeg går i 3.g",
        "jeg går i 2.b",
        "jeg er i 9. måned",
        "jeg er på 8. etage",
        "kom i 2015, født og opvokset i Aleppo",
        "jeg er fra 2000 Frederiksberg",
        "jeg er født i 1995",
        "jeg er født i 2004",
        "im fifteen minutes away",
        "jeg har ventet i 15år",
        "dreng 22 år",
        "20årig",
        "15 kr",
    ],
)
def test_what_is_anothers_or_past_or_no_age_at_all_does_not_seem_one(text: str) -> None:
    assert age_data(text, None, TODAY) == {}


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
    assert age_data(text, None, TODAY) == {}


def test_who_says_two_things_has_said_both() -> None:
    assert age_data("jeg er 15. sorry, I am 19", None, TODAY) == MINOR | ADULT


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
    assert age_data("Jeg er under 18", payload, TODAY) == said


def test_a_number_alone_within_a_form_is_an_hour() -> None:
    assert age_data("16", None, TODAY, "booking_time") == {}
    assert age_data("jeg er 16", None, TODAY, "booking_time") == MINOR


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("min ven er 15 og sidder på stationen", AgeGroup.UNDER_18),
        ("min ven er 15år og sidder på stationen", AgeGroup.UNDER_18),
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


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("jeg er 14 og bor hos en ven", {14}),
        ("jeg er snart 15", {14}),
        ("er 13 og fryser", {13}),
        ("I'm only 14", {14}),
        ("jeg var 12, da jeg flyttede", set()),
        ("min bror er 12", set()),
        ("jeg er under 18", {17}),
        ("jeg er 19", {19}),
        ("hvad er et indskud", set()),
    ],
)
def test_how_old_the_writer_says_to_be(text: str, years: set[int]) -> None:
    assert own_years(text, TODAY) == years
