"""What is drawn by lot, with no hand in it: by digests, the same today and tomorrow."""

import hashlib
from enum import StrEnum

SAMPLE = 0.05
"""The share of messages that are looked at for no reason."""
HELD_OUT = 0.2
"""The share of decided texts by which a model is measured, and from which it never learns."""


class Use(StrEnum):
    """What a decided text is for."""

    TRAIN = "train"
    HELD_OUT = "held_out"


def in_sample(conversation: str, sequence: int) -> bool:
    """Whether this message is looked at in any case. Whatever it says: its place alone decides."""
    return _drawn(f"{conversation}:{sequence}") < SAMPLE


def use_of(text: str) -> Use:
    """What this text is for; the same for one that differs in capitals and spaces only, wherever it is asked."""
    return Use.HELD_OUT if _drawn(words_of(text)) < HELD_OUT else Use.TRAIN


def words_of(text: str) -> str:
    """The text as it is told from others: capitals and spaces make none of its own."""
    return " ".join(text.casefold().split())


def _drawn(words: str) -> float:
    """A number from 0 to 1."""
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:8]) / 2**64
