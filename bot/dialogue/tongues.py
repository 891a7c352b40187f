"""The English core: which English words stand for a Danish response, and both together for other languages."""

from collections.abc import Container
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from bot.language.both import HUMAN_IN_BOTH, HUMAN_PAYLOAD, in_both
from bot.language.tongue import Tongue

LANGUAGE = "language"
CORE = "utter_core_in_english"

_SUFFIX = "_in_english"

Answer = dict[str, Any]


def language_of(tracker: DialogueStateTracker) -> Tongue:
    """The language of the conversation."""
    return Tongue(tracker.get_slot(LANGUAGE) or Tongue.DANISH)


def english_name(response: str, known: Container[str]) -> str:
    """The response that says this one in English: its own, or the core for a topic whose details are in Danish only."""
    own = f"{response}{_SUFFIX}"
    return own if own in known else CORE


def in_their_language(tongue: Tongue, danish: Answer, english: Answer | None) -> Answer:
    """The English answer; for another language both, with a human as the first button.

    What the web process says itself in reviewed words has no text, and stays as it is.
    """
    if not danish.get("text") or english is None:
        return danish
    if tongue is Tongue.ENGLISH:
        return english | {LANGUAGE: tongue.value}
    facts = dict.fromkeys(fact for answer in (english, danish) for fact in answer["metadata"]["facts"])
    return english | {
        "text": in_both(english["text"], danish["text"]),
        "buttons": _human_first(english.get("buttons") or []),
        "metadata": english["metadata"] | {"facts": list(facts)},
        LANGUAGE: tongue.value,
    }


def _human_first(buttons: list[dict[str, str]]) -> list[dict[str, str]]:
    human = {"title": HUMAN_IN_BOTH, "payload": HUMAN_PAYLOAD}
    return [human, *(button for button in buttons if button["payload"] != HUMAN_PAYLOAD)]
