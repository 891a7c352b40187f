"""Stories and rules: read with their places, and added to files that stay as they were."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.composed_yaml import composed, lines_of, under
from bot.stories.writing import Kind, begun, written
from bot.teaching.errors import TeachingError
from bot.teaching.plain_yaml import must_be_plain
from bot.training.files import DataError, text_of, yaml_in


@dataclass(frozen=True)
class Plot:
    """A story or a rule: its content without its name, where it stands, and the lines of its steps."""

    kind: Kind
    name: str
    content: Mapping[str, Any]
    file: Path
    line: int
    step_lines: tuple[int, ...] = ()

    @property
    def place(self) -> str:
        """File and line, for people."""
        return f"{self.file}, line {self.line}"

    @property
    def written(self) -> str:
        """Its lines as they stand in data/; the same for all that say the same."""
        return written(self.kind, self.name, self.content)

    @property
    def steps(self) -> list[Any]:
        steps = self.content.get("steps")
        return steps if isinstance(steps, list) else []


def read_plots(file: Path) -> list[Plot]:
    """The stories and rules of a file. Raises DataError."""
    return plots_in(text_of(file), file)


def shipped_plots(root: Path) -> list[Plot]:
    """All stories and rules of the checkout `root`. Raises DataError."""
    return [plot for kind in Kind for file in sorted((root / kind.folder).glob("*.yml")) for plot in read_plots(file)]


def plots_in(text: str, file: Path) -> list[Plot]:
    """The stories and rules of a text, which need not be written yet. Raises DataError for what is none."""
    must_be_plain(text, file)
    content, tree = yaml_in(text, file), composed(text)
    _refuse_twice(tree, file)
    return [plot for kind in Kind for plot in _of_kind(kind, content.get(kind.listed), under(tree, kind.listed), file)]


def with_plots(content: bytes | None, file: Path, kind: Kind, new: Sequence[Plot]) -> bytes:
    """The content with these at its end, by name. Raises TeachingError for a file that cannot be extended so."""
    try:
        text = (content or b"").decode("utf-8")
        before = plots_in(text, file) if text else []
    except (DataError, UnicodeDecodeError) as error:
        raise TeachingError(str(error)) from error
    entries = [one.written for one in sorted(new, key=lambda one: one.name)]
    head = text if not text or text.endswith("\n") else f"{text}\n"
    extended = f"{head}\n" + "\n".join(entries) if text else begun(kind) + "\n".join(entries)
    if not _says(extended, file, before, new):
        raise TeachingError(f"{file} is laid out in a way that nothing can be added to; {kind.listed} must stand last")
    return extended.encode("utf-8")


def _says(extended: str, file: Path, before: Iterable[Plot], new: Iterable[Plot]) -> bool:
    expected = sorted(one.written for one in (*before, *new))
    with suppress(DataError):
        return expected == sorted(one.written for one in plots_in(extended, file))
    return False


def _refuse_twice(tree: yaml.Node | None, file: Path) -> None:
    """YAML takes the last of two keys of one name without a word."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, yaml.CollectionNode):
            continue
        if not isinstance(node, yaml.MappingNode):
            waiting += node.value
            continue
        there = set[str]()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in there:
                raise DataError(f"{file}, line {key.start_mark.line + 1}: `{key.value}:` stands here a second time")
            there.add(str(key.value))
            waiting.append(value)


def _of_kind(kind: Kind, listed: Any, node: yaml.Node | None, file: Path) -> Iterable[Plot]:
    if listed is None:
        return
    if not isinstance(listed, list) or not isinstance(node, yaml.SequenceNode):
        raise DataError(f"{file}: expected a list under `{kind.listed}:`")
    for entry, place in zip(listed, node.value, strict=True):
        line = place.start_mark.line + 1
        if not isinstance(entry, dict) or not isinstance(entry.get(kind.value), str):
            raise DataError(f"{file}, line {line}: expected `{kind.value}:` with a name")
        content = {key: value for key, value in entry.items() if key != kind.value}
        plot = Plot(kind, entry[kind.value], content, file, line, lines_of(place, "steps"))
        if len(plot.steps) != len(plot.step_lines):
            raise DataError(f"{file}, line {line}: the steps must stand under `steps:` themselves")
        yield plot
