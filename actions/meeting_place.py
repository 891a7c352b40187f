"""Where to meet, when it is not the office: read from the answer to that question."""

import re
from typing import Any

from rasa_sdk import Tracker

from actions.booking_slots import CONTACT
from bot.casework.free_times import Way

LONGEST_PLACE = 100
HIDDEN = "["
"""Begins what stands in the place of an address or a number that was hidden: the field keeps it, the chat does not."""

_NO_PLACE = re.compile(
    r"crisis_\w+|handoff_request|chat_(?!out_of_scope|small_talk)\w+|booking_(?!inform|practical)\w+"
)
_ASKS = re.compile(
    r"\?|^\W*(?:hvad|hvem|hvor|hvordan|hvorfor|hvornår|hvornaar|kan|må|maa|skal|ved ikke|what|where|why|how|can)\b",
    re.IGNORECASE,
)
_OF_THE_TALK = ("time_wish", "booking_time", "booking_page", "booking_way", "contact_given")


def meeting_place_said(tracker: Tracker, intent: str, text: str, said: dict[str, Any]) -> str | None:
    """The words that answer where to meet; None for a question, for what means something else, and for too many."""
    asked = tracker.get_slot("requested_slot") == CONTACT and tracker.get_slot("booking_way") == Way.OUT
    if not asked or _NO_PLACE.fullmatch(intent) or _ASKS.search(text) or any(said.get(name) for name in _OF_THE_TALK):
        return None
    place = text.strip()
    return place if 0 < len(place) <= LONGEST_PLACE and not place.startswith("/") else None
