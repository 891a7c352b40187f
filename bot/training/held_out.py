"""Messages a model is only tested on: what they mean, what a second reader takes them for, what is none of ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.settings import ROOT
from bot.training.files import DataError, Example, digest_of, read_examples, read_yaml
from bot.training.noise import respelled

FOLDER = Path("tests", "held_out")
INTENTS = FOLDER / "intents.yml"
SECOND_READER = FOLDER / "second_reader.yml"
ELSEWHERE = FOLDER / "elsewhere.yml"
TUNING = Path("tests", "tuning", "intents.yml")


@dataclass(frozen=True)
class HeldOut:
    """Labelled messages; `accepted` holds what counts as right for a text beside its label. `elsewhere` is not ours."""

    examples: tuple[Example, ...]
    accepted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ()

    def right(self, example: Example) -> frozenset[str]:
        """The intents that count as right for this message."""
        return self.accepted.get(example.text, frozenset({example.intent}))


def respelled_held_out(root: Path = ROOT) -> HeldOut:
    """The same messages, each with two to four slips of the fingers. Raises DataError."""
    known = held_out(root)
    examples = tuple(replace(one, text=respelled(one.text)) for one in known.examples)
    accepted = {respelled(text): intents for text, intents in known.accepted.items()}
    return HeldOut(examples, accepted, tuple(map(respelled, known.elsewhere)))


def held_out(root: Path = ROOT) -> HeldOut:
    """What is only tested on. Raises DataError."""
    examples = tuple(read_examples([root / INTENTS]))
    return HeldOut(examples, _accepted(root / SECOND_READER), _elsewhere(root / ELSEWHERE))


def for_choosing(root: Path = ROOT) -> list[Example]:
    """What settings may be chosen on. Raises DataError."""
    return read_examples([root / TUNING]) if (root / TUNING).is_file() else []


def held_out_digest(root: Path = ROOT) -> str:
    """Figures over other messages cannot be compared."""
    return digest_of([root / name for name in (INTENTS, SECOND_READER, ELSEWHERE)])


def _accepted(file: Path) -> Mapping[str, frozenset[str]]:
    if not file.is_file():
        return {}
    try:
        return {row["text"]: frozenset(row["accepted"]) for row in read_yaml(file)["messages"]}
    except (KeyError, TypeError) as error:
        raise DataError(f"{file}: each message needs `text` and `accepted`: {error}") from error


def _elsewhere(file: Path) -> tuple[str, ...]:
    return tuple(read_yaml(file)["messages"]) if file.is_file() else ()
