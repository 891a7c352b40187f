"""Where to meet, when it is not the office: read from the answer to that question."""

import re
from typing import Any

from rasa_sdk import Tracker

from actions.booking_slots import CONTACT
from bot.casework.free_times import Way

LONGEST_PLACE = 100
HIDDEN = "["
"""Begins what stands in the place of an address or a number that was hidden: the field keeps it, the chat does not."""

# What a place is taken for; whoever says that they were thrown out, or have no money, names none.
_NAMES_A_PLACE = frozenset(
    {"booking_inform", "booking_practical", "nlu_fallback", "chat_out_of_scope", "chat_small_talk"}
)
_UNWILLING = re.compile(
    r"\b(?:ved (?:det |jeg )?(?:ikke|ik)|ikke? sige|lige ?meget|ligegyldigt|don'?t know|rather not|no idea)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\?|^\W*(?:hvad|hvem|hvor|hvordan|hvorfor|hvornår|hvornaar|kan|må|maa|skal|what|where|why|how|can)\b",
    re.IGNORECASE,
)
# "Kan vi mødes på biblioteket?" is an answer, and what follows is the place.
_PROPOSES = re.compile(
    r"^\W*(?:(?:ja|ok|okay|så|men) )?(?:kan|må|maa|skal|could|can) (?:vi|jeg|du|i|we)"
    r"(?: (?:ikke|godt|gerne|bare|så|we|not|just))* (?:mødes|moedes|ses|sige|tage|møde|meet|say)\b[ :]*",
    re.IGNORECASE,
)
_FEW_WORDS = 6
_OF_THE_TALK = ("time_wish", "booking_time", "booking_page", "booking_way", "contact_given")


def names_none(text: str) -> bool:
    """Whether the answer to that question is that they do not know, or would rather not say."""
    return bool(_UNWILLING.search(text))


def meeting_place_said(tracker: Tracker, intent: str, text: str, said: dict[str, Any]) -> str | None:
    """The words that answer where to meet; None for a question, for what means something else, and for too many."""
    asked = tracker.get_slot("requested_slot") == CONTACT and tracker.get_slot("booking_way") == Way.OUT
    if not asked or intent not in _NAMES_A_PLACE:
        return None
    if names_none(text) and len(text.split()) <= _FEW_WORDS:
        return text.strip()
    place = _PROPOSES.sub("", text).strip(" ?") if _PROPOSES.match(text) else text.strip()
    if _ASKS.search(place) or any(said.get(name) for name in _OF_THE_TALK):
        return None
    return place if 0 < len(place) <= LONGEST_PLACE and not place.startswith("/") else None
