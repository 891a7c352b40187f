from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.safety.classifier import CLASSIFIER, DangerClassifier, Judgement
from bot.safety.features import Numbers
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


# After these a goodbye is none of the ordinary ones.
_BEFORE_A_FAREWELL = frozenset({"suicide", "self_harm"})


class Screen:
    """Reads a message for danger: by patterns, by what it means, by what was said before. Each of them only raises.

    The same arguments always get the same assessment.
    """

    def __init__(self, patterns: Patterns, classifier: DangerClassifier | None = None) -> None:
        self._patterns = patterns
        self._classifier = classifier
        # The first reading prepares every pattern; no young person should wait for that.
        self.assess("")

    @classmethod
    def from_folder(cls, path: Path, classifier: DangerClassifier | None = None) -> "Screen":
        """The screen of the patterns in `path`. Raises PatternError naming file, line and what is wrong."""
        return cls(load_patterns(path), classifier)

    def assess(self, text: str, vector: Numbers | None = None, before: Collection[str] = ()) -> Assessment:
        """What the message tells of; `vector` is what the encoder makes of it, shape (DIMENSIONS,), if it could.

        `before` are the kinds of danger that the conversation told of until now. Never raises, whatever the text is;
        takes time in proportion to its length.
        """
        message = Message(text, self._patterns)
        found = [danger for danger in self._found(message, vector, before) if danger.level > DangerLevel.NONE]
        if not found:
            return Assessment(DangerLevel.NONE)
        found.sort(key=lambda danger: (-danger.level, KINDS.index(danger.kind), danger.start))
        reasons = filter(None, map(message.written, found))
        return Assessment(
            level=found[0].level,
            kinds=tuple(dict.fromkeys(danger.kind for danger in found)),
            reasons=tuple(dict.fromkeys(reasons))[:MOST_REASONS],
            about_another=message.is_about_another(_last_of_the_gravest(found)),
        )

    def _found(self, message: Message, vector: Numbers | None, before: Collection[str]) -> Iterator[Found]:
        judged = self._judge(message, vector)
        yield from (danger for danger in message.dangers() if not (danger.in_doubt and judged.belies))
        if not _BEFORE_A_FAREWELL.isdisjoint(before):
            yield from message.farewells()
        if judged.kind:
            yield message.as_a_whole(judged.kind, judged.level)

    def _judge(self, message: Message, vector: Numbers | None) -> Judgement:
        if self._classifier is None or vector is None:
            return Judgement()
        return self._classifier.judge(message.said, vector)


def _last_of_the_gravest(found: list[Found]) -> Found:
    gravest = [danger for danger in found if (danger.level, danger.kind) == (found[0].level, found[0].kind)]
    return max(gravest, key=lambda danger: danger.end)


@cache
def shipped_screen() -> Screen:
    """The screen of this checkout's patterns alone, read once per process. Raises PatternError like from_folder."""
    return Screen.from_folder(SHIPPED_PATTERNS)


def trained_screen(models: Path) -> Screen:
    """The screen of this checkout's patterns and the classifier in `models`. Raises PatternError, ClassifierError."""
    return Screen.from_folder(SHIPPED_PATTERNS, DangerClassifier.load(models / CLASSIFIER))
