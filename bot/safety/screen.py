from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from bot.safety.classifier import DangerClassifier, Judgement
from bot.safety.in_service import in_service
from bot.safety.levels import KINDS, DangerLevel
from bot.safety.message import MOST_WORDS_READ_BOLDLY, Found, Message
from bot.safety.patterns import PatternError, Patterns, load_patterns, shipped_patterns
from bot.safety.reader import Meaning

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


# After these a goodbye is none of the ordinary ones, nor is "how many pills".
_SUCH_TALK = frozenset({"suicide", "self_harm"})


class Screen:
    """Reads a message for danger: by patterns, by what it means, by what was said before.

    Each of them raises. One thing lowers: a pattern in doubt counts at most as far as the classifier holds the whole
    for possible. It costs a danger that only such a pattern hears and the classifier takes for calm; without it every
    "dø" and "overdosis" in a joke would alarm. Plain statements stand under no doubt, and without a classifier none do.
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

    def mended(self, text: str) -> str:
        """The text as the reader should read it for `assess`: without the slips that the classifier can mend.

        The same for more than MOST_WORDS_READ_BOLDLY.
        """
        is_long = len(text.split()) > MOST_WORDS_READ_BOLDLY
        return text if is_long or self._classifier is None else self._classifier.mended(text)

    def assess(self, text: str, meaning: Meaning | None = None, before: Collection[str] = ()) -> Assessment:
        """What the message tells of; `meaning` is what the reader makes of it `mended`, if it could.

        `before` are the kinds of danger that the conversation told of until now. Never raises, whatever the text is;
        takes time in proportion to its length.
        """
        found = [
            (read, danger) for read, danger in self._found(text, meaning, before) if danger.level > DangerLevel.NONE
        ]
        if not found:
            return Assessment(DangerLevel.NONE)
        found.sort(key=lambda one: (-one[1].level, KINDS.index(one[1].kind), one[1].start))
        reasons = filter(None, (read.written(danger) for read, danger in found))
        read, telling = _that_tells_whom(found)
        return Assessment(
            level=found[0][1].level,
            kinds=tuple(dict.fromkeys(danger.kind for _, danger in found)),
            reasons=tuple(dict.fromkeys(reasons))[:MOST_REASONS],
            about_another=read.is_about_another(telling),
        )

    def _found(self, text: str, meaning: Meaning | None, before: Collection[str]) -> Iterator[tuple[Message, Found]]:
        """Every danger, with the reading of the message in which it stands."""
        message = Message.read(text, self._patterns)
        if self._classifier is None or meaning is None:
            yield from ((message, danger) for danger in message.dangers())
        else:
            mended = message if (plain := self.mended(text)) == text else Message.read(plain, self._patterns)
            yield from _judged(message, mended, self._classifier.judge(mended.said, meaning))
        if not _SUCH_TALK.isdisjoint(before):
            yield from ((message, danger) for danger in message.after_such_talk())


def _judged(message: Message, mended: Message, judged: Judgement) -> Iterator[tuple[Message, Found]]:
    if judged.kind:
        yield message, message.as_a_whole(judged.kind, judged.level)
    for danger in message.dangers():
        doubted = danger.in_doubt and message.says_more_than(danger)
        yield message, _at_most(danger, judged.doubtful) if doubted else danger
    if not judged.doubtful:
        return
    # Only the whole can tell a slip of the fingers from another word.
    for read in filter(None, (message.loosely(), mended if mended is not message else None)):
        yield from ((read, _at_most(danger, judged.doubtful)) for danger in read.dangers())


def _at_most(danger: Found, level: DangerLevel) -> Found:
    return replace(danger, level=min(danger.level, level))


def _that_tells_whom(found: Sequence[tuple[Message, Found]]) -> tuple[Message, Found]:
    """The last in words of the gravest kind that has any: the whole of a message does not show whom it is about."""
    _, gravest = found[0]
    in_words = [one for one in found if not one[1].is_whole] or found
    _, first = next((one for one in in_words if one[1].kind == gravest.kind), in_words[0])
    alike = [one for one in in_words if (one[1].kind, one[1].level) == (first.kind, first.level)]
    return max(alike, key=lambda one: one[1].end)


@cache
def shipped_screen() -> Screen:
    """The screen of this checkout's patterns alone. Raises PatternError like from_folder."""
    return Screen(shipped_patterns())


def trained_screen(models: Path) -> Screen:
    """The screen of this checkout's patterns and the classifier in service. Raises PatternError, ClassifierError."""
    return Screen(shipped_patterns(), DangerClassifier.load(in_service(models).file))
