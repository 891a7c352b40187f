"""A talk at a place that the young person names: asked for, kept apart from the chat, and told to the desk alone."""

import pytest

from actions.ask_booking_confirmed import AskBookingConfirmed
from actions.ask_booking_contact import AskBookingContact
from actions.ask_booking_time import AskBookingTime
from actions.book import Book
from actions.calendar import TownCalendar
from actions.context import municipalities
from actions.validate_booking_form import ValidateBookingForm
from bot.casework.bookings import Contact
from bot.casework.free_times import Way
from bot.store.store import Store
from tests.support.actions import Talk, titles

LIBRARY = "biblioteket i Gellerup"


async def asked_where(talk: Talk) -> Talk:
    await talk.choose(way="out")
    talk.slots["requested_slot"] = "booking_contact"
    return talk


async def says(talk: Talk, text: str, intent: str = "nlu_fallback") -> list[str]:
    return [message["response"] for message in await talk.run(ValidateBookingForm(), intent, text)]


def kept(talk: Talk) -> Contact:
    with talk.store.read() as work:
        return work.conversations.contact(talk.id)


async def test_where_to_meet_is_asked_by_a_field(talk: Talk) -> None:
    await asked_where(talk)
    assert talk.slots["booking_contact"] is None
    (asked,) = await talk.run(AskBookingContact())
    assert asked["response"] == "utter_booking_place"
    assert [field["name"] for field in asked["custom"]["fields"]] == ["meeting_place", "first_name"]


async def test_the_place_typed_goes_into_the_booking_and_not_into_the_chat(talk: Talk) -> None:
    await asked_where(talk)
    assert await says(talk, LIBRARY) == []
    assert talk.slots["booking_contact"] is True
    (confirm,) = await talk.run(AskBookingConfirmed())
    assert LIBRARY not in str(confirm)
    assert LIBRARY not in str(talk.slots)
    (made,) = await talk.run(Book())
    booking = talk.booking(made["custom"]["booking"])
    assert (booking.way.value, booking.contact.meeting_place) == ("out", LIBRARY)
    assert booking.ends_at - booking.starts_at == municipalities()[talk.municipality].rules.lengths[Way.OUT]


async def test_the_field_will_do_as_well(talk: Talk, acting: Store) -> None:
    await asked_where(talk)
    await talk.run(ValidateBookingForm(), "booking_inform", contact_given=True)
    assert talk.slots["booking_contact"] is None
    assert talk.said[-1]["response"] == "utter_booking_place_missing"
    with acting.write() as work:
        work.conversations.keep_contact(work.conversations.get(talk.id), Contact(meeting_place=LIBRARY))
    await talk.run(ValidateBookingForm(), "booking_inform", contact_given=True)
    assert talk.slots["booking_contact"] is True


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("hvor plejer man at mødes?", "booking_practical"),
        ("er der nogen der læser det her", "chat_who_reads_this"),
        ("x" * 101, "nlu_fallback"),
        ("jeg vil tale med et menneske", "handoff_request"),
    ],
)
async def test_a_question_is_no_place(talk: Talk, text: str, intent: str) -> None:
    await asked_where(talk)
    await says(talk, text, intent)
    assert (talk.slots["booking_contact"], kept(talk).meeting_place) == (None, None)


async def test_an_address_that_was_hidden_is_asked_for_by_the_field(talk: Talk) -> None:
    await asked_where(talk)
    assert await says(talk, "hjemme hos mig, [adresse]") == ["utter_booking_place_missing"]
    assert kept(talk).meeting_place is None


async def test_who_names_none_is_offered_the_other_ways_and_a_talk_by_phone_learns_of_no_place(
    talk: Talk, acting: Store
) -> None:
    await asked_where(talk)
    await talk.run(ValidateBookingForm(), "chat_deny", "nej")
    (message,) = await talk.run(AskBookingContact())
    assert (message["response"], titles(message)) == (
        "utter_booking_without_place",
        ["Mødes i stedet", "På telefon", "På chat"],
    )
    with acting.write() as work:
        work.conversations.keep_contact(work.conversations.get(talk.id), Contact(meeting_place=LIBRARY))
    booking = await talk.book()
    assert booking.contact.meeting_place is None


async def test_a_town_that_meets_nowhere_else_does_not_offer_it_and_says_so(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TownCalendar, "ways", lambda _self: {Way.OFFICE, Way.PHONE})
    await talk.run(ValidateBookingForm(), "booking_request")
    (message,) = await talk.run(AskBookingTime())
    assert "Et andet sted" not in titles(message)
    talk.slots["requested_slot"] = "booking_time"
    (told,) = await talk.run(ValidateBookingForm(), "booking_inform", way="out")
    assert (told["response"], talk.slots["booking_way"]) == ("utter_booking_way_not_here", "office")
