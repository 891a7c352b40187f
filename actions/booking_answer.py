"""What one message says about a booking, whatever else it says."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rasa_sdk import Tracker

from bot.casework.free_times import Way
from bot.language.times import TimeWish

YES = "chat_affirm"
NO = "chat_deny"
INFORM = "booking_inform"
AGAIN = ("booking_request", "booking_reschedule")
# "Kan det være på telefon på torsdag?" is a question by its intent and an answer by what it names.
PRACTICAL = "booking_practical"
# A message of another intent is a question: the times in it are not an answer to ours.
ANSWERS = frozenset({YES, NO, INFORM, *AGAIN, PRACTICAL, "nlu_fallback"})

_PLACES = (
    (re.compile(r"\b(første|foerste|øverste|ene|1\.|nummer (?:en|et|1)|nr\.? ?1)(?!\w)", re.IGNORECASE), 0),
    (re.compile(r"\b(anden|andet|næstøverste|2\.|nummer (?:to|2)|nr\.? ?2)(?!\w)", re.IGNORECASE), 1),
    (re.compile(r"\b(tredje|3\.|nummer (?:tre|3)|nr\.? ?3)(?!\w)", re.IGNORECASE), 2),
    (re.compile(r"\b(fjerde|4\.|nummer (?:fire|4)|nr\.? ?4)(?!\w)", re.IGNORECASE), 3),
    (re.compile(r"\b(sidste|nederste|bagerste)(?!\w)", re.IGNORECASE), -1),
)


@dataclass(frozen=True)
class BookingAnswer:
    """The parts of a message that answer a question of the form; what it does not say is None."""

    intent: str | None
    way: Way | None = None
    time: datetime | None = None
    wish: TimeWish | None = None
    page: int | None = None
    place_in_list: int | None = None
    contact_given: bool = False


def answer_of(tracker: Tracker) -> BookingAnswer:
    """The latest message, read as an answer."""
    message = tracker.latest_message
    intent = message.get("intent", {}).get("name")
    said = {entity["entity"]: entity.get("value") for entity in message.get("entities", ())}
    if intent not in ANSWERS:
        return BookingAnswer(intent)
    return BookingAnswer(
        intent,
        way=_way(said),
        time=_moment(said.get("booking_time")),
        wish=TimeWish.from_dict(said["time_wish"]) if said.get("time_wish") else None,
        page=said.get("booking_page"),
        place_in_list=None if intent == PRACTICAL else _place_in_list(message.get("text") or ""),
        contact_given=bool(said.get("contact_given")),
    )


def _way(said: dict[str, Any]) -> Way | None:
    named = said.get("booking_way") or said.get("way")
    return Way(named) if named in set(Way) else None


def _moment(value: Any) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def _place_in_list(text: str) -> int | None:
    if text.startswith("/"):
        return None
    return next((place for pattern, place in _PLACES if pattern.search(text)), None)
