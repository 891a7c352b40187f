"""What an answer does to a booking under way: choices, corrections and changes of mind."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from actions.booking_answer import BookingAnswer
from actions.booking_slots import BookingState, as_slot
from actions.booking_steps import step
from bot.casework.bookings import About
from bot.casework.free_times import Way
from bot.language.time_wish import TimeWish
from tests.support.booking_steps import (
    AT_PHONE,
    CONFIRMING,
    DAYS,
    FREE,
    FRIDAY_10,
    NOTHING,
    OFFERED,
    THURSDAY_10,
    WEDNESDAY_9,
    YOUNG,
    Board,
    does,
)


def test_a_request_begins_with_the_office_and_an_open_time() -> None:
    changes = does(NOTHING, "booking_request").changes
    assert (changes["booking_way"], changes["booking_time"]) == ("office", None)


def test_a_request_that_names_way_and_time_is_already_half_done() -> None:
    wish = TimeWish(day=DAYS[1], exact=time(10))
    changes = does(NOTHING, "booking_request", way=Way.CHAT, wish=wish).changes
    assert (changes["booking_way"], changes["booking_time"]) == ("chat", as_slot(THURSDAY_10))


def test_a_new_request_forgets_what_an_old_one_left_behind() -> None:
    stale = replace(NOTHING, time=THURSDAY_10, way=Way.PHONE, moved="old")
    changes = does(stale, "booking_request").changes
    assert (changes["booking_time"], changes["booking_moved"], changes["booking_way"]) == (None, None, "office")


def test_whoever_begins_again_is_not_asked_whose_talk_it_is() -> None:
    assert does(YOUNG, "booking_request").changes["booking_about"] == "young"


def test_a_chosen_time_at_the_office_needs_no_number() -> None:
    changes = does(OFFERED, "booking_inform", time=WEDNESDAY_9).changes
    assert (changes["booking_time"], changes["booking_contact"]) == (as_slot(WEDNESDAY_9), True)


def test_a_chosen_time_by_phone_asks_for_a_number() -> None:
    changes = does(replace(OFFERED, way=Way.PHONE), "booking_inform", time=WEDNESDAY_9).changes
    assert changes["booking_contact"] is None


def test_a_number_given_before_is_not_asked_for_again() -> None:
    board = Board(phone_known=True)
    changes = does(replace(OFFERED, way=Way.PHONE), "booking_inform", board, time=WEDNESDAY_9).changes
    assert changes["booking_contact"] is True


@pytest.mark.parametrize("gone", [FREE[0] - timedelta(days=30), FREE[0] + timedelta(minutes=7)])
def test_a_time_that_is_past_or_was_never_free_is_not_taken_but_its_neighbours_are_offered(gone: datetime) -> None:
    changes = does(OFFERED, "booking_inform", time=gone).changes
    assert changes["booking_time"] is None
    assert changes["time_wish"]["day"]


def test_an_hour_alone_means_one_of_the_times_just_shown() -> None:
    shown = replace(OFFERED, offered=(WEDNESDAY_9, THURSDAY_10))
    changes = does(shown, "booking_inform", wish=TimeWish(exact=time(10))).changes
    assert changes["booking_time"] == as_slot(THURSDAY_10)


def test_an_afternoon_is_a_wish_and_no_choice() -> None:
    wish = TimeWish(day=DAYS[1], earliest=time(9))
    changes = does(OFFERED, "booking_inform", wish=wish).changes
    assert (changes["booking_time"], changes["time_wish"]) == (None, wish.as_dict())


def test_as_soon_as_possible_takes_the_first() -> None:
    assert does(OFFERED, "booking_inform", wish=TimeWish(soonest=True)).changes["booking_time"] == as_slot(FREE[0])


@pytest.mark.parametrize(("place", "moment"), [(0, FREE[0]), (1, FREE[1]), (-1, FREE[3])])
def test_the_second_one_means_the_second_shown(place: int, moment: datetime) -> None:
    assert does(OFFERED, "booking_inform", place_in_list=place).changes["booking_time"] == as_slot(moment)


def test_the_fourth_of_two_is_not_understood() -> None:
    shown = replace(OFFERED, offered=tuple(FREE[:2]))
    assert does(shown, "booking_inform", place_in_list=3).says == ("utter_not_understood_in_booking",)


def test_another_way_offers_times_anew() -> None:
    changes = does(OFFERED, "booking_inform", way=Way.PHONE).changes
    assert (changes["booking_way"], changes["booking_time"]) == ("phone", None)


@pytest.mark.parametrize("state", [CONFIRMING, AT_PHONE])
def test_another_way_once_a_time_is_chosen_offers_the_times_near_it(state: BookingState) -> None:
    changes = does(state, "booking_inform", way=Way.CHAT).changes
    assert (changes["booking_way"], changes["booking_time"], changes["booking_contact"]) == ("chat", None, None)
    # Thursday at ten is the fifth time, the first of the second page.
    assert (changes["time_wish"], changes["booking_page"]) == (None, 1)


def test_another_way_keeps_the_days_wished_for_and_not_the_hour() -> None:
    state = replace(CONFIRMING, wish=TimeWish(day=DAYS[1], exact=time(10)))
    changes = does(state, "booking_inform", way=Way.PHONE).changes
    assert changes["time_wish"] == TimeWish(day=DAYS[1]).as_dict()


def test_another_way_without_the_time_chosen_offers_its_neighbours() -> None:
    board = Board(lacks=FREE[4:])
    changes = does(CONFIRMING, "booking_practical", board, way=Way.PHONE).changes
    assert (changes["booking_way"], changes["booking_time"], changes["booking_page"]) == ("phone", None, 0)


def test_no_friday_at_the_last_question_is_a_correction() -> None:
    changes = does(CONFIRMING, "chat_deny", wish=TimeWish(day=DAYS[2])).changes
    assert (changes["booking_time"], changes["time_wish"]["day"]) == (None, DAYS[2].isoformat())


def test_no_friday_at_ten_is_a_choice() -> None:
    changes = does(CONFIRMING, "chat_deny", wish=TimeWish(day=DAYS[2], exact=time(10))).changes
    assert changes["booking_time"] == as_slot(FRIDAY_10)


def test_another_hour_at_the_last_question_means_the_same_day() -> None:
    changes = does(CONFIRMING, "chat_deny", wish=TimeWish(exact=time(11))).changes
    assert changes["booking_time"] == as_slot(FREE[5])


def test_corrects_twice_in_a_row() -> None:
    first = does(CONFIRMING, "booking_inform", wish=TimeWish(day=DAYS[2], exact=time(10))).changes
    again = replace(CONFIRMING, time=datetime.fromisoformat(first["booking_time"]))
    second = does(again, "booking_inform", wish=TimeWish(day=DAYS[0], exact=time(9))).changes
    assert second["booking_time"] == as_slot(WEDNESDAY_9)


def test_a_plain_no_at_the_last_question_offers_other_times() -> None:
    assert does(CONFIRMING, "chat_deny").changes["booking_time"] is None


def test_a_yes_at_the_last_question_confirms() -> None:
    assert does(CONFIRMING, "chat_affirm").changes == {"booking_confirmed": True}


def test_a_yes_to_several_times_chooses_none() -> None:
    assert "booking_time" not in does(OFFERED, "chat_affirm").changes


def test_a_yes_to_the_one_time_left_takes_it() -> None:
    only = replace(OFFERED, offered=(FRIDAY_10,))
    assert does(only, "chat_affirm").changes["booking_time"] == as_slot(FRIDAY_10)


def test_another_time_forgets_the_hour_and_keeps_the_day() -> None:
    state = replace(CONFIRMING, wish=TimeWish(day=DAYS[1], exact=time(10)))
    changes = does(state, "booking_inform", page=0).changes
    assert (changes["booking_time"], changes["time_wish"]["day"], changes["time_wish"]["exact"]) == (
        None, DAYS[1].isoformat(), None,
    )  # fmt: skip


def test_more_times_are_more_of_what_was_wished_for() -> None:
    wish = TimeWish(day=DAYS[0], last_day=DAYS[1])
    changes = does(replace(OFFERED, wish=wish), "booking_inform", page=1).changes
    assert (changes["booking_page"], changes["time_wish"]) == (1, wish.as_dict())


def test_a_number_that_never_arrived_is_asked_for_again() -> None:
    done = does(AT_PHONE, "booking_inform", contact_given=True)
    assert (done.changes["booking_contact"], done.says) == (None, ("utter_booking_phone_missing",))


def test_a_number_in_the_store_is_enough() -> None:
    done = does(AT_PHONE, "booking_inform", Board(phone_known=True), contact_given=True)
    assert done.changes == {"booking_contact": True}


def test_a_number_with_a_word_about_texting_is_still_a_number() -> None:
    done = does(AT_PHONE, "booking_inform", Board(phone_known=True), contact_given=True, way=Way.CHAT)
    assert done.changes == {"booking_contact": True}


def test_another_number_at_the_last_question_is_taken_and_the_question_put_again() -> None:
    at_the_end = replace(AT_PHONE, asks="booking_confirmed")
    done = does(at_the_end, "booking_inform", Board(phone_known=True), contact_given=True)
    assert done.says == ("utter_booking_phone_changed",)
    assert "booking_confirmed" not in done.changes
    at_the_office = replace(at_the_end, way=Way.OFFICE)
    assert does(at_the_office, "booking_inform", contact_given=True).says == ("utter_not_understood_in_booking",)


def test_whoever_gives_no_number_is_offered_the_ways_without_one() -> None:
    assert does(AT_PHONE, "chat_deny").changes == {"booking_declined": True}


@pytest.mark.parametrize("state", [OFFERED, CONFIRMING, AT_PHONE])
@pytest.mark.parametrize(
    "intent", ["housing_deposit", "crisis_suicide", "chat_stop", "nlu_fallback", "handoff_request"]
)
def test_what_is_no_answer_is_left_to_the_rules(state: BookingState, intent: str) -> None:
    assert step(state, BookingAnswer(intent), Board()) is None


def test_a_first_no_to_the_times_asks_for_a_day() -> None:
    assert does(OFFERED, "chat_deny").changes == {"booking_declined": True}


@pytest.mark.parametrize("state", [OFFERED, AT_PHONE])
def test_a_second_no_is_left_to_the_rule_that_ends_kindly(state: BookingState) -> None:
    assert step(replace(state, declined=True), BookingAnswer("chat_deny"), Board()) is None


def test_no_when_there_were_no_times_is_left_to_that_rule_too() -> None:
    assert step(replace(OFFERED, offered=()), BookingAnswer("chat_deny"), Board()) is None


@pytest.mark.parametrize("said", [{"page": 1}, {"wish": TimeWish(day=DAYS[1])}, {"way": Way.CHAT}, {"time": FREE[0]}])
def test_whatever_is_chosen_after_a_no_takes_it_back(said: dict[str, object]) -> None:
    assert does(replace(OFFERED, declined=True), "booking_inform", **said).changes["booking_declined"] is False


@pytest.mark.parametrize(
    ("before", "said", "after"),
    [
        (TimeWish(day=DAYS[1]), TimeWish(earliest=time(9)), TimeWish(day=DAYS[1], earliest=time(9))),
        (
            TimeWish(day=DAYS[0], last_day=DAYS[2]),
            TimeWish(earliest=time(9), latest=time(11)),
            TimeWish(day=DAYS[0], last_day=DAYS[2], earliest=time(9), latest=time(11)),
        ),
        (TimeWish(earliest=time(9)), TimeWish(day=DAYS[1]), TimeWish(day=DAYS[1], earliest=time(9))),
        (
            TimeWish(day=DAYS[1], earliest=time(9)),
            TimeWish(day=DAYS[2], latest=time(10)),
            TimeWish(day=DAYS[2], latest=time(10)),
        ),
        (
            TimeWish(day=DAYS[1], earliest=time(9)),
            TimeWish(latest=time(11)),
            TimeWish(day=DAYS[1], earliest=time(9), latest=time(11)),
        ),
        (
            TimeWish(day=DAYS[1], earliest=time(13)),
            TimeWish(latest=time(11)),
            TimeWish(day=DAYS[1], latest=time(11)),
        ),
    ],
)
def test_what_a_wish_leaves_out_was_said_before(before: TimeWish, said: TimeWish, after: TimeWish) -> None:
    changes = does(replace(OFFERED, wish=before), "booking_inform", wish=said).changes
    assert changes["time_wish"] == after.as_dict()


def test_an_hour_after_a_day_is_a_choice() -> None:
    state = replace(OFFERED, wish=TimeWish(day=DAYS[1]))
    assert does(state, "booking_inform", wish=TimeWish(exact=time(10))).changes["booking_time"] == as_slot(THURSDAY_10)


def test_an_hour_shown_on_another_day_than_the_one_wished_for_is_a_choice_too() -> None:
    state = replace(OFFERED, wish=TimeWish(day=date(2026, 12, 6)), offered=(FREE[6], FRIDAY_10))
    assert does(state, "booking_inform", wish=TimeWish(exact=time(10))).changes["booking_time"] == as_slot(FRIDAY_10)


def test_as_soon_as_possible_at_the_last_question_gives_the_chosen_day_up() -> None:
    assert does(CONFIRMING, "chat_deny", wish=TimeWish(soonest=True)).changes["booking_time"] == as_slot(FREE[0])


def test_more_times_than_fit_the_wish_are_those_of_other_days() -> None:
    changes = does(replace(OFFERED, wish=TimeWish(day=DAYS[1])), "booking_inform", page=1).changes
    assert (changes["booking_page"], changes["time_wish"]) == (0, None)


HELPING = replace(NOTHING, helper=True)
AT_ABOUT = replace(HELPING, asks="booking_about")


@pytest.mark.parametrize("asked", ["booking_request", "chat_affirm", "booking_inform"])
def test_whose_talk_it_is_is_known_of_a_young_person_and_asked_of_a_helper(asked: str) -> None:
    assert does(NOTHING, asked).changes["booking_about"] == "young"
    assert does(HELPING, asked).changes["booking_about"] is None


@pytest.mark.parametrize(
    ("about", "says"), [("with_helper", "utter_booking_together"), ("worry", "utter_booking_worry")]
)
def test_a_helper_says_whose_talk_it_is_and_hears_what_that_means(about: str, says: str) -> None:
    done = does(AT_ABOUT, "booking_inform", about=About(about))
    assert (done.changes, done.says) == ({"booking_about": about}, (says,))


def test_a_helpers_day_is_kept_while_they_are_asked_whose_talk_it_is() -> None:
    changes = does(HELPING, "booking_request", wish=TimeWish(day=DAYS[1], earliest=time(9))).changes
    assert (changes["booking_about"], changes["time_wish"]["day"]) == (None, DAYS[1].isoformat())
    assert "time_wish" not in does(AT_ABOUT, "booking_inform", about=About.WORRY).changes


def test_a_booking_begun_before_helpers_could_book_is_a_young_persons() -> None:
    begun_before = replace(OFFERED, about=None)
    assert does(begun_before, "booking_inform", time=WEDNESDAY_9).changes["booking_about"] == "young"


def test_who_asks_to_move_it_once_more_is_shown_all_times_again() -> None:
    wished = TimeWish(day=date(2026, 12, 24))
    asked = replace(OFFERED, wish=wished)
    assert does(asked, "booking_reschedule").changes["time_wish"] is None
    assert "time_wish" not in does(asked, "booking_request").changes


def test_beside_a_talk_that_stands_a_yes_says_nothing_of_the_only_time() -> None:
    only = replace(OFFERED, offered=(WEDNESDAY_9,))
    assert does(only, "chat_affirm").changes["booking_time"] == as_slot(WEDNESDAY_9)
    assert "booking_time" not in does(replace(only, beside="asked"), "chat_affirm").changes
    assert does(replace(only, beside="told"), "chat_affirm").changes["booking_time"] == as_slot(WEDNESDAY_9)


def test_whoever_moves_a_talk_to_another_way_finds_the_times_near_its_own() -> None:
    moving = replace(OFFERED, moved="one")
    assert does(moving, "booking_inform", Board(moves=FRIDAY_10), way=Way.CHAT).changes["booking_page"] == 1
    assert does(OFFERED, "booking_inform", way=Way.CHAT).changes["booking_page"] == 0
    wish = replace(moving, wish=TimeWish(day=DAYS[0]))
    assert does(wish, "booking_inform", Board(moves=FRIDAY_10), way=Way.CHAT).changes["booking_page"] == 0
