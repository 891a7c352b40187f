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

# "Hellere på telefon" corrects, whatever the rest of the message is taken for. Nothing that matters more is overheard.
_CORRECTS = re.compile(r"\b(?:hellere|i ?stedet)\b", re.IGNORECASE)
MATTERS_MORE = re.compile(r"crisis_\w+|handoff_request|chat_stop|booking_cancel")

_PLACES = {
    "første|foerste|øverste|ene|en|et|1": 0,
    "anden|andet|næste|to|2": 1,
    "tredje|tre|3": 2,
    "fjerde|fire|4": 3,
    "sidste|nederste|bagerste": -1,
}
_BEFORE = r"(?:(?:ja|jo|ok|okay|så|bare|jeg|vi|tager|tar|vælger|siger|vil|gerne|have|ha|helst|tag|så)[ ,]+)*"
_AFTER = r"(?:[ ,]+(?:tid|tak|af dem|der|du skrev|er fin|er god|passer|passer mig|lyder godt))*[ .!]*"


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
    intent, text = message.get("intent", {}).get("name"), message.get("text") or ""
    said = {entity["entity"]: entity.get("value") for entity in message.get("entities", ())}
    if not _is_answer(intent, text):
        return BookingAnswer(intent)
    place = _place_in_list(text)
    return BookingAnswer(
        intent,
        way=_way(said),
        time=_moment(said.get("booking_time")),
        # "Den anden" alone is the second of those shown, not the second of the month.
        wish=TimeWish.from_dict(said["time_wish"]) if said.get("time_wish") and place is None else None,
        page=said.get("booking_page"),
        place_in_list=place,
        contact_given=bool(said.get("contact_given")),
    )


def _way(said: dict[str, Any]) -> Way | None:
    named = said.get("booking_way") or said.get("way")
    return Way(named) if named in set(Way) else None


def _moment(value: Any) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def _is_answer(intent: str | None, text: str) -> bool:
    if intent in ANSWERS:
        return True
    return bool(_CORRECTS.search(text)) and not MATTERS_MORE.fullmatch(intent or "")


def _place_in_list(text: str) -> int | None:
    """The place in a list when the message says nothing else."""
    return next((place for pattern, place in _PLACE_PATTERNS if pattern.fullmatch(text.strip())), None)


_PLACE_PATTERNS = [
    (re.compile(rf"{_BEFORE}(?:(?:den|det|nummer|nr\.?) )?(?:{words})\.?{_AFTER}", re.IGNORECASE), place)
    for words, place in _PLACES.items()
]
