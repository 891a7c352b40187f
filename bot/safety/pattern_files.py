"""The YAML files of data/safety, read so that every line of a pattern can be named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.composed_yaml import composed


class PatternError(Exception):
    """A file of patterns cannot be used; the message names the file, the line and in Danish what is wrong."""

    def __init__(self, file: Path, line: int, problem: str) -> None:
        super().__init__(f"{file.name}, linje {line}: {problem}")
        self.file = file
        self.line = line
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Line:
    """One pattern as it is written, and where."""

    file: Path
    number: int
    text: str

    def error(self, problem: str) -> PatternError:
        """The error to raise when this line is wrong."""
        return PatternError(self.file, self.number, f"{problem} (i »{self.text}«)")


class Section:
    """A mapping of a YAML file: its keys hold blocks of lines, values or further sections."""

    def __init__(self, file: Path, node: yaml.MappingNode) -> None:
        self._file = file
        self._node = node
        self._values: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value in self._values:
                raise self._error(key, "nøglen er ikke et ord eller står her to gange")
            self._values[key.value] = value

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def allow(self, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> None:
        """Raises PatternError when a required key is missing or another one is there."""
        for key in required:
            if key not in self._values:
                raise self._error(self._node, f"nøglen »{key}« mangler")
        for key, value in self._values.items():
            if key not in required + optional:
                raise self._error(value, f"nøglen »{key}« kendes ikke; brug {', '.join(required + optional)}")

    def section(self, key: str) -> "Section":
        """The section under `key`."""
        node = self._values[key]
        if not isinstance(node, yaml.MappingNode):
            raise self._error(node, f"under »{key}« skal der stå nøgler med indhold")
        return Section(self._file, node)

    def choice(self, key: str, allowed: Mapping[str, int] | frozenset[str]) -> str:
        """The single value under `key`, one of `allowed`."""
        node = self._values[key]
        if not isinstance(node, yaml.ScalarNode) or node.value not in allowed:
            raise self._error(node, f"»{key}« skal være en af: {', '.join(sorted(allowed))}")
        return str(node.value)

    def choices(self, key: str, allowed: frozenset[str]) -> frozenset[str]:
        """The values under `key`, between spaces, each one of `allowed`."""
        node = self._values[key]
        chosen = frozenset(str(node.value).split()) if isinstance(node, yaml.ScalarNode) else frozenset()
        if not chosen or chosen - allowed:
            raise self._error(node, f"»{key}« kan kun have disse, med mellemrum imellem: {', '.join(sorted(allowed))}")
        return chosen

    def lines(self, key: str) -> Iterator[Line]:
        """The lines of the block under `key`, without empty ones and comments; none when the key is missing.

        A line that is indented goes on from the one before it.
        """
        node = self._values.get(key)
        if node is None:
            return
        if not isinstance(node, yaml.ScalarNode) or node.style != "|":
            raise self._error(node, f"efter »{key}:« skal der stå | og mønstrene på linjerne under, ét på hver")
        started: Line | None = None
        for number, written in enumerate(node.value.splitlines(), start=node.start_mark.line + 2):
            text = written.partition("#")[0].rstrip()
            if text.startswith(" ") and started:
                started = Line(self._file, started.number, f"{started.text} {text.strip()}")
            elif text:
                if started:
                    yield started
                started = Line(self._file, number, text.strip())
        if started:
            yield started

    def _error(self, node: yaml.Node, problem: str) -> PatternError:
        return PatternError(self._file, node.start_mark.line + 1, problem)


def read_section(file: Path) -> Section:
    """The file's content. Raises PatternError for a file that is missing, not UTF-8, no YAML or no mapping."""
    try:
        node = composed(file.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PatternError(file, line, f"filen er ikke rigtig YAML: {error.problem}") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PatternError(file, 1, f"filen kan ikke læses: {error}") from error
    if not isinstance(node, yaml.MappingNode):
        raise PatternError(file, 1, "filen skal bestå af nøgler med indhold")
    return Section(file, node)
