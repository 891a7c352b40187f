"""Graded messages, from which the classifier of the danger screen learns."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.safety.levels import KINDS, DangerLevel

SHIPPED_MESSAGES = Path(__file__).parents[2] / "data" / "safety" / "messages"


class GradedError(Exception):
    """The graded messages cannot be used; the message names the file, the entry and what is wrong."""


@dataclass(frozen=True, slots=True)
class Graded:
    """A message, how much danger it tells of, and of which kinds; none at level NONE. `weight`: as many like it.

    `apart`: the tuned layers of the encoder never learn from it, so that it can tell how well they read.
    """

    text: str
    level: DangerLevel
    kinds: tuple[str, ...]
    weight: float = 1.0
    apart: bool = False


def graded_messages(folder: Path = SHIPPED_MESSAGES) -> list[Graded]:
    """All messages of the YAML files in `folder`, in the order of the files' names. Raises GradedError."""
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise GradedError(f"{folder}: there is no file of graded messages")
    messages = [message for file in files for message in messages_of(file)]
    seen: set[str] = set()
    for message in messages:
        if message.text in seen:
            raise GradedError(f"{folder.name}: twice in it: {message.text}")
        seen.add(message.text)
    return messages


def messages_of(file: Path) -> Iterator[Graded]:
    """The messages of one file, in their order. Raises GradedError."""
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        entries, weight, apart = content["messages"], _weight(content), bool(content.get("apart"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise GradedError(f"{file.name}: {error}") from error
    for number, entry in enumerate(entries, start=1):
        try:
            yield _graded(entry, weight=weight, apart=apart)
        except (KeyError, TypeError, ValueError) as error:
            raise GradedError(f"{file.name}, message {number}: {type(error).__name__} {error}") from error


def _weight(content: dict[str, Any]) -> float:
    weight = float(content.get("weight", 1))
    if not weight > 0:
        raise ValueError(f"a weight is more than nothing, not {weight}")
    return weight


def _graded(entry: dict[str, Any], *, weight: float, apart: bool) -> Graded:
    graded = Graded(entry["text"], DangerLevel(entry["level"]), tuple(entry["kinds"]), weight, apart)
    if not isinstance(graded.text, str) or not graded.text.strip():
        raise ValueError("it has no text")
    if unknown := set(graded.kinds) - set(KINDS):
        raise ValueError(f"unknown kinds: {', '.join(sorted(unknown))}")
    if bool(graded.kinds) != (graded.level > DangerLevel.NONE):
        raise ValueError("a danger has a kind, and what is none has none")
    return graded
