"""Whom to talk with, said or pressed in the chat: told back, used for the times, held and booked, taken back."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from actions import context
from actions.ask_booking_confirmed import AskBookingConfirmed
from actions.ask_booking_time import AskBookingTime
from actions.book import Book
from actions.booking_status import BookingStatus
from actions.move_booking import MoveBooking
from actions.validate_booking_form import ValidateBookingForm
from bot.casework.free_times import Agent
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.actions import Talk, opened, titles
from tests.support.agents import add_agents, has_no_hours, leaves
from tests.support.the_tests import THE_TESTS

CHOSEN, ANYBODY = "utter_booking_agent_chosen", "utter_booking_agent_any"
CHOOSE = "Vælg, hvem du taler med"


@pytest.fixture
def three(acting: Store) -> list[Agent]:
    """In the order in which they are offered; the first has the most to do, so that nobody gets her by chance."""
    return add_agents(acting, "Mette Holm", "Bo Lund")


@pytest.fixture
def choosing(monkeypatch: pytest.MonkeyPatch, municipality: Municipality) -> Iterator[Mapping[str, Municipality]]:
    """The town lets young people choose."""
    towns = {"eksempel": replace(municipality, choose_agent=True)}
    monkeypatch.setattr(context, "municipalities", lambda: towns)
    return towns


@pytest.fixture
def talk(acting: Store, three: list[Agent], choosing: Mapping[str, Municipality]) -> Talk:
    one = opened(acting, "one")
    one.slots["requested_slot"] = "booking_time"
    return one


async def says(talk: Talk, text: str, intent: str = "nlu_fallback", **named: object) -> list[tuple[str, str]]:
    """What the form answers to these words, each with the name it tells."""
    messages = await talk.run(ValidateBookingForm(), intent, text, **named)
    return [(message["response"], message.get("agent", "")) for message in messages]


async def at_confirming(talk: Talk) -> str:
    time = await talk.choose()
    talk.slots["requested_slot"] = "booking_confirmed"
    return time


def held_by(talk: Talk) -> int | None:
    with talk.store.read(THE_TESTS) as work:
        held = work.bookings.held_by(talk.id)
    return held.agent if held else None


async def test_a_name_that_is_said_is_told_back_and_booked(talk: Talk, three: list[Agent]) -> None:
    mette = three[1].id
    assert await says(talk, "kan det være hos Mette?") == [(CHOSEN, "Mette")]
    booking = await talk.book_on(0)
    assert (booking.agent, booking.chosen) == (mette, mette)


async def test_a_button_leads_to_the_question_and_each_of_its_buttons_is_an_answer(
    talk: Talk, three: list[Agent]
) -> None:
    (offered,) = await talk.run(AskBookingTime())
    assert CHOOSE in titles(offered)
    await says(talk, "/booking_inform", "booking_inform", booking_agent="ask")
    (asked,) = await talk.run(AskBookingTime())
    assert asked["response"] == "utter_booking_whom"
    assert titles(asked) == ["Det er lige meget", "Boligagenten", "Mette", "Bo", "Nej, glem det"]
    assert await says(talk, "/booking_inform", "booking_inform", booking_agent=three[2].id) == [(CHOSEN, "Bo")]
    await talk.run(AskBookingTime())
    assert talk.slots["booking_agent"] == three[2].id
    assert await says(talk, "/booking_inform", "booking_inform", booking_agent="any") == [(ANYBODY, "")]
    assert talk.slots["booking_agent"] is None


async def test_the_question_is_put_in_english_too(talk: Talk) -> None:
    talk.slots |= {"language": "en", "booking_asks_agent": True}
    (asked,) = await talk.run(AskBookingTime())
    assert titles(asked)[:2] == ["It does not matter", "Boligagenten"]


async def test_the_first_message_may_name_her_and_the_times_are_hers(talk: Talk, three: list[Agent]) -> None:
    await at_confirming(opened(talk.store, "two"))
    has_no_hours(talk.store, three[0])
    talk.slots["requested_slot"] = None
    assert await says(talk, "jeg vil gerne have en tid hos mette", "booking_request") == [(CHOSEN, "Mette")]
    assert talk.slots["booking_agent"] == three[1].id


async def test_a_time_that_she_has_too_is_held_with_her_and_confirmed_by_name(talk: Talk, three: list[Agent]) -> None:
    time = await at_confirming(talk)
    assert await says(talk, "hellere hos bo") == [(CHOSEN, "Bo")]
    assert (talk.slots["booking_time"], held_by(talk)) == (time, three[2].id)
    (asked,) = await talk.run(AskBookingConfirmed())
    assert asked["also"] == "\nDu taler med Bo."
    (made,) = await talk.run(Book())
    assert made["whom"] == "\nDu taler med Bo."
    assert talk.booking(made["custom"]["booking"]).agent == three[2].id
    (shown,) = await talk.run(BookingStatus(), "booking_status")
    assert shown["also"] == "\nDu taler med Bo."


async def test_a_time_that_she_has_not_makes_way_for_hers(talk: Talk, three: list[Agent]) -> None:
    time = await at_confirming(talk)
    other = opened(talk.store, "two")
    other.slots |= {"requested_slot": "booking_time", "booking_agent": three[1].id}
    await says(other, "/booking_inform", "booking_inform", booking_time=time, booking_way="office")
    assert held_by(other) == three[1].id
    assert await says(talk, "ja men kan det være hos Mette", "chat_affirm") == [(CHOSEN, "Mette")]
    assert (talk.slots["booking_time"], talk.slots["booking_confirmed"]) == (None, None)
    (offered,) = await talk.run(AskBookingTime())
    assert offered["response"] == "utter_booking_offer_nearest"
    assert time not in talk.slots["booking_offered"]


@pytest.mark.parametrize("words", ["det er lige meget hvem", "hvem som helst"])
async def test_a_choice_is_taken_back_in_words_and_the_time_stays(talk: Talk, words: str) -> None:
    await says(talk, "hos Mette")
    time = await at_confirming_with(talk)
    assert await says(talk, words, "chat_deny") == [(ANYBODY, "")]
    assert (talk.slots["booking_agent"], talk.slots["booking_time"]) == (None, time)


async def at_confirming_with(talk: Talk) -> str:
    """Takes the first time of the one who was chosen."""
    await talk.run(AskBookingTime())
    time: str = talk.slots["booking_offered"][0]
    await says(talk, "/booking_inform", "booking_inform", booking_time=time, booking_way="office")
    talk.slots["requested_slot"] = "booking_confirmed"
    return time


async def test_the_other_one_is_clear_where_there_are_two_and_else_asked(talk: Talk, three: list[Agent]) -> None:
    await says(talk, "hos Mette")
    assert await says(talk, "hellere den anden") == []
    assert talk.slots["booking_asks_agent"], "of three there are two others"
    leaves(talk.store, three[0])
    assert await says(talk, "hellere den anden") == [(CHOSEN, "Bo")]


@pytest.mark.parametrize("text", ["kan det være hos [navn]?", "kan jeg tale med Zorro"])
async def test_a_name_of_nobody_is_asked_about_and_nothing_is_chosen(talk: Talk, text: str) -> None:
    time = await at_confirming(talk)
    assert await says(talk, text, "chat_affirm") == [("utter_booking_agent_unknown", "")]
    assert (talk.slots["booking_agent"], talk.slots["booking_confirmed"]) == (None, None)
    (asked,) = await talk.run(AskBookingTime())
    assert asked["response"] == "utter_booking_whom"
    assert held_by(talk), "the time waits meanwhile"
    talk.slots["requested_slot"] = "booking_time"
    assert await says(talk, "ja", "chat_affirm") == [("utter_not_understood_in_booking", "")], "whom, is the question"
    assert await says(talk, "lige meget") == [(ANYBODY, "")]
    await talk.run(AskBookingTime())
    assert talk.slots["booking_offered"] == [time]


async def test_a_no_to_the_question_leaves_all_as_it_was(talk: Talk) -> None:
    await says(talk, "hos Mette")
    await says(talk, "/booking_inform", "booking_inform", booking_agent="ask")
    await says(talk, "nej", "chat_deny")
    (offered,) = await talk.run(AskBookingTime())
    assert (offered["response"], bool(talk.slots["booking_agent"])) == ("utter_booking_offer_office", True)


async def test_the_same_as_last_time_is_known_from_this_conversation_alone(talk: Talk, three: list[Agent]) -> None:
    assert await says(talk, "samme som sidst") == [("utter_booking_agent_not_known_before", "")]
    await says(talk, "hos Bo")
    booking = await talk.book_on(0)
    talk.slots["requested_slot"] = None
    assert await says(talk, "en tid igen, samme som sidst", "booking_request") == [(CHOSEN, "Bo")]
    other = opened(talk.store, "two")
    other.slots["requested_slot"] = "booking_time"
    assert await says(other, "samme som sidst") == [("utter_booking_agent_not_known_before", "")]
    assert talk.slots["booking_agent"] == booking.agent


async def test_who_has_no_time_is_said_and_the_others_offered(talk: Talk, three: list[Agent]) -> None:
    has_no_hours(talk.store, three[1])
    await says(talk, "hos Mette")
    told, offered = await talk.run(AskBookingTime())
    assert (told["response"], told["agent"]) == ("utter_booking_agent_no_times", "Mette")
    assert (len(talk.slots["booking_offered"]), talk.slots["booking_agent"]) == (4, None)
    assert offered["response"] == "utter_booking_offer_office"


async def test_who_left_before_it_was_booked_is_said_and_nothing_is_lost(talk: Talk, three: list[Agent]) -> None:
    await says(talk, "hos Mette")
    time = await at_confirming_with(talk)
    leaves(talk.store, three[1])
    (gone,) = await talk.run(Book())
    assert gone["response"] == "utter_booking_gone"
    told, _ = await talk.run(AskBookingTime())
    assert told["response"] == "utter_booking_agent_gone"
    assert time in talk.slots["booking_offered"], "the others have it"


async def test_a_move_keeps_her_names_another_and_takes_her_back(talk: Talk, three: list[Agent]) -> None:
    _, mette, bo = (agent.id for agent in three)
    await says(talk, "hos Mette")
    booking = await talk.book_on(0)
    await talk.run(MoveBooking(), "booking_reschedule", "jeg vil flytte min tid")
    assert talk.slots["booking_agent"] == mette
    assert [one["response"] for one in await talk.run(MoveBooking(), "booking_reschedule", "flyt den til Bo")] == [
        CHOSEN
    ]
    time = booking.starts_at.isoformat()
    await says(talk, "/booking_inform", "booking_inform", booking_time=time, booking_way="office")
    (moved,) = await talk.run(Book())
    assert (moved["response"], moved["whom"]) == ("utter_booking_moved", "\nDu taler med Bo.")
    with talk.store.read(THE_TESTS) as work:
        assert [(one.agent, one.chosen, one.starts_at) for one in work.bookings.of(talk.id)] == [
            (bo, bo, booking.starts_at)
        ]


async def test_a_name_asked_for_after_the_booking_moves_it_and_one_without_any_begins_one(
    talk: Talk, three: list[Agent]
) -> None:
    """As Rasa hears "kan det være hos Mette?" outside the form."""
    told = await talk.run(MoveBooking(), "booking_reschedule", "jeg vil tale med Mette")
    assert [(one["response"], one["agent"]) for one in told] == [(CHOSEN, "Mette")]
    assert (talk.slots["booking_agent"], talk.slots["booking_moved"]) == (three[1].id, None)
    booking = await talk.book_on(0)
    await talk.run(MoveBooking(), "booking_reschedule", "kan det være hos Bo?")
    assert (talk.slots["booking_agent"], talk.slots["booking_moved"]) == (three[2].id, booking.id)


@pytest.mark.parametrize(
    "text", ["kan det være hos [navn]?", "flyt min tid til en anden medarbejder", "flyt min tid, lige meget hvem"]
)
async def test_no_name_of_an_agent_begins_a_booking(talk: Talk, text: str) -> None:
    (told,) = await talk.run(MoveBooking(), "booking_reschedule", text)
    assert told["response"] == "utter_booking_unknown"
    assert talk.slots.get("booking_agent") is None


async def test_the_same_time_with_another_is_no_second_talk(talk: Talk, three: list[Agent]) -> None:
    booking = await talk.book_on(0)
    other = next(agent for agent in three if agent.id != booking.agent)
    talk.slots |= {"booking_time": booking.starts_at.isoformat(), "booking_agent": other.id, "booking_way": "office"}
    await talk.run(Book())
    with talk.store.read(THE_TESTS) as work:
        assert [one.agent for one in work.bookings.of(talk.id)] == [other.id]


async def test_what_matters_more_is_not_read_for_a_name(talk: Talk) -> None:
    assert await says(talk, "hos Mette", "crisis_violence") == []
    assert not talk.slots.get("booking_agent")


async def test_a_town_that_lets_nobody_choose_hears_no_names_and_offers_no_choice(
    acting: Store, three: list[Agent]
) -> None:
    talk = opened(acting, "one")
    talk.slots["requested_slot"] = "booking_time"
    await says(talk, "kan det være hos Mette?")
    assert not talk.slots.get("booking_agent")
    (offered,) = await talk.run(AskBookingTime())
    assert CHOOSE not in titles(offered)


async def test_whom_the_desk_chose_is_kept_without_a_name(acting: Store, three: list[Agent]) -> None:
    talk = opened(acting, "one")
    booking = await talk.book()
    with acting.write(THE_TESTS) as work:
        work.bookings.change(replace(booking, agent=three[1].id, chosen=three[1].id))
    await talk.run(MoveBooking(), "booking_reschedule", "flyt")
    assert talk.slots["booking_agent"] == three[1].id
    (shown,) = await talk.run(BookingStatus(), "booking_status")
    assert shown["also"] == ""
    has_no_hours(acting, three[1])
    (offered,) = await talk.run(AskBookingTime())
    assert (offered["response"], talk.slots["booking_agent"]) == ("utter_booking_offer_move", None)
