"""Where somebody lives is heard from their own words where it is certain, and from nothing else."""

import pytest

from bot.dialogue.situations import TITLES
from bot.language.lookups import words_for
from bot.language.situation import UNSAID, WORDS, situation_said, sleeps_with_others


@pytest.mark.parametrize(
    ("text", "situation"),
    [
        ("jeg bor hos en ven", "with_others"),
        ("hej, jeg er 16 og bor mest hos min bedste venindes familie", "with_others"),
        ("jg sover paa en vens sofa", "with_others"),
        ("jeg bor hjemme hos en kammerat lige nu", "with_others"),
        ("Jeg sover i min bil. Hvad koster et indskud?", "outside"),
        ("jeg sover udenfor", "outside"),
        ("lige nu bor jeg på et herberg i Aarhus", "in_shelter"),
        ("jeg er 17 og bor hos min mor, hvordan får jeg en bolig", "at_home"),
        ("jeg bor stadig hjemme", "at_home"),
        ("nej jeg bor hos min mor", "at_home"),
        ("jeg er lige flyttet fra opholdsstedet", "in_care"),
        ("jeg bor i plejefamilie", "in_care"),
        ("jeg er anbragt", "in_care"),
        ("jeg er ved at miste min lejlighed, hvad gør jeg", "losing_home"),
        ("jeg har min egen lejlighed men jeg er ved at miste mit hjem", None),
        ("jeg har fået en lejlighed", "has_home"),
    ],
)
def test_what_is_said_for_certain_is_heard(text: str, situation: str | None) -> None:
    assert situation_said(text) == situation


@pytest.mark.parametrize(
    "text",
    [
        "hvis jeg bor hos min mor, får jeg så mindre", "må jeg bo hos en ven", "kan jeg bo på et herberg",
        "min mor tror jeg bor hos en veninde", "jeg bor ikke hos min far", "jeg boede hos en ven", "bo hos min tante",
        "jeg sover hos min mor i weekenden", "jeg sover hos en ven i nat", "min ven sover i sin bil",
        "min bror er 17 og bor hos en ven", "jeg bor hos min mors veninde", "jeg bor udenfor byen",
        "jeg bor på en gade i Vejle", "jeg bor hos min kæreste", "jeg bor hos min mor. jeg sover i bilen",
        "hos en ven", "hjemme", "vil ikke sige det", "hvad er et herberg", "jeg skal flytte fra min kæreste",
    ],
)  # fmt: skip
def test_what_may_mean_something_else_is_not_guessed_at(text: str) -> None:
    assert situation_said(text) is None


@pytest.mark.parametrize(
    ("text", "situation"),
    [
        ("hos en ven", "with_others"), ("i bilen", "outside"), ("hjemme", "at_home"),
        ("nu på et herberg", "in_shelter"),
        ("på opholdssted", "in_care"), ("vil helst ikke svare", UNSAID), ("det vil jeg ikke sige", UNSAID),
        ("nej", None), ("i en by", None), ("hvorfor spørger du", None),
    ],
)  # fmt: skip
def test_to_the_question_a_place_alone_is_enough(text: str, situation: str | None) -> None:
    assert situation_said(text, asked=True) == situation


@pytest.mark.parametrize("text", ["mandag hos Mikkel, så min kusine", "ny sofa hver uge", "rundt hos folk"])
def test_sleeping_around_is_with_others_where_others_are_named(text: str) -> None:
    assert sleeps_with_others(text)


@pytest.mark.parametrize("text", ["mit hjem er en toyota", "to nætter hos min fætter, så i bilen", "lever i en rygsæk"])
def test_sleeping_around_is_not_with_others_where_it_may_be_outside(text: str) -> None:
    assert not sleeps_with_others(text)


def test_the_words_lead_to_situations_that_exist() -> None:
    words = words_for(WORDS)
    values = {value for part in ("lives", "left", "says") for value in words[part]}
    assert values == set(TITLES)
