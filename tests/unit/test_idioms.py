from collections.abc import Iterator

import pytest

from bot.language.normalise import words
from bot.safety.message import read_message
from bot.safety.pattern import Chain, Either, InOrder, OneOf, Pattern, Perhaps, Reading, Step, Together
from bot.safety.patterns import SHIPPED_PATTERNS, Danger, Patterns, load_patterns

# How many ways of saying a line are tried: enough that each of its short choices is said once.
MOST_WAYS = 24


@pytest.fixture(scope="module")
def patterns() -> Patterns:
    return load_patterns(SHIPPED_PATTERNS)


def test_no_line_of_danger_is_wholly_swallowed_by_an_idiom(patterns: Patterns) -> None:
    lost = [line for line in patterns.dangers if not any(is_heard(line, said, patterns) for said in ways(line.pattern))]
    assert [" / ".join(dict.fromkeys(ways(line.pattern))) for line in lost] == []


def ways(pattern: Pattern) -> Iterator[str]:
    """Sentences that hold the pattern, each with other words of those it leaves open."""
    for turn in range(MOST_WAYS):
        match pattern:
            case InOrder(step=step):
                yield said(step, turn)
            case Together(steps=steps):
                yield " ".join(said(step, turn) for step in steps)


def said(step: Step, turn: int) -> str:
    """The words of this part; what may be left out is, every second time."""
    match step:
        case OneOf(words=entries):
            return sorted(entries)[turn % len(entries)].replace("10+", "12").replace("*", "")
        case Either(options=options):
            return said(options[turn % len(options)], turn // len(options))
        case Chain(steps=steps):
            return " ".join(filter(None, (said(one, turn) for one in steps)))
        case Perhaps(step=inner):
            return said(inner, turn) if turn % 2 else ""
        case _:
            return ""


def is_heard(line: Danger, text: str, patterns: Patterns) -> bool:
    reading, _ = read_message(words(text), patterns)
    return any(line.pattern.spans(without_idioms(reading, patterns)))


def without_idioms(reading: Reading, patterns: Patterns) -> Reading:
    covered = 0
    for idiom in patterns.idioms:
        for start, end in idiom.spans(reading):
            covered |= ((1 << (end - start)) - 1) << start
    return reading.without(covered)
