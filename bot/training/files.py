"""Reads training files, remembering where everything stands so that a fault can be pointed at."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.composed_yaml import composed, content_of, under


class DataError(Exception):
    """The training data cannot be used; each line of the message names a file, a line where known, and the fault."""


@dataclass(frozen=True)
class Example:
    """One utterance, what it means, and where it stands."""

    text: str
    intent: str
    file: Path
    line: int

    @property
    def place(self) -> str:
        """File and line, for people."""
        return f"{self.file}, line {self.line}"


def read_yaml(file: Path) -> Mapping[str, Any]:
    """A YAML file's mapping. Raises DataError naming file, line and what is wrong."""
    return yaml_in(text_of(file), file)


def yaml_in(text: str, file: Path) -> Mapping[str, Any]:
    """The mapping of the text of a YAML file, which need not be written yet. Raises DataError as for a file."""
    _tree_of(text, file)
    try:
        content: Mapping[str, Any] = content_of(text)
    except (yaml.YAMLError, ValueError) as error:
        raise _broken(file, error) from error
    return content


def read_examples(files: Iterable[Path]) -> list[Example]:
    """All utterances of NLU files. Raises DataError naming file and line for what cannot be read."""
    return [example for file in files for example in examples_in(text_of(file), file)]


def examples_in(text: str, file: Path) -> list[Example]:
    """All utterances of the text of an NLU file, which need not be written yet. Raises DataError as for a file."""
    return list(_examples(file, _tree_of(text, file)))


def digest_of(files: Iterable[Path]) -> str:
    """A digest of the content of those files that are there."""
    digest = hashlib.sha256()
    for file in files:
        if file.is_file():
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def text_of(file: Path) -> str:
    """What is written in a file. Raises DataError."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DataError(f"{file}: {error}") from error
    except FileNotFoundError as error:
        raise DataError(f"{file}: no such file") from error
    except OSError as error:
        raise DataError(f"{file} cannot be read: {error.strerror}") from error


def _tree_of(text: str, file: Path) -> yaml.MappingNode:
    """The content with its places."""
    try:
        content = composed(text)
    except yaml.YAMLError as error:
        raise _broken(file, error) from error
    if not isinstance(content, yaml.MappingNode):
        raise DataError(f"{file}, line 1: expected keys and values at the top")
    return content


def _broken(file: Path, error: Exception) -> DataError:
    """What is wrong, in one line."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return DataError(f"{file}: {' '.join(str(error).split())}")
    mark = error.problem_mark or error.context_mark
    return DataError(f"{file}, line {mark.line + 1 if mark else '?'}: {error.problem or error.context}")


def _examples(file: Path, tree: yaml.MappingNode) -> Iterator[Example]:
    entries = under(tree, "nlu")
    if not isinstance(entries, yaml.SequenceNode):
        raise DataError(f"{file}, line 1: expected `nlu:` with a list of intents")
    for entry in entries.value:
        yield from _of_one_intent(file, entry)


def _of_one_intent(file: Path, entry: yaml.Node) -> Iterator[Example]:
    keys = {key.value: value for key, value in entry.value} if isinstance(entry, yaml.MappingNode) else {}
    intent, examples = keys.get("intent"), keys.get("examples")
    if intent is None or not isinstance(examples, yaml.ScalarNode) or examples.style != "|":
        line = entry.start_mark.line + 1
        raise DataError(f"{file}, line {line}: an entry needs `intent` and `examples: |`, got {sorted(keys)}")
    # The block's first line is the one after the bar.
    for line, text in enumerate(examples.value.split("\n"), start=examples.start_mark.line + 2):
        if text.strip() and not text.startswith("- "):
            raise DataError(f"{file}, line {line}: under {intent.value}, a line must begin with '- ': {text!r}")
        if text.removeprefix("- ").strip():
            yield Example(text.removeprefix("- ").strip(), intent.value, file, line)
