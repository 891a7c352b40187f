"""Reads what is trained on and says in plain words what is wrong with it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.settings import ROOT

FEWEST_UTTERANCES = 12
NLU = ROOT / "data" / "nlu"
HELD_OUT = ROOT / "tests" / "held_out" / "intents.yml"
DOMAIN = ROOT / "bot" / "domain"
CORE = (ROOT / "data" / "rules", ROOT / "data" / "stories")


class DataError(Exception):
    """The training data cannot be used; each line of the message names a file, a line where known, and the fault."""


@dataclass(frozen=True)
class Example:
    """One utterance and what it means."""

    text: str
    intent: str
    file: Path


def read_examples(files: Iterable[Path]) -> list[Example]:
    """All utterances of NLU files. Raises DataError naming file and line for broken YAML."""
    return [example for file in files for example in _examples(file)]


def check(nlu: Sequence[Example], held_out: Sequence[Example], intents: Iterable[str]) -> None:
    """Raises DataError with every fault found: unknown or thin intents, an utterance twice, a leak from held-out."""
    faults = [*_unknown(nlu, intents), *_thin(nlu), *_twice(nlu), *_leaked(nlu, held_out)]
    if faults:
        raise DataError("\n".join(faults))


def check_all() -> None:
    """The checks on this checkout's data, the YAML of rules, stories and domain included. Raises DataError."""
    for folder in (DOMAIN, *CORE):
        for file in sorted(folder.glob("*.yml")):
            read_yaml(file)
    check(read_examples(sorted(NLU.glob("*.yml"))), read_examples([HELD_OUT]), domain_intents())


def domain_intents() -> set[str]:
    """The intents that the domain knows."""
    contents = [read_yaml(file) for file in sorted(DOMAIN.glob("*.yml"))]
    return {intent for content in contents for intent in map(_name, content.get("intents") or ())}


def read_yaml(file: Path) -> Mapping[str, Any]:
    """A YAML file's mapping. Raises DataError naming file, line and what is wrong."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else "?"
        raise DataError(f"{file}, line {line}: {error.problem or error.context}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DataError(f"{file}: {error}") from error
    if not isinstance(content, dict):
        raise DataError(f"{file}: expected keys and values at the top, got {type(content).__name__}")
    return content


def _examples(file: Path) -> Iterable[Example]:
    for entry in read_yaml(file).get("nlu") or ():
        intent, examples = entry.get("intent"), entry.get("examples")
        if not intent or not isinstance(examples, str):
            raise DataError(f"{file}: an entry needs `intent` and `examples: |`, got {sorted(entry)}")
        for line in filter(str.strip, examples.splitlines()):
            if not line.startswith("- "):
                raise DataError(f"{file}: under {intent}, a line must begin with '- ': {line!r}")
            yield Example(line.removeprefix("- ").strip(), intent, file)


def _unknown(nlu: Sequence[Example], intents: Iterable[str]) -> list[str]:
    known = set(intents)
    return [
        f"{file}: intent {intent} stands in no domain file"
        for intent, file in sorted({(example.intent, example.file) for example in nlu})
        if intent not in known
    ]


def _thin(nlu: Sequence[Example]) -> list[str]:
    counts = Counter(example.intent for example in nlu)
    return [
        f"{intent} has {count} utterances; {FEWEST_UTTERANCES} are the least"
        for intent, count in sorted(counts.items())
        if count < FEWEST_UTTERANCES
    ]


def _twice(nlu: Sequence[Example]) -> list[str]:
    seen: dict[str, Example] = {}
    faults = []
    for example in nlu:
        first = seen.setdefault(plain(example.text), example)
        if first is not example:
            faults.append(
                f"{example.file}: {example.text!r} stands under {first.intent} and again under {example.intent}"
            )
    return faults


def _leaked(nlu: Sequence[Example], held_out: Sequence[Example]) -> list[str]:
    kept_apart = {plain(example.text) for example in held_out}
    return [
        f"{example.file}: {example.text!r} is held out for testing and must not be trained on"
        for example in nlu
        if plain(example.text) in kept_apart
    ]


def plain(text: str) -> str:
    """A text without case and punctuation, unless it is nothing else."""
    return " ".join(re.findall(r"\w+", text.casefold())) or text.strip()


def _name(intent: str | Mapping[str, Any]) -> str:
    return intent if isinstance(intent, str) else next(iter(intent))
