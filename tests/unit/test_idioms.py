from collections.abc import Iterator

import pytest

from bot.safety.message import Message
from bot.safety.pattern import Chain, Either, InOrder, OneOf, Pattern, Perhaps, Step, Together
from bot.safety.patterns import Danger, Patterns, shipped_patterns

# How many ways of saying a line are tried: enough that each of its short choices is said once.
MOST_WAYS = 24


@pytest.fixture
def patterns() -> Patterns:
    return shipped_patterns()


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
    """Whether it is found once the idioms are taken out, as the screen takes them out."""
    return any(line.pattern.spans(Message.read(text, patterns)._reading))
