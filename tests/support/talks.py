"""Whole conversations as files, one a theme: a list of turns each, and what must be true of every answer."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.composed_yaml import content_of
from tests.support.open_days import open_days

TALKS = Path(__file__).resolve().parent.parent / "system" / "talks"
ACTS = frozenset({"say", "tap"})
ABOUT_A_TALK = frozenset({"name", "who", "does", "turns", "not_yet"})
DOES = frozenset({"corrects", "interrupts", "two_needs"})


class TalkError(ValueError):
    """A file of conversations cannot be read; the message names the file, the conversation and what is wrong."""


@dataclass(frozen=True)
class Turn:
    """What the person does, and what must be true of the answer: the value of each check by its name.

    `fill` are contact details written into the fields of the page before the act.
    """

    act: str
    words: str
    checks: dict[str, Any]
    fill: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Talk:
    """A conversation, named after what the person in it does; `who` they are, and what kinds of turn they take.

    `not_yet` says what is still misread in it, where it does not pass.
    """

    name: str
    who: str
    does: frozenset[str]
    turns: tuple[Turn, ...]
    not_yet: str = ""


def load_talks(checks: Collection[str], folder: Path = TALKS) -> list[Talk]:
    """Every conversation of the folder's files; `checks` are the names a turn may use. Raises TalkError.

    `{first_day}` and `{second_day}` in a file become two weekdays on which the town is open, the sooner first.
    """
    return [talk for file in sorted(folder.glob("*.yml")) for talk in _of_file(file, checks)]


def _of_file(file: Path, checks: Collection[str]) -> Iterator[Talk]:
    text = file.read_text(encoding="utf-8")
    for name, day in open_days().items():
        text = text.replace(name, day)
    try:
        entries = content_of(text)
    except yaml.YAMLError as error:
        raise TalkError(f"{file.name}: {error}") from error
    for entry in entries:
        try:
            yield _talk(entry, checks)
        except (KeyError, TypeError, ValueError) as error:
            raise TalkError(f"{file.name}: {entry.get('name')!r}: {error}") from error


def _talk(entry: dict[str, Any], checks: Collection[str]) -> Talk:
    _refuse(entry.keys() - ABOUT_A_TALK)
    does = frozenset(entry.get("does", ()))
    _refuse(does - DOES)
    return Talk(
        entry["name"],
        entry["who"],
        does,
        tuple(_turn(turn, checks) for turn in entry["turns"]),
        entry.get("not_yet", ""),
    )


def _turn(entry: dict[str, Any], checks: Collection[str]) -> Turn:
    acts = entry.keys() & ACTS
    if len(acts) != 1:
        raise ValueError(f"a turn is one of {sorted(ACTS)}: {entry}")
    asked = {key: value for key, value in entry.items() if key not in ACTS | {"fill"}}
    _refuse(asked.keys() - set(checks))
    if not asked:
        raise ValueError(f"nothing must be true of the answer to {entry}")
    [act] = acts
    if not isinstance(entry[act], str):
        # YAML takes a bare yes, no or number for something else than the word that is typed.
        raise TypeError(f"put quotes around {entry[act]!r}")
    return Turn(act, entry[act], asked, entry.get("fill", {}))


def _refuse(unknown: Collection[str]) -> None:
    if unknown:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
