"""What goes along with a talk: what whoever comes would like for it, told to the boligagent. None of it is promised."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

LONGEST_LANGUAGE = 30


class Ask(StrEnum):
    """One thing to ask for. COMPANION tells that somebody comes along; the others ask for something to be arranged."""

    WOMAN = "woman"
    MAN = "man"
    INTERPRETER = "interpreter"
    COMPANION = "companion"
    WHEELCHAIR = "wheelchair"


# Who asks for one of them has changed their mind about the other.
_INSTEAD = {Ask.WOMAN: Ask.MAN, Ask.MAN: Ask.WOMAN}


@dataclass(frozen=True)
class Along:
    """What is asked for. `language` is the interpreter's, in Danish and small letters, empty where it was not said."""

    asks: frozenset[Ask] = field(default_factory=frozenset)
    language: str = ""

    def __bool__(self) -> bool:
        return bool(self.asks)

    def changed_by(self, said: "Along", dropped: Collection[Ask] = ()) -> "Along":
        """What is asked for after something more was said, and something taken back."""
        instead = {_INSTEAD[ask] for ask in said.asks if ask in _INSTEAD}
        asks = (self.asks - instead - set(dropped)) | said.asks
        return Along(asks, (said.language or self.language) if Ask.INTERPRETER in asks else "")

    def as_dict(self) -> dict[str, Any]:
        """For JSON; an empty one where nothing is asked for."""
        return {"asks": sorted(self.asks), "language": self.language} if self.asks else {}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "Along":
        """What `as_dict` made. Raises ValueError for what it never makes."""
        return cls(frozenset(map(Ask, kept.get("asks", ()))), kept.get("language", ""))
