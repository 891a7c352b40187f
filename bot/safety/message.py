from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from bot.language.normalise import SENTENCE_END, Word, words
from bot.safety.levels import DangerLevel
from bot.safety.pattern import Pattern, Reading
from bot.safety.patterns import AFTER_TALK_OF, Context, Patterns
from bot.safety.vocabulary import Vocabulary

REACH = 12
# Who writes more says it more than once, and reading that much again would keep them waiting.
MOST_WORDS_READ_BOLDLY = 100
# How many words after a danger may still say whom it hits: "he drugged me".
JUST_AFTER = 3
DONE_BY_OTHERS = frozenset({"violence", "sexual_exploitation", "threat"})


@dataclass(frozen=True, slots=True)
class Found:
    """A danger in a message: from word `start` to before word `end`. In doubt, it counts unless the rest belies it."""

    kind: str
    level: DangerLevel
    start: int
    end: int
    in_doubt: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether no words of the message alone tell of it."""
        return self.start == self.end


class Message:
    """One message while it is being read."""

    def __init__(self, written: Sequence[Word], patterns: Patterns, *, loosely: bool = False) -> None:
        self._patterns = patterns
        self._words = written
        self._loosely = loosely
        find = patterns.vocabulary.find_loosely if loosely else patterns.vocabulary.find
        self._plain, self._dividing = read_message(self._words, patterns, find)
        self._reading = self._plain.without(_covered(patterns.idioms, self._plain))
        self._quieting = self._spans(patterns.quieting)
        self._sharpening = self._spans(patterns.sharpening)

    @classmethod
    def read(cls, text: str, patterns: Patterns) -> "Message":
        """The message in any text."""
        return cls(words(text), patterns)

    def loosely(self) -> "Message | None":
        """The same, its slips read more boldly, and all that it says in doubt; None where that changes nothing.

        None, too, for more than MOST_WORDS_READ_BOLDLY.
        """
        if len(self._words) > MOST_WORDS_READ_BOLDLY:
            return None
        find = self._patterns.vocabulary.unglued
        pieces = [
            Word(part, "" if at else word.written) for word in self._words for at, part in enumerate(find(word.text))
        ]
        is_bold = self._patterns.vocabulary.is_read_boldly
        if len(pieces) == len(self._words) and not any(is_bold(word.text) for word in pieces):
            return None
        return Message(pieces, self._patterns, loosely=True)

    @property
    def said(self) -> list[str]:
        """Its words in one spelling, and the marks that end a sentence."""
        return [word.text for word in self._words]

    def dangers(self) -> Iterator[Found]:
        """Every danger found, at the level that its surroundings leave it."""
        for danger in self._patterns.dangers:
            for start, end in danger.pattern.spans(self._reading):
                in_doubt = danger.in_doubt or self._loosely
                yield self._in_context(Found(danger.kind, danger.level, start, end, in_doubt))

    def after_such_talk(self) -> Iterator[Found]:
        """Every goodbye and way: clear danger where somebody told before that they would not live, else nothing."""
        for pattern in self._patterns.after_such_talk:
            for start, end in pattern.spans(self._reading):
                yield Found(AFTER_TALK_OF, DangerLevel.CLEAR, start, end)

    def as_a_whole(self, kind: str, level: DangerLevel) -> Found:
        """A danger that no words of it alone tell of: it stands behind them all."""
        return Found(kind, level, len(self._words), len(self._words))

    def says_more_than(self, danger: Found) -> bool:
        """Whether it has words besides those of the danger."""
        besides = [*self._words[: danger.start], *self._words[danger.end :]]
        return any(word.text != SENTENCE_END for word in besides)

    def written(self, danger: Found) -> str:
        """The words of the message that raised it, as they were written."""
        return " ".join(word.written for word in self._words[danger.start : danger.end] if word.written)

    def is_about_another(self, danger: Found) -> bool:
        """Whether it seems to be somebody else than the writer who is in `danger`."""
        people = self._patterns.people
        if danger.is_whole and _last(people.oneself, self._told, 0, danger.end):
            # Words for a friend would leave a writer in danger alone; those for the writer tell a friend enough.
            return False
        if danger.kind in DONE_BY_OTHERS:
            # Who does it is named as often as who it is done to, and the writer often not at all ("he hits").
            first, last = self._sentence(danger)
            hurts_another = _last(people.hurts_another, self._plain, first, last)
            return hurts_another > 0 == _last(people.oneself, self._told, first, last)
        if _last(people.oneself_too, self._plain, 0, len(self._words)):
            return False
        oneself = max(
            _last(people.oneself, self._told, 0, danger.end),
            _last(people.hits_oneself, self._told, 0, danger.end + JUST_AFTER),
        )
        return _last(people.another, self._plain, 0, danger.end) > oneself

    def _sentence(self, danger: Found) -> tuple[int, int]:
        ends = [place for place, word in enumerate(self._words) if word.text == SENTENCE_END]
        first = max((place for place in ends if place < danger.start), default=0)
        return first, min((place for place in ends if place >= danger.end), default=len(self._words))

    @cached_property
    def _told(self) -> Reading:
        """The message without the writer where they only tell of others."""
        return self._plain.without(_covered(self._patterns.people.only_telling, self._plain))

    def _in_context(self, danger: Found) -> Found:
        level = danger.level
        if level == DangerLevel.CLEAR and self._is_near(danger, self._sharpening):
            level = DangerLevel.ACUTE
        for context, spans in self._quieting:
            if self._is_near(danger, [(context, spans)]):
                level = min(level, context.level)
        return replace(danger, level=level)

    def _spans(self, contexts: Iterable[Context]) -> list[tuple[Context, list[tuple[int, int]]]]:
        spans = [(context, [s for p in context.patterns for s in p.spans(self._plain)]) for context in contexts]
        return [(context, found) for context, found in spans if found]

    def _is_near(self, danger: Found, contexts: Iterable[tuple[Context, list[tuple[int, int]]]]) -> bool:
        return any(
            danger.kind in context.kinds and self._is_within_reach(danger, start, end)
            for context, spans in contexts
            for start, end in spans
        )

    def _is_within_reach(self, danger: Found, start: int, end: int) -> bool:
        first, last = (end, danger.start) if end <= danger.start else (danger.end, start)
        between = ((1 << max(last - first, 0)) - 1) << first
        return last - first <= REACH and not self._dividing & between


Find = Callable[[str], Collection[str]]


class Readable(Protocol):
    """Whose patterns a message is read for."""

    @property
    def vocabulary(self) -> Vocabulary: ...
    @property
    def walls(self) -> frozenset[str]: ...
    @property
    def dividers(self) -> frozenset[str]: ...
    @property
    def fillers(self) -> frozenset[str]: ...


def read_message(message: Sequence[Word], patterns: Readable, find: Find | None = None) -> tuple[Reading, int]:
    """The message as those patterns see it, and the bits of what divides it. `find`: else as their vocabulary does."""
    find = find or patterns.vocabulary.find
    entries = {text: find(text) for text in {word.text for word in message}}
    places: dict[str, int] = {}
    ends = 0
    for place, word in enumerate(message):
        ends |= (word.text == SENTENCE_END) << place
        for entry in entries[word.text]:
            places[entry] = places.get(entry, 0) | 1 << place
    walls, dividers, fillers = (
        _union(places.get(word, 0) for word in which) for which in (patterns.walls, patterns.dividers, patterns.fillers)
    )
    return Reading(len(message), places, ends | walls, fillers & ~walls, ends), ends | dividers


def _last(who: Iterable[Pattern], reading: Reading, first: int, last: int) -> int:
    """Where the last of `who` ends that stands between the words `first` and `last`; 0 when there is none."""
    spans = (span for pattern in who for span in pattern.spans(reading))
    return max((end for start, end in spans if first <= start and end <= last), default=0)


def _covered(idioms: Iterable[Pattern], reading: Reading) -> int:
    spans = (span for idiom in idioms for span in idiom.spans(reading))
    return _union(((1 << (end - start)) - 1) << start for start, end in spans)


def _union(states: Iterable[int]) -> int:
    union = 0
    for state in states:
        union |= state
    return union
