"""Who says to be too young to say yes to being learnt from."""

from datetime import UTC, date, datetime

import pytest

from bot.casework.conversations import Message, Sender
from bot.conversation.ages import age_data
from bot.conversation.too_young import says_too_young

TODAY = date(2026, 11, 30)


def said(text: str, *, is_helper: bool = False, asks: str | None = None, payload: str | None = None) -> bool:
    at = datetime(2026, 11, 30, 12, tzinfo=UTC)
    data = age_data(text, payload, TODAY, asks)
    message = Message(
        Sender.YOUNG, text, payload, data=data, conversation="a", municipality="b", sequence=1, created_at=at
    )
    return says_too_young(message, TODAY, is_helper=is_helper)


@pytest.mark.parametrize(
    "text",
    [
        "jeg er 14",
        "Jeg er kun 9 år",
        "jeg er 9",
        "jeg er ni år gammel",
        "jeg er under 15",
        "jeg er stadig under femten år",
        "under 15",
        "jeg er ikke fyldt 15 endnu",
        "er ikke fyldt 15 endnu",
        "ikke fyldt 15 endnu",
        "jeg er ikke 15 endnu",
        "jeg er ikke engang 14",
        "I'm under 15",
        "i am not 15 yet",
        "i'm 9 years old",
        "jeg er født i 2011",
        "jeg er født i 2018",
    ],
)
def test_who_says_so(text: str) -> None:
    assert said(text)


@pytest.mark.parametrize(
    "text",
    [
        "jeg er 15",
        "jeg er ikke 15 længere",
        "jeg er under 18",
        "jeg er født i 2010",
        "jeg er under 15 minutter væk",
        "jeg er 9 måneder henne",
        "jeg er 3 år ældre end ham",
        "jeg er 5. i køen",
        "min bror er 9 år",
        "min søster er ikke fyldt 15",
        "hun er under 15",
        "jeg har boet her i 9 år",
        "jeg er en af dem der sover ude",
    ],
)
def test_who_does_not(text: str) -> None:
    assert not said(text)


def test_what_only_makes_it_likely_counts_and_not_for_a_helper() -> None:
    assert said("jeg går i 7. klasse")
    assert not said("jeg går i 7. klasse", is_helper=True)


def test_what_is_pressed_was_written_by_us() -> None:
    assert not said("Jeg er 14 dage forsinket", payload="/money_debt")


def test_a_number_that_a_form_asked_for_is_no_age() -> None:
    assert not said("14", asks="booking_time")
    assert said("14")


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("jeg er 13 og min veninde er hjemløs", True),
        ("jeg fylder snart 14 og min ven sover ude", True),
        ("I'm 13 and my friend sleeps outside", True),
        ("jeg er født i 2013, min ven er smidt ud", True),
        ("jeg er mor til en dreng på 13", False),
        ("pige, 13 år, er smidt ud", False),
        ("hun er 14", False),
        ("under 15", False),
    ],
)
def test_a_helper_says_it_of_themselves(text: str, own: bool) -> None:  # noqa: FBT001
    assert said(text, is_helper=True) is own
