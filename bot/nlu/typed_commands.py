"""What somebody types is words, whatever it begins with: Rasa would take a leading slash for a command."""

import re
from collections.abc import Collection
from typing import Any

FALLBACK = "nlu_fallback"
# They would reset or rewind a conversation.
NEVER_A_COMMAND = frozenset({"restart", "back", "session_start"})

_TYPED_COMMAND = re.compile(r"\s*/[/\s]*(?P<name>\w+)")


def typed_words(text: str) -> str:
    """The text as words: what Rasa would take for a command loses the slashes that make it one."""
    return text.strip().lstrip("/ \t\n")


def is_typed_command(text: str, intents: Collection[str]) -> bool:
    """Whether typed text names an intent as a payload would; nobody means that by typing it."""
    match = _TYPED_COMMAND.match(text)
    return match is not None and (match["name"] in intents or match["name"] in NEVER_A_COMMAND)


def as_not_understood(parsed: dict[str, Any]) -> dict[str, Any]:
    """The same parse, unsure: the bot asks what was meant and acts on nothing."""
    doubt = {"name": FALLBACK, "confidence": 1.0}
    real = [one for one in parsed.get("intent_ranking", ()) if one["name"] != FALLBACK]
    return parsed | {"intent": doubt, "intent_ranking": [doubt, *real], "entities": []}
