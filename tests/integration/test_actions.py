"""The actions on a real store: each says what is true and leaves the store as it says."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.utils import call_potential_coroutine

from actions import context
from actions.ask_booking_confirmed import AskBookingConfirmed
from actions.ask_booking_contact import AskBookingContact
from actions.ask_booking_time import AskBookingTime
from actions.ask_cancel import AskCancel
from actions.ask_meaning import AskMeaning
from actions.book import Book
from actions.booking_status import BookingStatus
from actions.cancel_booking import CancelBooking
from actions.context import MetadataError
from actions.handoff import Handoff
from actions.move_booking import MoveBooking
from actions.validate_booking_form import ValidateBookingForm
from bot.casework import bookings as rules
from bot.casework.bookings import Booking, Contact
from bot.casework.conversations import Holder
from bot.settings import load_settings
from bot.store.store import Store

# A Wednesday morning before the office opens; the demo's agent begins at nine.
WEDNESDAY = "2026-12-02T06:30:00+00:00"
STAFFED = "2026-12-02T10:00:00+00:00"
SUNDAY = "2026-12-06T10:00:00+00:00"
SECRETS = ("Sofie", "12345678")


@dataclass
class Talk:
    """One young person's side of the dialogue server: slots, the last message, and what was said back."""

    store: Store
    id: str
    now: str = WEDNESDAY
    municipality: str = "eksempel"
    slots: dict[str, Any] = field(default_factory=dict)
    said: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)

    async def run(self, action: Action, intent: str = "chat_affirm", **entities: Any) -> list[dict[str, Any]]:
        """Runs the action on this message, keeps the slots it sets, and returns its messages."""
        dispatcher = CollectingDispatcher()
        happened = await call_potential_coroutine(action.run(dispatcher, self.tracker(intent, entities), {}))
        self.events = list(happened)
        self.slots |= {event["name"]: event["value"] for event in self.events if event["event"] == "slot"}
        self.said += dispatcher.messages
        return dispatcher.messages

    def tracker(self, intent: str, entities: dict[str, Any], **more: Any) -> Tracker:
        message = {
            "intent": {"name": intent},
            "entities": [{"entity": name, "value": value} for name, value in entities.items()],
            "metadata": {"municipality": self.municipality, "danger_level": 0, "now": self.now},
        } | more
        return Tracker(self.id, self.slots, message, [], False, None, {}, None)  # noqa: FBT003 -- not paused

    async def choose(self, place: int = 0, way: str = "office") -> str:
        """Asks for a time of this way and takes one of those shown."""
        self.slots["requested_slot"] = None
        await self.run(ValidateBookingForm(), "booking_request", way=way)
        await self.run(AskBookingTime())
        time: str = self.slots["booking_offered"][place]
        self.slots["requested_slot"] = "booking_time"
        await self.run(ValidateBookingForm(), "booking_inform", booking_time=time, booking_way=way)
        return time

    async def book(self, place: int = 0, way: str = "office") -> Booking:
        await self.choose(place, way)
        (message,) = await self.run(Book())
        return self.booking(message["custom"]["booking"])

    def booking(self, number: str) -> Booking:
        with self.store.read() as work:
            found = work.bookings.by_id(number)
        assert found is not None
        return found

    def holder(self) -> Holder:
        with self.store.read() as work:
            return work.conversations.get(self.id).holder


@pytest.fixture
def acting(store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The actions work on the test's store."""
    monkeypatch.setenv("HJEMAD_DATABASE_URL", database_url)
    monkeypatch.setenv("HJEMAD_SECRET_KEY", "a key for tests")
    load_settings.cache_clear()
    context.store.cache_clear()
    yield store
    context.store().close()
    load_settings.cache_clear()
    context.store.cache_clear()


def opened(store: Store, name: str) -> Talk:
    with store.write() as work:
        work.conversations.open(name, "eksempel", "da", "token")
    return Talk(store, name)


@pytest.fixture
def talk(acting: Store) -> Talk:
    return opened(acting, "one")


@pytest.fixture
def other(acting: Store) -> Talk:
    return opened(acting, "two")


def titles(message: dict[str, Any]) -> list[str]:
    return [button["title"] for button in message["buttons"]]


async def test_the_first_question_offers_the_next_times_more_of_them_and_other_ways(talk: Talk) -> None:
    await talk.run(ValidateBookingForm(), "booking_request")
    (message,) = await talk.run(AskBookingTime())
    assert message["response"] == "utter_booking_offer_office"
    assert titles(message) == [
        "ons. 2. dec. kl. 09.30", "ons. 2. dec. kl. 10.00", "ons. 2. dec. kl. 10.30", "ons. 2. dec. kl. 11.00",
        "Vis flere tider", "På telefon", "På chat",
    ]  # fmt: skip


async def test_a_confirmed_time_is_booked_with_the_contact_of_the_conversation(talk: Talk, acting: Store) -> None:
    with acting.write() as work:
        work.conversations.keep_contact(work.conversations.get("one"), Contact(*SECRETS))
    time = await talk.choose()
    (message,) = await talk.run(Book())
    booking = talk.booking(message["custom"]["booking"])
    assert (booking.starts_at.isoformat(), booking.conversation, booking.way.value) == (time, "one", "office")
    assert booking.contact == Contact(*SECRETS)
    assert message["custom"]["event"] == "made"


async def test_neither_name_number_nor_code_ever_reaches_the_dialogue(talk: Talk, acting: Store) -> None:
    with acting.write() as work:
        work.conversations.keep_contact(work.conversations.get("one"), Contact(*SECRETS))
    booking = await talk.book(way="phone")
    await talk.run(BookingStatus(), "booking_status")
    await talk.run(AskCancel(), "booking_cancel")
    seen = str((talk.slots, talk.said, talk.events))
    assert not any(secret in seen for secret in (*SECRETS, booking.code))


async def test_who_comes_second_is_told_and_offered_the_nearest_times(talk: Talk, other: Talk) -> None:
    time = await talk.choose()
    assert await other.choose() == time
    await talk.run(Book())
    (message,) = await other.run(Book())
    assert message["response"] == "utter_booking_taken"
    assert {"event": "active_loop", "timestamp": None, "name": "booking_form"} in other.events
    assert other.slots["requested_slot"] == "booking_time"
    (offer,) = await other.run(AskBookingTime())
    assert offer["response"] == "utter_booking_offer_nearest"
    assert time not in other.slots["booking_offered"]
    assert other.slots["booking_offered"]


async def test_a_time_that_has_passed_since_is_refused_kindly(talk: Talk) -> None:
    await talk.choose()
    talk.now = SUNDAY
    assert await talk.run(Book()) == []
    (offer,) = await talk.run(AskBookingTime())
    assert offer["response"] == "utter_booking_offer_nearest"


async def test_a_confirmation_handled_twice_books_once(talk: Talk, acting: Store) -> None:
    await talk.choose()
    before = dict(talk.slots)
    (first,) = await talk.run(Book())
    talk.slots = before
    (second,) = await talk.run(Book())
    assert first["custom"] == second["custom"]


async def test_a_number_is_looked_for_in_the_store_and_nowhere_else(talk: Talk, acting: Store) -> None:
    await talk.choose(way="phone")
    talk.slots["requested_slot"] = "booking_contact"
    (question,) = await talk.run(AskBookingContact())
    assert [one["name"] for one in question["custom"]["fields"]] == ["phone", "first_name"]
    (complaint,) = await talk.run(ValidateBookingForm(), "booking_inform", contact_given=True)
    assert complaint["response"] == "utter_booking_phone_missing"
    with acting.write() as work:
        work.conversations.keep_contact(work.conversations.get("one"), Contact(phone="12345678"))
    assert await talk.run(ValidateBookingForm(), "booking_inform", contact_given=True) == []
    assert talk.slots["booking_contact"] is True


async def test_the_last_question_says_time_and_place_in_words(talk: Talk) -> None:
    await talk.choose()
    (message,) = await talk.run(AskBookingConfirmed())
    assert message["when"].startswith("Onsdag den 2. december kl. ")
    assert message["place"] == "Ungehuset, Eksempelgade 1"
    assert titles(message) == ["Ja, book tiden", "En anden tid", "Nej, glem det"]


async def test_moving_keeps_the_three_words_and_frees_the_old_time(talk: Talk, other: Talk) -> None:
    booking = await talk.book()
    await talk.run(MoveBooking(), "booking_reschedule")
    assert talk.slots["booking_moved"] == booking.id
    (question,) = await talk.run(AskBookingTime())
    assert (question["response"], question["when"][:6]) == ("utter_booking_offer_move", "onsdag")
    later = talk.slots["booking_offered"][2]
    await talk.run(ValidateBookingForm(), "booking_inform", booking_time=later)
    (message,) = await talk.run(Book())
    moved = talk.booking(message["custom"]["booking"])
    assert (message["custom"]["event"], moved.code, moved.starts_at.isoformat()) == ("moved", booking.code, later)
    assert await other.choose() == booking.starts_at.isoformat()


async def test_moving_to_another_way_gives_the_old_time_back_and_books_anew(talk: Talk) -> None:
    booking = await talk.book()
    await talk.run(MoveBooking(), "booking_reschedule")
    await talk.run(ValidateBookingForm(), "booking_inform", way="chat")
    await talk.run(AskBookingTime())
    await talk.run(ValidateBookingForm(), "booking_inform", booking_time=talk.slots["booking_offered"][0])
    (message,) = await talk.run(Book())
    assert talk.booking(message["custom"]["booking"]).way.value == "chat"
    assert talk.booking(booking.id).status is rules.BookingStatus.CANCELLED


async def test_who_cannot_have_the_new_time_keeps_the_old_one(talk: Talk, other: Talk) -> None:
    booking = await talk.book()
    await talk.run(MoveBooking(), "booking_reschedule")
    await talk.run(AskBookingTime())
    wanted = talk.slots["booking_offered"][0]
    await talk.run(ValidateBookingForm(), "booking_inform", booking_time=wanted)
    await other.book()
    (message,) = await talk.run(Book())
    assert message["response"] == "utter_booking_taken"
    assert talk.booking(booking.id) == booking


async def test_cancelling_asks_first_and_then_frees_the_time(talk: Talk, other: Talk) -> None:
    booking = await talk.book()
    (question,) = await talk.run(AskCancel(), "booking_cancel")
    assert question["response"] == "utter_booking_ask_cancel"
    assert talk.booking(booking.id).status is rules.BookingStatus.ACTIVE
    (message,) = await talk.run(CancelBooking())
    assert message["custom"] == {"kind": "booking", "booking": booking.id, "event": "cancelled"}
    assert await other.choose() == booking.starts_at.isoformat()


async def test_the_booking_of_another_conversation_is_not_seen(talk: Talk, other: Talk) -> None:
    await talk.book()
    for action, intent in (
        (BookingStatus(), "booking_status"), (AskCancel(), "booking_cancel"), (CancelBooking(), "chat_affirm"),
        (MoveBooking(), "booking_reschedule"),
    ):  # fmt: skip
        (message,) = await other.run(action, intent)
        assert message["response"] == "utter_booking_unknown"
        assert other.events == []


async def test_who_asks_for_their_time_sees_it_with_its_words(talk: Talk) -> None:
    booking = await talk.book()
    (message,) = await talk.run(BookingStatus(), "booking_status")
    assert (message["custom"]["booking"], message["place"]) == (booking.id, booking.place)


async def test_in_staffed_hours_a_human_is_told(talk: Talk) -> None:
    talk.now = STAFFED
    (message,) = await talk.run(Handoff(), "handoff_request")
    assert (message["response"], message["custom"]) == ("utter_handoff_staffed", {"kind": "handoff"})
    assert talk.holder() is Holder.WAITING


async def test_outside_them_it_is_said_when_somebody_is_there_and_a_booking_is_offered(talk: Talk) -> None:
    talk.now = SUNDAY
    (message,) = await talk.run(Handoff(), "handoff_request")
    assert (message["response"], message["when"]) == ("utter_handoff_closed", "mandag den 7. december kl. 09.00")
    assert "Book en snak" in titles(message)
    assert talk.holder() is Holder.WAITING


async def test_who_waits_already_is_told_so(talk: Talk) -> None:
    talk.now = STAFFED
    await talk.run(Handoff(), "handoff_request")
    (message,) = await talk.run(Handoff(), "handoff_request")
    assert message["response"] == "utter_handoff_waiting"


async def test_a_municipality_that_does_not_exist_is_an_error_that_names_it(talk: Talk) -> None:
    talk.municipality = "nowhere"
    with pytest.raises(MetadataError, match="nowhere"):
        await talk.run(Handoff(), "handoff_request")


async def test_a_store_out_of_reach_keeps_the_booking_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJEMAD_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    monkeypatch.setenv("HJEMAD_SECRET_KEY", "a key for tests")
    load_settings.cache_clear()
    context.store.cache_clear()
    slots = {"booking_time": "2026-12-02T10:00:00+00:00", "requested_slot": "booking_confirmed"}
    talk = Talk(context.store(), "one", slots=slots)
    (message,) = await talk.run(Book())
    assert message["response"] == "utter_store_unreachable"
    assert talk.slots == slots | {"booking_confirmed": None}
    (message,) = await talk.run(AskBookingTime())
    assert message["response"] == "utter_store_unreachable"
    context.store.cache_clear()
    load_settings.cache_clear()


def ranked(*intents: str) -> list[dict[str, Any]]:
    return [{"name": intent, "confidence": 0.3} for intent in ("nlu_fallback", *intents)]


def meaning(*intents: str, events: list[dict[str, Any]] | None = None) -> tuple[list[Any], list[dict[str, Any]]]:
    """The messages and events of the question for a message that was not understood."""
    message = {"intent": {"name": "nlu_fallback"}, "intent_ranking": ranked(*intents)}
    dispatcher = CollectingDispatcher()
    tracker = Tracker("one", {}, message, events or [], False, None, {}, None)  # noqa: FBT003 -- not paused
    return dispatcher.messages, AskMeaning().run(dispatcher, tracker, {})


def test_the_two_likeliest_meanings_are_offered_and_a_way_out() -> None:
    messages, _ = meaning("housing_deposit", "housing_benefit", "money_debt")
    assert titles(messages[0]) == ["Om indskud", "Om boligstøtte", "Noget andet", "Tal med et menneske"]


@pytest.mark.parametrize(
    ("crisis", "check_in"),
    [("crisis_suicide", "utter_check_in"), ("crisis_no_shelter_tonight", "utter_check_in_tonight")],
)
def test_what_may_be_a_crisis_is_met_with_a_check_in_and_no_menu(crisis: str, check_in: str) -> None:
    messages, events = meaning(crisis, "housing_benefit")
    assert messages == []
    assert [event["name"] for event in events if event["event"] == "followup"] == [check_in]


def test_after_two_failures_in_a_row_a_human_is_offered() -> None:
    before = [
        {"event": "user"}, {"event": "action", "name": "action_ask_meaning"},
        {"event": "action", "name": "action_listen"}, {"event": "user"},
    ]  # fmt: skip
    messages, events = meaning("housing_deposit", events=before)
    assert messages == []
    assert [event["name"] for event in events] == ["utter_offer_human"]


def test_a_failure_some_turns_ago_does_not_count() -> None:
    before = [
        {"event": "user"}, {"event": "action", "name": "action_ask_meaning"},
        {"event": "action", "name": "action_listen"}, {"event": "user"},
        {"event": "action", "name": "utter_housing_deposit"}, {"event": "user"},
    ]  # fmt: skip
    messages, _ = meaning("housing_deposit", events=before)
    assert [message["response"] for message in messages] == ["utter_ask_meaning"]
