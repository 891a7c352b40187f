"""Which words of a message answer the booking form, and which only sound like it."""

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.booking_answer import BookingAnswer, answer_of
from bot.casework.free_times import Way

SECOND_OF_MONTH = {"day": "2026-12-02"}


def read(text: str, intent: str = "booking_inform", **entities: Any) -> BookingAnswer:
    message = {
        "text": text,
        "intent": {"name": intent},
        "entities": [{"entity": name, "value": value} for name, value in entities.items()],
    }
    return answer_of(Tracker("one", {}, message, [], False, None, {}, None))  # noqa: FBT003 -- not paused


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("den første", 0), ("Den første tak", 0), ("nummer 1", 0), ("1", 0), ("den øverste", 0),
        ("den anden", 1), ("jeg tager den anden", 1), ("nummer to", 1), ("2.", 1),
        ("den tredje er fin", 2), ("nr. 4", 3), ("den sidste", -1), ("ja den sidste du skrev", -1),
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
