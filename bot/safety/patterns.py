from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from itertools import chain
from pathlib import Path

from bot.safety.levels import KINDS, DangerLevel
from bot.safety.pattern import Pattern, Step
from bot.safety.pattern_files import Line, PatternError, Section, read_section
from bot.safety.pattern_language import PatternSyntaxError, either, read_pattern, read_phrase
from bot.safety.vocabulary import Vocabulary

SHIPPED_PATTERNS = Path(__file__).parents[2] / "data" / "safety"

_LEVELS = {"niveau 3": DangerLevel.ACUTE, "niveau 2": DangerLevel.CLEAR, "niveau 1": DangerLevel.CHECK_IN}
_IN_DOUBT = {f"{key} i tvivl": level for key, level in _LEVELS.items()}
# In the order of the fields of People.
_PEOPLE = (
    "om en anden",
    "om en selv",
    "ud over en selv",
    "går ud over en anden",
    "kun den, der fortæller",
    "også en selv",
)
AFTER_TALK_OF = "suicide"
_AFTER_SUCH_TALK = ("afsked", "efter tale om at dø")
_LOWERED = {"0": DangerLevel.NONE, "1": DangerLevel.CHECK_IN}

__all__ = ["SHIPPED_PATTERNS", "Context", "Danger", "PatternError", "Patterns", "load_patterns"]


@dataclass(frozen=True, slots=True)
class Danger:
    """A pattern that raises a message to `level`; one in doubt only where the rest of the message does not belie it."""

    kind: str
    level: DangerLevel
    pattern: Pattern
    in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """Patterns that change the level of dangers of `kinds` near them: lower it to `level`, or raise it there."""

    kinds: frozenset[str]
    level: DangerLevel
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Who is in danger. Each field is a section of words.yml, which says what it is for."""

    another: tuple[Pattern, ...]
    oneself: tuple[Pattern, ...]
    hits_oneself: tuple[Pattern, ...]
    hurts_another: tuple[Pattern, ...]
    only_telling: tuple[Pattern, ...]
    oneself_too: tuple[Pattern, ...]

    def __iter__(self) -> Iterator[Pattern]:
        return chain.from_iterable(getattr(self, field.name) for field in fields(self))


@dataclass(frozen=True)
class Patterns:
    """Everything that data/safety says about messages. `after_such_talk` is a danger only after talk of not living."""

    dangers: tuple[Danger, ...]
    after_such_talk: tuple[Pattern, ...]
    idioms: tuple[Pattern, ...]
    quieting: tuple[Context, ...]
    sharpening: tuple[Context, ...]
    people: People
    fillers: frozenset[str]
    walls: frozenset[str]
    dividers: frozenset[str]
    vocabulary: Vocabulary


@cache
def shipped_patterns() -> Patterns:
    """Those of this checkout, read once per process. Raises PatternError like load_patterns."""
    return load_patterns(SHIPPED_PATTERNS)


def load_patterns(folder: Path) -> Patterns:
    """The patterns of the YAML files in `folder`: a file a kind, words.yml and only_sounds_so.yml.

    Raises PatternError for a missing file, broken YAML, an unknown key, list or kind, and an unreadable pattern.
    """
    language = Language(read_section(folder / "words.yml"))
    sections = {kind: read_section(folder / f"{kind}.yml") for kind in KINDS}
    harmless = read_section(folder / "only_sounds_so.yml")
    harmless.allow(("talemåder", "sammenhænge"))
    dangers = tuple(danger for kind, section in sections.items() for danger in language.dangers(kind, section))
    sharpening = tuple(language.sharpening(kind, section) for kind, section in sections.items())
    quieting = tuple(language.quieting(harmless.section("sammenhænge")))
    suicide = sections[AFTER_TALK_OF]
    after_such_talk = language.patterns(chain.from_iterable(suicide.lines(key) for key in _AFTER_SUCH_TALK))
    idioms = language.patterns(harmless.lines("talemåder"))
    contexts = [pattern for context in (*quieting, *sharpening) for pattern in context.patterns]
    used = [*(danger.pattern for danger in dangers), *after_such_talk, *idioms, *contexts, *language.people]
    entries = {entry for pattern in used for entry in pattern.entries()}
    return Patterns(
        dangers=dangers,
        after_such_talk=after_such_talk,
        idioms=idioms,
        quieting=quieting,
        sharpening=sharpening,
        people=language.people,
        fillers=language.fillers,
        walls=language.walls,
        dividers=language.dividers,
        vocabulary=Vocabulary(entries | language.fillers | language.walls, language.real_words),
    )


class Language:
    """What words.yml says: the words that patterns may share. Raises PatternError like load_patterns."""

    def __init__(self, section: Section) -> None:
        section.allow(("fyldord", "nægtelser", "skel", "rigtige ord", "lister", *_PEOPLE))
        self.fillers = _plain_words(section, "fyldord")
        self.dividers = _plain_words(section, "skel")
        self.walls = _plain_words(section, "nægtelser") | self.dividers
        self.real_words = _plain_words(section, "rigtige ord")
        self._lists: dict[str, Step] = {}
        lists = section.section("lister")
        for name in lists:
            self._lists[name] = either([self._phrase(line) for line in lists.lines(name)])
        self.people = People(*(self.patterns(section.lines(key)) for key in _PEOPLE))

    def patterns(self, lines: Iterable[Line]) -> tuple[Pattern, ...]:
        return tuple(self._pattern(line) for line in lines)

    def dangers(self, kind: str, section: Section) -> Iterator[Danger]:
        section.allow(("niveau 2",), (*_LEVELS, *_IN_DOUBT, "skærpes af", *_AFTER_SUCH_TALK))
        for key, level in (_LEVELS | _IN_DOUBT).items():
            for line in section.lines(key):
                yield Danger(kind, level, self._pattern(line), in_doubt=key in _IN_DOUBT)

    def sharpening(self, kind: str, section: Section) -> Context:
        return Context(frozenset({kind}), DangerLevel.ACUTE, self.patterns(section.lines("skærpes af")))

    def quieting(self, contexts: Section) -> Iterator[Context]:
        for name in contexts:
            context = contexts.section(name)
            context.allow(("slags", "bliver til", "mønstre"))
            kinds = context.choices("slags", frozenset(KINDS))
            level = _LOWERED[context.choice("bliver til", _LOWERED)]
            yield Context(kinds, level, self.patterns(context.lines("mønstre")))

    def _pattern(self, line: Line) -> Pattern:
        try:
            return read_pattern(line.text, self._lists)
        except PatternSyntaxError as error:
            raise line.error(str(error)) from error

    def _phrase(self, line: Line) -> Step:
        try:
            return read_phrase(line.text, self._lists)
        except PatternSyntaxError as error:
            raise line.error(str(error)) from error


def _plain_words(section: Section, key: str) -> frozenset[str]:
    return frozenset(word for line in section.lines(key) for word in line.text.split())
