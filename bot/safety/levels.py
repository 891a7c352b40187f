from enum import IntEnum

KINDS = (
    "suicide",
    "self_harm",
    "violence",
    "sexual_exploitation",
    "substance",
    "threat",
    "no_shelter_tonight",
)


class DangerLevel(IntEnum):
    """How much danger a message tells of, and so what is said to it."""

    NONE = 0
    CHECK_IN = 1
    CLEAR = 2
    ACUTE = 3
