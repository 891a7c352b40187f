"""Several needs in one message: the most urgent first, the others named, and nothing made of how it came about."""

import pytest

from bot.dialogue.needs import Reading, may_hold_several, needs_of
from bot.language.clauses import FEWEST_WORDS, MOST_CLAUSES, clauses


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "hvordan får jeg boligstøtte og hvad koster et indskud?",
            ("hvordan får jeg boligstøtte", "hvad koster et indskud?"),
        ),
        (
            "jeg skylder 14.000 i husleje, min mor har smidt mig ud",
            ("jeg skylder 14.000 i husleje", "min mor har smidt mig ud"),
        ),
        ("Hej. Jeg mangler et sted at bo. Tak", ("Hej. Jeg mangler et sted at bo.", "Tak")),
        ("min mor og min far drikker", ("min mor og min far drikker",)),
        ("jeg vil gerne flytte, når jeg er fyldt 18", ("jeg vil gerne flytte, når jeg er fyldt 18",)),
        ("", ()),
        ("...!!!", ()),
    ],
)
def test_a_message_is_divided_where_its_parts_can_stand_alone(text: str, parts: tuple[str, ...]) -> None:
    assert clauses(text) == parts


@pytest.mark.parametrize("text", ["og " * 500, "jeg skal ud og " * 60, "a, b; c. d? " * 90, "hvad nu? " * 99])
def test_any_text_has_few_parts(text: str) -> None:
    assert len(clauses(text)) <= MOST_CLAUSES


def test_no_part_but_the_last_is_too_short_to_mean_anything() -> None:
    assert all(len(part.split()) >= FEWEST_WORDS for part in clauses("Hej. Ja. Ok så. Jeg skal ud på fredag. Øv")[:-1])


def sure(text: str, intent: str, confidence: float = 0.95) -> Reading:
    return Reading(text, intent, confidence, sure=True, likely=(intent,))


def unsure(*likely: str) -> Reading:
    return Reading("", likely[0], 0.4, sure=False, likely=likely)


DEBT = sure("jeg har en masse gæld", "money_debt")
OUT = sure("min mor har smidt mig ud", "housing_thrown_out")
DEPOSIT = sure("hvad koster et indskud?", "housing_deposit")
GRANT = sure("kan jeg få su", "money_student_grant")


@pytest.mark.parametrize("told", [(DEBT, OUT), (OUT, DEBT)])
@pytest.mark.parametrize("whole", [OUT, DEBT, unsure("housing_thrown_out", "money_debt")])
def test_the_most_urgent_comes_first_whatever_was_written_first(whole: Reading, told: tuple[Reading, ...]) -> None:
    assert needs_of(whole, told) == ("housing_thrown_out", "money_debt")


def test_a_question_is_a_need_and_a_circumstance_is_none() -> None:
    moved = sure("jeg er lige flyttet på kollegium", "housing_youth_home")
    assert needs_of(DEPOSIT, [DEPOSIT, moved]) == ()
    assert needs_of(DEPOSIT, [DEPOSIT, GRANT]) == ("housing_deposit", "money_student_grant")


def test_what_is_read_without_certainty_is_no_need() -> None:
    assert needs_of(DEPOSIT, [DEPOSIT, sure("og gælden?", "money_debt", confidence=0.6)]) == ()
    assert needs_of(DEPOSIT, [DEPOSIT, unsure("money_debt")]) == ()


def test_the_message_as_a_whole_keeps_its_meaning_against_a_part_that_can_wait() -> None:
    assert needs_of(sure("", "housing_waiting_list"), [DEPOSIT, DEBT]) == (
        "housing_waiting_list",
        "housing_deposit",
        "money_debt",
    )


def test_a_wish_for_a_time_is_met_first_unless_something_cannot_wait() -> None:
    booking = sure("jeg vil gerne booke en tid", "booking_request")
    assert needs_of(booking, [booking, DEPOSIT]) == ("booking_request", "housing_deposit")
    assert needs_of(booking, [booking, OUT]) == ("housing_thrown_out", "booking_request")


def test_one_clear_part_says_what_an_unclear_message_may_have_meant() -> None:
    assert needs_of(unsure("housing_deposit", "chat_greet"), [DEPOSIT]) == ("housing_deposit",)
    assert needs_of(unsure("chat_out_of_scope", "chat_greet"), [DEPOSIT]) == ()


def test_at_most_two_are_named_beside_the_first() -> None:
    many = [DEPOSIT, GRANT, DEBT, OUT, sure("hvordan klager jeg?", "support_complaint")]
    assert len(needs_of(OUT, many)) == 3


@pytest.mark.parametrize("intent", ["crisis_violence", "chat_small_talk", "helper_concern", "booking_cancel"])
def test_a_crisis_chat_and_worry_for_another_are_never_taken_apart(intent: str) -> None:
    assert not may_hold_several(sure("", intent))
