from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.language.normalise import SENTENCE_END, Word, words
from bot.safety.levels import DangerLevel
from bot.safety.pattern import Pattern, Reading
from bot.safety.patterns import Context, Patterns

REACH = 12


@dataclass(frozen=True, slots=True)
class Found:
    """A danger in a message: from word `start` to before word `end`."""

    kind: str
    level: DangerLevel
    start: int
    end: int


class Message:
    """One message while it is being read."""

    def __init__(self, text: str, patterns: Patterns) -> None:
        self._patterns = patterns
        self._words = words(text)
        self._plain, self._dividing = _read(self._words, patterns)
        self._reading = self._plain.without(_covered(patterns.idioms, self._plain))
        self._quieting = self._spans(patterns.quieting)
        self._sharpening = self._spans(patterns.sharpening)

    def dangers(self) -> Iterator[Found]:
        """Every danger found, at the level that its surroundings leave it."""
        for danger in self._patterns.dangers:
            for start, end in danger.pattern.spans(self._reading):
                yield self._in_context(Found(danger.kind, danger.level, start, end))

    def written(self, danger: Found) -> str:
        """The words of the message that raised it, as they were written."""
        return " ".join(word.written for word in self._words[danger.start : danger.end] if word.written)

    def is_about_another(self, end: int) -> bool:
        """Whether the last person named before word `end` is somebody else than the writer."""
        another, oneself = (
            max((last for pattern in who for _, last in pattern.spans(self._plain) if last <= end), default=0)
            for who in (self._patterns.about_another, self._patterns.about_oneself)
        )
        return another > oneself

    def _in_context(self, danger: Found) -> Found:
        level = danger.level
        if level == DangerLevel.CLEAR and self._is_near(danger, self._sharpening):
            level = DangerLevel.ACUTE
        for context, spans in self._quieting:
            if self._is_near(danger, [(context, spans)]):
                level = min(level, context.level)
        return Found(danger.kind, level, danger.start, danger.end)

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


def _read(message: Sequence[Word], patterns: Patterns) -> tuple[Reading, int]:
    entries = {text: patterns.vocabulary.find(text) for text in {word.text for word in message}}
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


def _covered(idioms: Iterable[Pattern], reading: Reading) -> int:
    spans = (span for idiom in idioms for span in idiom.spans(reading))
    return _union(((1 << (end - start)) - 1) << start for start, end in spans)


def _union(states: Iterable[int]) -> int:
    union = 0
    for state in states:
        union |= state
    return union
