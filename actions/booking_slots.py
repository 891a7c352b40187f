"""The slots of the booking form as values, and back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet

from bot.casework.along import Along
from bot.casework.bookings import About
from bot.casework.free_times import Way
from bot.language.time_wish import TimeWish

FORM = "booking_form"
ABOUT = "booking_about"
ROLE = "role"
HELPER = "helper"
TIME = "booking_time"
CONTACT = "booking_contact"
CONFIRMED = "booking_confirmed"
ALONG = "booking_along"
AGENT = "booking_agent"
ASKS_AGENT = "booking_asks_agent"
TO_CANCEL = "booking_to_cancel"
BESIDE = "booking_beside"
# What that slot holds: the question whether one more is wanted is open, or was put before.
ASKED, TOLD = "asked", "told"
MEANT = "booking_meant"
DEFAULT_WAY = Way.OFFICE
# What Rasa does just before, when something else is said in the middle of a booking.
LEFT = "action_deactivate_loop"

Changes = dict[str, Any]

FRESH: MappingProxyType[str, Any] = MappingProxyType(
    {
        ABOUT: None,
        TIME: None,
        CONTACT: None,
        CONFIRMED: None,
        "booking_way": DEFAULT_WAY.value,
        "booking_moved": None,
        AGENT: None,
        ASKS_AGENT: False,
        "time_wish": None,
        "booking_page": 0,
        "booking_offered": [],
        "booking_declined": False,
        BESIDE: None,
    }
)
"""What a booking begins with; nobody may change it, for it is everybody's."""


@dataclass(frozen=True)
class BookingState:
    """How far a booking has come. `asks` is the open question's slot, None when the form has not begun.

    `declined`: a first no to that question; a second one ends the booking. `about` is None until a helper has said it.
    `agent` is the number of who was chosen to talk with; `asks_agent`: it is asked whom, before any time is offered.
    `beside`: ASKED or TOLD once it was told which talk they have already, None before.
    """

    asks: str | None
    way: Way
    time: datetime | None
    wish: TimeWish | None
    page: int
    offered: tuple[datetime, ...]
    moved: str | None
    declined: bool = False
    about: About | None = None
    helper: bool = False
    along: Along = field(default_factory=Along)
    agent: int | None = None
    asks_agent: bool = False
    beside: str | None = None


def state_of(tracker: Tracker) -> BookingState:
    """What the slots say."""
    time, wish = tracker.get_slot(TIME), tracker.get_slot("time_wish")
    return BookingState(
        asks=tracker.get_slot("requested_slot"),
        way=Way(tracker.get_slot("booking_way") or DEFAULT_WAY),
        time=datetime.fromisoformat(time) if time else None,
        wish=TimeWish.from_dict(wish) if wish else None,
        page=int(tracker.get_slot("booking_page") or 0),
        offered=tuple(datetime.fromisoformat(moment) for moment in tracker.get_slot("booking_offered") or ()),
        moved=tracker.get_slot("booking_moved"),
        declined=bool(tracker.get_slot("booking_declined")),
        about=About(about) if (about := tracker.get_slot(ABOUT)) else None,
        helper=tracker.get_slot(ROLE) == HELPER,
        along=Along.from_dict(tracker.get_slot(ALONG) or {}),
        agent=tracker.get_slot(AGENT),
        asks_agent=bool(tracker.get_slot(ASKS_AGENT)),
        beside=tracker.get_slot(BESIDE),
    )


def as_slot(moment: datetime) -> str:
    """A moment as its slot keeps it: ISO 8601 in UTC."""
    return moment.astimezone(UTC).isoformat()


def slot_events(changes: Changes) -> list[dict[str, Any]]:
    """Rasa's events for these values."""
    return [SlotSet(name, value) for name, value in changes.items()]


def form_events(changes: Mapping[str, Any], asks: str) -> list[dict[str, Any]]:
    """Events after which the form goes on with this question."""
    return [ActiveLoop(FORM), *slot_events({**changes, "requested_slot": asks})]
