"""Which words of a message answer the booking form, and which only sound like it."""

from datetime import time
from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.booking_answer import BookingAnswer, answer_of
from bot.casework.free_times import Way
from bot.language.time_wish import TimeWish

SECOND_OF_MONTH = {"day": "2026-12-02"}


ASKED = {"requested_slot": "booking_time", "booking_offered": ["a", "b", "c"], "booking_page": 1}
CONFIRMING = ASKED | {"requested_slot": "booking_confirmed"}


def read(
    text: str, intent: str = "booking_inform", slots: dict[str, Any] | None = None, **entities: Any
) -> BookingAnswer:
    message = {
        "text": text,
        "intent": {"name": intent},
        "entities": [{"entity": name, "value": value} for name, value in entities.items()],
    }
    return answer_of(Tracker("one", slots or {}, message, [], False, None, {}, None))  # noqa: FBT003 -- not paused


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("den første", 0), ("Den første tak", 0), ("nummer 1", 0), ("1", 0), ("den øverste", 0),
        ("den anden", 1), ("jeg tager den anden", 1), ("nummer to", 1), ("2.", 1),
        ("den tredje er fin", 2), ("nr. 4", 3), ("den sidste", -1), ("ja den sidste du skrev", -1),
        ("fedt. den tredje så", 2), ("okay! jeg tager den første tid", 0), ("i'll take the last one", -1),
    ],
)  # fmt: skip
def test_a_place_in_the_list_that_is_all_the_message_says(text: str, place: int) -> None:
    assert read(text).place_in_list == place


@pytest.mark.parametrize(
    "text", ["den anden december", "hos den ene og den anden", "om to uger", "kl 2", "den sidste torsdag i måneden", ""]
)
def test_the_same_words_in_a_longer_message_are_no_place(text: str) -> None:
    assert read(text).place_in_list is None


def test_the_second_one_is_not_the_second_of_the_month() -> None:
    answer = read("den anden", time_wish=SECOND_OF_MONTH)
    assert (answer.place_in_list, answer.wish) == (1, None)


def test_a_date_stays_a_date() -> None:
    assert read("d. 2. december", time_wish=SECOND_OF_MONTH).wish is not None


@pytest.mark.parametrize(
    "text", ["jeg vil helst ikke give mit nummer", "har ik nogen tlf", "gider ikke sige mit nummer"]
)
def test_who_would_rather_give_no_number_says_no_to_the_question_for_it(text: str) -> None:
    asked = {"requested_slot": "booking_contact"}
    assert read(text, "handoff_request", asked).intent == "chat_deny"
    assert read(text, "handoff_request", CONFIRMING).intent == "handoff_request"


def test_a_time_in_a_question_is_no_answer() -> None:
    assert read("kan jeg få boligstøtte på torsdag", "housing_benefit", time_wish=SECOND_OF_MONTH).wish is None


def test_a_correction_is_heard_whatever_the_message_is_taken_for() -> None:
    assert read("kan det være på chat i stedet", "chat_who_reads_this", way="chat").way is Way.CHAT


@pytest.mark.parametrize("intent", ["crisis_suicide", "handoff_request", "chat_stop", "booking_cancel"])
def test_a_correction_never_drowns_what_matters_more(intent: str) -> None:
    assert read("hellere dø end at komme på torsdag", intent, time_wish=SECOND_OF_MONTH) == BookingAnswer(intent)


@pytest.mark.parametrize("way", ["brev", "", None, 7])
def test_a_way_that_does_not_exist_is_none(way: object) -> None:
    assert read("per brev", booking_way=way).way is None


@pytest.mark.parametrize("intent", ["chat_goodbye", "chat_thank", "nlu_fallback", "booking_inform"])
@pytest.mark.parametrize(("text", "place"), [("1", 0), ("2", 1), ("2.", 1), (" 3 ", 2)])
def test_a_small_number_is_one_of_the_times_shown(text: str, place: int, intent: str) -> None:
    answer = read(text, intent, ASKED)
    assert (answer.intent, answer.place_in_list, answer.wish) == ("booking_inform", place, None)


@pytest.mark.parametrize("intent", ["chat_goodbye", "chat_thank", "nlu_fallback", "booking_inform"])
@pytest.mark.parametrize("slots", [ASKED, CONFIRMING])
@pytest.mark.parametrize("hour", [8, 10, 14, 17])
def test_a_greater_number_is_an_hour_of_the_office(hour: int, slots: dict[str, Any], intent: str) -> None:
    assert read(str(hour), intent, slots).wish == TimeWish(exact=time(hour))


@pytest.mark.parametrize("text", ["4", "0", "7", "18", "99"])
def test_another_number_says_nothing_and_is_no_small_talk(text: str) -> None:
    assert read(text, "chat_goodbye", ASKED) == BookingAnswer("booking_inform")


def test_a_number_where_none_is_asked_for_is_left_alone() -> None:
    assert read("10", "chat_goodbye", {"requested_slot": "booking_contact"}) == BookingAnswer("chat_goodbye")


@pytest.mark.parametrize(
    "text",
    ["vis flere", "Flere tider", "andre tider", "har du andre tider?", "nej vis mig flere", "næste", "de næste tider"],
)
def test_more_times_may_be_typed(text: str) -> None:
    assert read(text, "chat_small_talk", ASKED).page == 2
    assert read(text, "chat_small_talk", CONFIRMING).page == 0


@pytest.mark.parametrize(
    "text",
    [
        "nej", "Nej, det passer ikke", "nej det passer mig ikke", "ingen af dem", "ingen af dem passer mig",
        "det er lige meget", "ligemeget", "de dur ikke", "nej tak",
    ],
)  # fmt: skip
def test_a_no_to_the_times_is_heard_whatever_it_is_taken_for(text: str) -> None:
    assert read(text, "chat_stop", ASKED) == BookingAnswer("chat_deny")


@pytest.mark.parametrize("text", ["det passer mig", "de passer fint", "nej glem det", "ja", "jeg gider ikke mere"])
def test_other_words_are_no_such_no(text: str) -> None:
    assert read(text, "chat_stop", ASKED) == BookingAnswer("chat_stop")


@pytest.mark.parametrize("text", ["den anden", "nr 2", "nummer to"])
def test_a_place_in_the_list_is_heard_whatever_it_is_taken_for(text: str) -> None:
    assert read(text, "chat_goodbye", ASKED).place_in_list == 1


@pytest.mark.parametrize(
    ("text", "intent", "heard"),
    [
        ("10-12!", "chat_goodbye", True),
        ("ja 10-12 passer fint", "chat_stop", True),
        ("10-12", "crisis_suicide", False),
        ("kan jeg få boligstøtte 10-12", "housing_benefit", False),
    ],
)
def test_a_time_alone_answers_the_question_for_one_whatever_it_is_taken_for(
    text: str, intent: str, *, heard: bool
) -> None:
    start, value = text.index("10-12"), {"earliest": "10:00", "latest": "12:00"}
    said = {"entity": "time_wish", "start": start, "end": start + 5, "value": value}
    message = {"text": text, "intent": {"name": intent}, "entities": [said]}
    asked = Tracker("one", ASKED, message, [], False, None, {}, None)  # noqa: FBT003 -- not paused
    assert (answer_of(asked).wish == TimeWish(earliest=time(10), latest=time(12))) is heard


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("kan det være på telefon i stedet for at møde op", Way.PHONE),
        ("kan vi tage det over telefonen", Way.PHONE),
        ("må jeg hellere ringe", Way.PHONE),
        ("skal jeg ringe på når jeg kommer", None),
        ("skal jeg ringe først", None),
    ],
)
def test_a_question_chooses_a_way_only_where_it_says_so(text: str, way: Way | None) -> None:
    assert read(text, "booking_practical", CONFIRMING, way="phone").way is way
