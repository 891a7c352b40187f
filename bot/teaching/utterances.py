"""Puts utterances into the text of an NLU file: lines are added, and no other line is touched."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from bot.teaching.errors import TeachingError
from bot.training.files import DataError, Example, examples_in

# YAML counts lines by them, and would count others than we do.
_HIDDEN_BREAK = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
_NEW_FILE = 'version: "3.1"\n\nnlu:\n'


def with_utterances(content: bytes | None, file: Path, new: Mapping[str, Iterable[str]]) -> bytes:
    """The content with these utterances after the last one of their intent, in the order of their letters.

    An intent without any gets an entry at the end. Raises TeachingError for a file that cannot be extended so.
    """
    try:
        text = (content or b"").decode("utf-8")
        if _HIDDEN_BREAK.search(text):
            raise TeachingError(f"{file} has line breaks in it that no editor shows; write them as new lines")
        before = examples_in(text, file) if text else []
    except (DataError, UnicodeDecodeError) as error:
        raise TeachingError(str(error)) from error
    extended = _extended(text or _NEW_FILE, before, new)
    if not _says(extended, file, before, new):
        raise TeachingError(f"{file} is laid out in a way that no line can be added to; see data/nlu for how it may be")
    return extended.encode("utf-8")


def _extended(text: str, before: Iterable[Example], new: Mapping[str, Iterable[str]]) -> str:
    last = {example.intent: example.line for example in before}
    lines = text.split("\n")
    for intent in sorted(new.keys() & last.keys(), key=lambda name: -last[name]):
        model = lines[last[intent] - 1]
        indent, end = model[: model.index("-")], "\r" if model.endswith("\r") else ""
        lines[last[intent] : last[intent]] = [f"{indent}- {one}{end}" for one in sorted(new[intent])]
    if lines[-1]:
        lines.append("")
    entries = (_entry(intent, new[intent]) for intent in sorted(new.keys() - last.keys()))
    return "\n".join(lines) + "".join(entries).removeprefix("" if last else "\n")


def _entry(intent: str, texts: Iterable[str]) -> str:
    return f"\n- intent: {intent}\n  examples: |\n" + "".join(f"    - {one}\n" for one in sorted(texts))


def _says(extended: str, file: Path, before: Iterable[Example], new: Mapping[str, Iterable[str]]) -> bool:
    """Whether it says what it said and the new beside it, however somebody has laid the file out by hand."""
    expected = [(one.intent, one.text) for one in before] + [(intent, one) for intent in new for one in new[intent]]
    with suppress(DataError):
        return sorted(expected) == sorted((one.intent, one.text) for one in examples_in(extended, file))
    return False
