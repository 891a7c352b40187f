"""Held-out messages out of conversations, which grow. They are apart: figures over the written ones stay comparable."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.composed_yaml import composed, lines_of
from bot.settings import ROOT
from bot.training.files import DataError, Example, text_of, yaml_in
from bot.training.held_out import FOLDER, HeldOut, held_out, held_out_digest

FROM_CONVERSATIONS = FOLDER / "from_conversations.yml"


@dataclass(frozen=True)
class Gathered:
    """The messages; each figure over them names `version`, which is 0 where there is none.

    `since[i]` is the version with which `examples[i]` came: figures of an earlier one can be told again.
    """

    version: int = 0
    changed: date | None = None
    examples: tuple[Example, ...] = ()
    since: tuple[int, ...] = ()

    def __str__(self) -> str:
        counted = f"version {self.version} of {self.changed}" if self.version else "none"
        return f"{counted} from conversations"


def gathered(root: Path = ROOT) -> Gathered:
    """What was gathered so far. Raises DataError."""
    file = root / FROM_CONVERSATIONS
    return gathered_in(text_of(file), file) if file.is_file() else Gathered()


def gathered_held_out(version: int | None = None, root: Path = ROOT) -> HeldOut:
    """The gathered messages to measure on, as they are or as they were in that version. What is none of ours is that
    beside the written ones. Raises DataError where there is no such version.
    """
    known = gathered(root)
    wanted = known.version if version is None else version
    if not 1 <= wanted <= known.version:
        raise DataError(f"{root / FROM_CONVERSATIONS}: there is no version {wanted}; there is: {known}")
    examples = tuple(one for one, since in zip(known.examples, known.since, strict=True) if since <= wanted)
    return HeldOut(examples, elsewhere=held_out(root).elsewhere)


def gathered_in(text: str, file: Path) -> Gathered:
    """The same of the text of a file, which need not be written yet. Raises DataError."""
    content = yaml_in(text, file)
    try:
        version, changed, rows = content["version"], content["date"], content["messages"]
        examples = tuple(
            Example(row["text"], row["intent"], file, line)
            for row, line in zip(rows, lines_of(composed(text), "messages"), strict=True)
        )
        since = tuple(row["since"] for row in rows)
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"{file}: needs version, date and messages of text, intent and since: {error}") from error
    _check_gathered(file, version, changed, examples, since)
    return Gathered(version, changed, examples, since)


def held_out_versions(root: Path = ROOT) -> str:
    """Which messages figures are over, for a report: the written ones by their digest, the gathered by their version.

    Raises DataError.
    """
    return f"written {held_out_digest(root)}; {gathered(root)}"


def _check_gathered(file: Path, version: Any, changed: Any, examples: Sequence[Example], since: Sequence[Any]) -> None:
    if not isinstance(version, int) or not isinstance(changed, date):
        raise DataError(f"{file}: version is a whole number and date a day such as 2026-11-30")
    seen: dict[str, Example] = {}
    for one, number in zip(examples, since, strict=True):
        if not isinstance(one.text, str) or not isinstance(one.intent, str):
            raise DataError(f"{one.place}: text and intent are texts")
        if not isinstance(number, int) or not 1 <= number <= version:
            raise DataError(f"{one.place}: since is {number!r}, and the file's version {version}")
        if seen.setdefault(one.text.casefold(), one) is not one:
            raise DataError(f"{one.place}: {one.text!r} already stands in line {seen[one.text.casefold()].line}")
