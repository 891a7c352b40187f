"""Keeps out YAML that says much in few lines or goes deeper than any story: reading on, a program would find no end."""

from contextlib import suppress
from pathlib import Path

import yaml

from bot.training.files import DataError

DEEPEST = 12
"""Lists and keys within each other. A story has seven."""


def must_be_plain(text: str, file: Path) -> None:
    """Raises DataError for a name or a repetition of YAML's own (`&`, `*`), and for what nests too deep.

    What is broken is left to whoever reads it.
    """
    depth = 0
    with suppress(yaml.YAMLError):
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.NodeEvent) and event.anchor:
                raise DataError(f"{_place(event, file)}: a story repeats nothing by `&` and `*`; write it out")
            if depth > DEEPEST:
                raise DataError(f"{_place(event, file)}: no story goes so deep")


def _place(event: yaml.Event, file: Path) -> str:
    return f"{file}, line {event.start_mark.line + 1 if event.start_mark else '?'}"
