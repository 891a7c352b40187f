from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.safety.levels import KINDS, DangerLevel
from bot.safety.message import Found, Message
from bot.safety.patterns import SHIPPED_PATTERNS, PatternError, Patterns, load_patterns

MOST_REASONS = 5

__all__ = ["KINDS", "Assessment", "DangerLevel", "PatternError", "Screen", "shipped_screen"]


@dataclass(frozen=True)
class Assessment:
    """How dangerous a message is, and why.

    `kinds` are some of KINDS, the gravest first; `reasons` are the words of the message that raised it, so they are as
    private as the message. `about_another` says that it seems to be about somebody else, such as a friend.
    """

    level: DangerLevel
    kinds: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    about_another: bool = False


class Screen:
    """Reads a message for danger by patterns alone: the same message always gets the same assessment."""

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns
        # The first reading prepares every pattern; no young person should wait for that.
        self.assess("")

    @classmethod
    def from_folder(cls, path: Path) -> "Screen":
        """The screen of the patterns in `path`. Raises PatternError naming file, line and what is wrong."""
        return cls(load_patterns(path))

    def assess(self, text: str) -> Assessment:
        """What the message tells of. Never raises, whatever the text is; takes time in proportion to its length."""
        message = Message(text, self._patterns)
        found = [danger for danger in message.dangers() if danger.level > DangerLevel.NONE]
        if not found:
            return Assessment(DangerLevel.NONE)
        found.sort(key=lambda danger: (-danger.level, KINDS.index(danger.kind), danger.start))
        return Assessment(
            level=found[0].level,
            kinds=tuple(dict.fromkeys(danger.kind for danger in found)),
            reasons=tuple(dict.fromkeys(message.written(danger) for danger in found))[:MOST_REASONS],
            about_another=message.is_about_another(_last_of_the_gravest(found)),
        )


def _last_of_the_gravest(found: list[Found]) -> Found:
    gravest = [danger for danger in found if (danger.level, danger.kind) == (found[0].level, found[0].kind)]
    return max(gravest, key=lambda danger: danger.end)


@cache
def shipped_screen() -> Screen:
    """The screen of this checkout's patterns, read once per process. Raises PatternError like Screen.from_folder."""
    return Screen.from_folder(SHIPPED_PATTERNS)
