"""A YAML file of keys as it is read: each key once, and known by its line."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml


class UnreadableFileError(Exception):
    """It is no such file; the message says why, and where if that is known."""


def read_keyed(file: Path) -> tuple[dict[Any, Any], Mapping[str, int]]:
    """What stands under each key, and on which line each key of the file stands, counted from 1.

    Raises UnreadableFileError.
    """
    try:
        text = file.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except RecursionError as error:
        raise UnreadableFileError("brackets in brackets, too deep to be read") from error
    # YAML itself finds a day such as 2026-02-30, and says so by a ValueError.
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise UnreadableFileError(str(error)) from error
    if not isinstance(root, yaml.MappingNode) or not isinstance(content, dict):
        raise UnreadableFileError("has no keys such as `name: …`")
    if twice := [f"line {line}, {key}: stands there twice" for key, line in _twice(root, set())]:
        raise UnreadableFileError("; ".join(twice))
    return content, {str(key.value): key.start_mark.line + 1 for key, _ in root.value}


def keyed(said: Any, known: Iterable[str]) -> Mapping[str, Any]:
    """The same, if it is keys of these and no others; which of them are needed is not asked. Raises ValueError."""
    names = list(known)
    if not isinstance(said, dict):
        raise ValueError(f"{said!r} has no keys such as `{names[0]}: …`")  # noqa: TRY004 -- as for any wrong value
    for name in map(str, said):
        if name not in names:
            raise ValueError(no_such_key(name, names))
    return said


def no_such_key(name: str, known: Iterable[str]) -> str:
    """That there is none of that name, with the one that may have been meant."""
    near = get_close_matches(name, list(known), n=1)
    return f"{name}: there is no such key" + (f"; is {near[0]} meant?" if near else "")


def _twice(node: yaml.Node, seen: set[int]) -> Iterator[tuple[str, int]]:
    """Keys that stand twice under the same one: YAML would take the last, and pass over the first in silence."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        names = [key.value for key, _ in node.value]
        for at, (key, below) in enumerate(node.value):
            if key.value in names[:at]:
                yield str(key.value), key.start_mark.line + 1
            yield from _twice(below, seen)
    elif isinstance(node, yaml.SequenceNode):
        for below in node.value:
            yield from _twice(below, seen)
