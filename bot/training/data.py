"""Says in plain words what is wrong with the data before a training is spent on it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.settings import ROOT
from bot.training.files import DataError, Example, read_examples, read_yaml
from bot.training.gathered import gathered
from bot.training.held_out import for_choosing, held_out

FEWEST_UTTERANCES = 12
# Nobody says these: buttons send them, and what reads typed words where a form is open.
BY_BUTTON_ONLY = frozenset({"plan_step", "booking_no_other", "handoff_write_to_me"})
NLU = Path("data", "nlu")
RULES = Path("data", "rules")
STORIES = Path("data", "stories")
DOMAIN = Path("bot", "domain")


def check_all(root: Path = ROOT) -> None:
    """Checks the data of a checkout: utterances, and the YAML of rules, stories and domain. Raises DataError."""
    for folder in (DOMAIN, RULES, STORIES):
        for file in sorted((root / folder).glob("*.yml")):
            read_yaml(file)
    kept_apart = [*held_out(root).examples, *gathered(root).examples, *for_choosing(root)]
    check(utterances(root), kept_apart, domain_intents(root))


def utterances(root: Path = ROOT) -> list[Example]:
    """What is trained on. Raises DataError."""
    return read_examples(sorted((root / NLU).glob("*.yml")))


def domain_intents(root: Path = ROOT) -> set[str]:
    """The intents that the domain knows and a message can have. Raises DataError."""
    contents = [read_yaml(file) for file in sorted((root / DOMAIN).glob("*.yml"))]
    return {intent for content in contents for intent in map(_name, content.get("intents") or ())} - BY_BUTTON_ONLY


def check(nlu: Sequence[Example], kept_apart: Sequence[Example], intents: Iterable[str]) -> None:
    """Raises DataError with every fault found: an intent unknown or thin, an utterance twice, a leak from held-out."""
    known = set(intents)
    # What is tested and no longer known was taken out of the domain: the test would go, and nobody would miss it.
    unknown = [*_unknown(nlu, known), *_unknown(kept_apart, known)]
    faults = [*unknown, *_thin(nlu, known), *_twice(nlu), *_leaked(nlu, kept_apart)]
    if faults:
        raise DataError("\n".join(faults))


def plain(text: str) -> str:
    """A text without case and punctuation, unless it is nothing else."""
    return " ".join(re.findall(r"\w+", text.casefold())) or text.strip()


def _unknown(nlu: Sequence[Example], known: set[str]) -> list[str]:
    first = {example.intent: example for example in reversed(nlu)}
    return [
        f"{example.place}: intent {intent} stands in no domain file"
        for intent, example in sorted(first.items())
        if intent not in known
    ]


def _thin(nlu: Sequence[Example], known: set[str]) -> list[str]:
    counts = Counter(example.intent for example in nlu)
    files = {example.intent: example.file for example in nlu}
    return [
        f"{files.get(intent, NLU)}: {intent} has {counts[intent]} utterances; {FEWEST_UTTERANCES} are the least"
        for intent in sorted(known | set(counts))
        if counts[intent] < FEWEST_UTTERANCES
    ]


def _twice(nlu: Sequence[Example]) -> list[str]:
    seen: dict[str, Example] = {}
    faults = []
    for example in nlu:
        first = seen.setdefault(plain(example.text), example)
        if first is not example:
            where = f"{first.place} under {first.intent}"
            faults.append(f"{example.place}: {example.text!r} under {example.intent} already stands in {where}")
    return faults


def _leaked(nlu: Sequence[Example], kept_apart: Sequence[Example]) -> list[str]:
    tested = {plain(example.text) for example in kept_apart}
    return [
        f"{example.place}: {example.text!r} is held out for testing and must not be trained on"
        for example in nlu
        if plain(example.text) in tested
    ]


def _name(intent: str | Mapping[str, Any]) -> str:
    return intent if isinstance(intent, str) else next(iter(intent))
