"""Servers that did not answer a moment ago: asked last, and not left out, for they may be all that there is."""

from collections.abc import Iterable
from time import monotonic


class Avoided:
    """What is remembered of them, for so many seconds each."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until: dict[str, float] = {}

    def note(self, address: str) -> None:
        """That this one did not answer just now."""
        self._until[address] = monotonic() + self._seconds

    def last(self, addresses: Iterable[str]) -> list[str]:
        """The same in their order, those that are avoided behind the others."""
        now = monotonic()
        return sorted(addresses, key=lambda address: self._until.get(address, 0.0) > now)
