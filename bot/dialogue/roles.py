"""Who writes: a young person, or a helper who is worried about one. Remembered for the conversation, and corrected."""

from collections.abc import Callable
from typing import Any

from bot.language.helpers import (
    asks_about_their_talk,
    asks_talk_for_another,
    asks_to_read_along,
    says_myself,
    tells_of_another,
    tells_of_writer,
)
from bot.nlu.typed_commands import FALLBACK

ROLE = "role"
HELPER, YOUNG = "helper", "young"
CONCERN = "helper_concern"
READS = "chat_who_reads_this"
SAYS_NOTHING_MORE = ("chat_", "booking_", FALLBACK, CONCERN)

_SIGNS: dict[str, Callable[[str], bool]] = {
    CONCERN: lambda _text: True,
    READS: asks_to_read_along,
    "booking_request": asks_talk_for_another,
    "booking_status": asks_about_their_talk,
    "booking_reschedule": asks_about_their_talk,
    "booking_cancel": asks_about_their_talk,
}
_TOPICS = ("crisis_", "housing_", "money_", "papers_", "support_", "wellbeing_", "network_")
# Nobody has these needs on somebody else's behalf and says "jeg".
_OWN_NEEDS = frozenset(
    {"housing_thrown_out", "housing_couch_surfing", "housing_am_i_homeless", "crisis_no_shelter_tonight"}
)


def with_role(parsed: dict[str, Any], before: str | None, *, in_form: bool, told: str | None = None) -> dict[str, Any]:
    """The same, with an entity `role` when the message changes who writes; `before` is the role known so far.

    `told` is what the web process knows: it answers danger itself, and Rasa never hears that a helper told of it.
    Words that only put right whom it is about are answered as that, and a wish to read somebody's conversation as one.
    """
    heard = _heard(parsed, before or told, in_form=in_form)
    return heard if before or not told or _names_role(heard) else _named(heard, told)


def _heard(parsed: dict[str, Any], before: str | None, *, in_form: bool) -> dict[str, Any]:
    if _names_role(parsed):
        return parsed
    text = parsed.get("text") or ""
    if before == HELPER and says_myself(text):
        corrected = parsed if in_form or not _says_nothing_more(parsed) else parsed | _meaning(CONCERN)
        return _named(corrected, YOUNG)
    if _says_nothing_more(parsed) and asks_to_read_along(text):
        parsed = parsed | _meaning(READS)
    role = _role(parsed["intent"]["name"] or "", text, before)
    return _named(parsed, role) if role and role != before else parsed


def role_after(parsed: dict[str, Any], before: str | None) -> str | None:
    """The role once this message is heard."""
    said = [entity["value"] for entity in parsed["entities"] if entity["entity"] == ROLE]
    return said[0] if said else before


def _role(intent: str, text: str, before: str | None) -> str | None:
    sign = _SIGNS.get(intent, tells_of_another if intent.startswith(_TOPICS) else None)
    if sign and sign(text):
        return HELPER
    return YOUNG if before == HELPER and intent in _OWN_NEEDS and tells_of_writer(text) else None


def _says_nothing_more(parsed: dict[str, Any]) -> bool:
    intent = parsed["intent"]["name"]
    return intent is None or intent.startswith(SAYS_NOTHING_MORE)


def _names_role(parsed: dict[str, Any]) -> bool:
    return any(entity["entity"] == ROLE for entity in parsed["entities"])


def _meaning(intent: str) -> dict[str, Any]:
    return {"intent": {"name": intent, "confidence": 1.0}}


def _named(parsed: dict[str, Any], role: str) -> dict[str, Any]:
    return parsed | {"entities": [*parsed["entities"], {"entity": ROLE, "value": role}]}
