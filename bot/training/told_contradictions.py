"""Stories and rules that contradict each other, told with the file and line of both sides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import yaml

from bot.composed_yaml import composed, entries_of, under
from bot.settings import ROOT
from bot.training.contradictions import Contradiction, contradictions
from bot.training.data import RULES, STORIES
from bot.training.files import DataError, text_of

_KINDS = (("rule", "rules", RULES), ("story", "stories", STORIES))


class Placed(Protocol):
    """A story or a rule, with its place for people."""

    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def file(self) -> Path: ...
    @property
    def place(self) -> str: ...


@dataclass(frozen=True)
class _Plot:
    kind: str
    name: str
    file: Path
    line: int

    @property
    def place(self) -> str:
        return f"{self.file}, line {self.line}"


def check_plots(root: Path = ROOT) -> None:
    """Holds all stories and rules of a checkout against each other, by Rasa's own checks, without training.

    Six seconds beyond what TensorFlow takes to be there. Raises DataError with each contradiction.
    """
    files = [file for *_, folder in _KINDS for file in sorted((root / folder).glob("*.yml"))]
    if found := contradictions(root, files):
        plots = [plot for file in files for plot in _plots_of(file)]
        raise DataError("\n".join(in_plain_words(found, plots)))


def in_plain_words(found: Sequence[Contradiction], plots: Sequence[Placed], file: Path | None = None) -> list[str]:
    """A line for each contradiction, once; told from the side of this file where it has one."""
    places = {one.name: one for one in reversed(plots)}
    says = {(one.name, one.others): one.says for one in found}
    lines = dict[frozenset[str], str]()
    for one in sorted(found, key=lambda one: one.name not in places or places[one.name].file != file):
        theirs = one.they_say or says.get((one.others, one.name), "")
        known = replace(one, they_say=theirs)
        if theirs and one.others in places and places[one.others].file == file:
            known = Contradiction(one.others, theirs, one.name, one.says)
        lines.setdefault(frozenset({one.name, one.others, one.says, theirs}), _plain(known, places))
    return list(lines.values())


def _plain(one: Contradiction, places: Mapping[str, Placed]) -> str:
    plot = places.get(one.name)
    where = f"{plot.place}: the {plot.kind} {one.name!r}" if plot else f"{one.name!r}"
    if not one.others:
        return f"{where}: {one.says}"
    # Names may hold commas, and Rasa joins them by commas.
    named = (other for name, other in places.items() if f", {name}, " in f", {one.others}, ")
    sides = [f"the {other.kind} {other.name!r} in {other.place}" for other in named]
    return f"{where} says {one.says} where {' and '.join(sides) or one.others} says {one.they_say or 'something else'}"


def _plots_of(file: Path) -> list[_Plot]:
    tree = composed(text_of(file))
    return [
        _Plot(kind, name.value, file, entry.start_mark.line + 1)
        for kind, listed, _ in _KINDS
        for entry in entries_of(tree, listed)
        if isinstance(name := under(entry, kind), yaml.ScalarNode)
    ]
