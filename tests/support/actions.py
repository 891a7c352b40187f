"""One young person's side of the actions, on a real store."""

from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.utils import call_potential_coroutine

from actions.ask_booking_time import AskBookingTime
from actions.book import Book
from actions.validate_booking_form import ValidateBookingForm
from bot.casework.bookings import Booking
from bot.casework.conversations import Holder
from bot.store.store import Store
from tests.support.the_tests import THE_TESTS

# A Wednesday morning before the office opens; the demo's agent begins at nine.
WEDNESDAY = "2026-12-02T06:30:00+00:00"
STAFFED = "2026-12-02T10:00:00+00:00"
SUNDAY = "2026-12-06T10:00:00+00:00"


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

    async def run(
        self,
        action: Action,
        intent: str = "chat_affirm",
        text: str = "",
        just_before: str | None = None,
        **entities: Any,
    ) -> list[dict[str, Any]]:
        """Runs the action on this message, keeps the slots it sets, and returns its messages.

        `just_before`: the action that Rasa ran before it, of the same turn.
        """
        dispatcher = CollectingDispatcher()
        latest = self.tracker(intent, entities, text=text)
        latest.latest_action_name = just_before
        happened = await call_potential_coroutine(action.run(dispatcher, latest, {}))
        self.events = list(happened)
        self.slots |= {event["name"]: event["value"] for event in self.events if event["event"] == "slot"}
        self.said += dispatcher.messages
        return dispatcher.messages

    def tracker(self, intent: str, entities: dict[str, Any], **more: Any) -> Tracker:
        message = {
            "intent": {"name": intent},
            "entities": [{"entity": name, "value": value} for name, value in entities.items()],
            "metadata": {"municipality": self.municipality, "danger_level": 0, "now": self.now, "sequence": 1},
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

    async def book_on(self, place: int) -> Booking:
        """Goes on in the form that is open: takes one of the times it offers, and books it."""
        await self.run(AskBookingTime())
        time: str = self.slots["booking_offered"][place]
        await self.run(ValidateBookingForm(), "booking_inform", booking_time=time, booking_way="office")
        message = (await self.run(Book()))[0]
        return self.booking(message["custom"]["booking"])

    async def book(self, place: int = 0, way: str = "office") -> Booking:
        await self.choose(place, way)
        (message,) = await self.run(Book())
        return self.booking(message["custom"]["booking"])

    @property
    def goes_on_with(self) -> list[str]:
        """The actions that the last one asked Rasa to run next."""
        return [event["name"] for event in self.events if event["event"] == "followup"]

    def booking(self, number: str) -> Booking:
        with self.store.read(THE_TESTS) as work:
            found = work.bookings.by_id(number)
        assert found is not None
        return found

    def holder(self) -> Holder:
        with self.store.read(THE_TESTS) as work:
            return work.conversations.get(self.id).holder


def opened(store: Store, name: str) -> Talk:
    with store.write(THE_TESTS) as work:
        work.conversations.open(name, "eksempel", "da", "token")
    return Talk(store, name)


def titles(message: dict[str, Any]) -> list[str]:
    return [button["title"] for button in message["buttons"]]
