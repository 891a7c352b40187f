"""What an answer says more to whoever lives in one way or another, in reviewed lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.composed_yaml import content_of

LINES = Path(__file__).parent / "situation_lines.yml"


class SituationLinesError(Exception):
    """The file of lines cannot be read; the message names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer, the facts it states, and the one age group it holds for; None where it holds for all."""

    text: str
    facts: tuple[str, ...]
    age_group: str | None = None

    def fits(self, age_group: str | None) -> bool:
        """Whether it may be told to somebody of this age group, None where nobody knows it."""
        return self.age_group is None or self.age_group == age_group


@cache
def situation_lines(file: Path = LINES) -> Mapping[str, Mapping[str, tuple[Line, ...]]]:
    """By the situation and the intent, in the file's order. Raises SituationLinesError."""
    try:
        content: dict[str, dict[str, list[dict[str, Any]]]] = content_of(file.read_text(encoding="utf-8"))
        return {
            situation: {intent: tuple(map(_line, lines)) for intent, lines in intents.items()}
            for situation, intents in content.items()
        }
    except (OSError, yaml.YAMLError, AttributeError, KeyError, TypeError) as error:
        raise SituationLinesError(f"{file}: {type(error).__name__} {error}") from error


def line_for(situation: str | None, intent: str, age_group: str | None) -> Line | None:
    """What this situation has to add to the answer of an intent."""
    lines = situation_lines().get(situation or "", {}).get(intent, ())
    return next((line for line in lines if line.fits(age_group)), None)


def situations_with_line(intent: str, age_group: str | None) -> tuple[str, ...]:
    """The situations that have something to add to the answer of an intent, in the file's order."""
    return tuple(situation for situation in situation_lines() if line_for(situation, intent, age_group))


def _line(entry: dict[str, Any]) -> Line:
    return Line(entry["text"], tuple(entry["facts"]), entry.get("age_group"))
