"""A talk at a place that the young person names: asked for, kept apart from the chat, and told to the desk alone."""

from dataclasses import replace

import pytest

from actions import context
from actions.ask_booking_confirmed import AskBookingConfirmed
from actions.ask_booking_contact import AskBookingContact
from actions.ask_booking_time import AskBookingTime
from actions.book import Book
from actions.calendar import TownCalendar
from actions.context import municipalities
from actions.move_booking import MoveBooking
from actions.validate_booking_form import ValidateBookingForm
from bot.casework.bookings import Contact
from bot.casework.free_times import Way
from bot.conversation.contacts import keep_contact
from bot.store.store import Store
from tests.support.actions import Talk, titles
from tests.support.the_tests import THE_TESTS

LIBRARY = "biblioteket i Gellerup"


async def asked_where(talk: Talk) -> Talk:
    await talk.choose(way="out")
    talk.slots["requested_slot"] = "booking_contact"
    return talk


async def says(talk: Talk, text: str, intent: str = "nlu_fallback") -> list[str]:
    return [message["response"] for message in await talk.run(ValidateBookingForm(), intent, text)]


def kept(talk: Talk) -> Contact:
    with talk.store.read(THE_TESTS) as work:
        return work.conversations.contact(talk.id)


async def test_where_to_meet_is_asked_by_a_field(talk: Talk) -> None:
    await asked_where(talk)
    assert talk.slots["booking_contact"] is None
    (asked,) = await talk.run(AskBookingContact())
    assert asked["response"] == "utter_booking_place"
    assert [field["name"] for field in asked["custom"]["fields"]] == ["meeting_place", "first_name"]


async def test_the_place_typed_goes_into_the_booking_and_is_not_said_again(talk: Talk) -> None:
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
    with acting.write(THE_TESTS) as work:
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
        ("jeg er blevet smidt ud i dag", "housing_thrown_out"),
        ("jeg har ingen penge til mad", "money_emergency"),
        ("jeg har det rigtig dårligt", "wellbeing_low_mood"),
        ("jeg har brug for en tolk på dari", "booking_practical"),
        ("min mor kommer med", "nlu_fallback"),
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


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("kan vi mødes på biblioteket?", "på biblioteket"),
        ("skal vi sige Café Sol", "Café Sol"),
        ("over for 7-eleven", "over for 7-eleven"),
    ],
)
async def test_a_place_may_be_proposed(talk: Talk, text: str, place: str) -> None:
    await asked_where(talk)
    await says(talk, text, "booking_practical")
    assert kept(talk).meeting_place == place


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
    with acting.write(THE_TESTS) as work:
        work.conversations.keep_contact(work.conversations.get(talk.id), Contact(meeting_place=LIBRARY))
    booking = await talk.book()
    assert booking.contact.meeting_place is None


@pytest.mark.parametrize(
    "text", ["jeg ved det ikke", "det ved jeg ikke", "det vil jeg helst ikke sige", "I don't know"]
)
async def test_who_cannot_say_where_is_offered_the_other_ways(talk: Talk, text: str) -> None:
    await asked_where(talk)
    await says(talk, text)
    (message,) = await talk.run(AskBookingContact())
    assert (message["response"], kept(talk).meeting_place) == ("utter_booking_without_place", None)


async def test_the_place_of_one_talk_is_not_that_of_the_next(talk: Talk) -> None:
    await asked_where(talk)
    await says(talk, LIBRARY)
    await talk.run(Book())
    await asked_where(talk)
    assert talk.slots["booking_contact"] is None


async def test_an_office_talk_never_learns_of_a_place_that_was_dropped(talk: Talk, acting: Store) -> None:
    await asked_where(talk)
    await says(talk, LIBRARY)
    await talk.run(ValidateBookingForm(), "booking_inform", booking_way="office")
    await talk.run(AskBookingTime())
    talk.slots["requested_slot"] = "booking_time"
    await talk.run(
        ValidateBookingForm(), "booking_inform", booking_time=talk.slots["booking_offered"][0], booking_way="office"
    )
    (made,) = await talk.run(Book())
    with acting.write(THE_TESTS) as work:
        keep_contact(work, work.conversations.lock(talk.id), Contact(phone="12345678"))
    assert talk.booking(made["custom"]["booking"]).contact == Contact(phone="12345678")


async def test_a_talk_out_of_a_town_that_meets_nowhere_else_any_more_can_be_moved(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asked_where(talk)
    await says(talk, LIBRARY)
    (made,) = await talk.run(Book())
    town = municipalities()[talk.municipality]
    without = replace(
        town,
        places={way: place for way, place in town.places.items() if way is not Way.OUT},
        rules=replace(
            town.rules, lengths={way: long for way, long in town.rules.lengths.items() if way is not Way.OUT}
        ),
    )
    monkeypatch.setattr(context, "municipalities", lambda: {talk.municipality: without})
    await talk.run(MoveBooking(), "booking_reschedule")
    (offer,) = await talk.run(AskBookingTime())
    assert offer["response"] == "utter_booking_offer_move_way"
    talk.slots["requested_slot"] = "booking_time"
    await talk.run(
        ValidateBookingForm(), "booking_inform", booking_time=talk.slots["booking_offered"][1], booking_way="office"
    )
    (moved,) = await talk.run(Book())
    assert moved["custom"]["booking"] == made["custom"]["booking"]
    assert talk.booking(made["custom"]["booking"]).way is Way.OFFICE


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
