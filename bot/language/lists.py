"""Words one after the other."""

from collections.abc import Sequence


def listed(words: Sequence[str], joint: str) -> str:
    """All of them, with the joint before the last: "a, b og c"; empty without any."""
    return f" {joint} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
