"""Booking codes belong to the young person: whoever reads along at the desk does not see them."""

import re
from collections.abc import Iterable

from bot.casework.conversations import Message

COVER = "[kode]"


def codes_in(messages: Iterable[Message]) -> set[str]:
    """The codes that were told in these messages."""
    return {str(message.data["code"]) for message in messages if message.data.get("code")}


def without_codes(text: str, codes: Iterable[str]) -> str:
    """The text with each code covered, however its three words were typed."""
    for code in codes:
        words = map(re.escape, code.split("-"))
        text = re.sub(r"\b" + r"[\W_]+".join(words) + r"\b", COVER, text, flags=re.IGNORECASE)
    return text
