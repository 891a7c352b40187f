"""What a bare "ja" or "nej" means after words that offer another time: of the web process, or of an action."""

from collections.abc import Collection
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from bot.casework.talk_questions import ASKS
from bot.dialogue.memory import meant_by
from bot.dialogue.tracker_document import NO, YES
from bot.dialogue.understanding import SAID_OF_A_BOOKING, parse_payload
from bot.dialogue.understanding import YES as AFFIRM

SIDES = {AFFIRM: YES, "chat_deny": NO}


def heard_as_answer(
    read: dict[str, Any], before: DialogueStateTracker | None, intents: Collection[str]
) -> dict[str, Any] | None:
    """The same as the button would say, with what else was heard in it; None where it answers no such words.

    Words of the web process come to Rasa only beside the message, in its metadata, and were said last. "Nej, fredag"
    wants another time.
    """
    metadata, side = read["metadata"], SIDES.get(read["intent"]["name"], "")
    asked = metadata[ASKS] if ASKS in metadata else meant_by(before)
    if side == NO and any(entity["entity"] in SAID_OF_A_BOOKING for entity in read["entities"]):
        side = YES
    if side not in asked:
        return None
    meant = parse_payload(asked[side], intents)
    return read | meant | {"text": read["text"], "entities": [*read["entities"], *meant["entities"]]}
