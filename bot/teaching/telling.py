"""Checks a file of stories and rules whole, and puts them where they belong."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.stories.writing import Kind
from bot.teaching.changes import Change, alone, content_of, write
from bot.teaching.domain_names import read_names
from bot.teaching.errors import TeachingError
from bot.teaching.plot_checks import faults_of, told_twice
from bot.teaching.plots import Plot, read_plots, shipped_plots, with_plots
from bot.training.contradictions import Contradiction
from bot.training.files import DataError
from bot.training.told_contradictions import in_plain_words

FindContradictions = Callable[[Path, Sequence[Path]], Sequence[Contradiction]]
_SMALL_TALK = "chat"


@dataclass(frozen=True)
class Told:
    """Stories and rules that are good, which of them are there already, and what changes by the rest."""

    new: tuple[Plot, ...]
    skipped: tuple[str, ...]
    changes: tuple[Change, ...] = ()


def check_file(file: Path, root: Path, find: FindContradictions) -> Told:
    """Holds a file of stories and rules against the data of the checkout `root`; it may be one of its own.

    Raises TeachingError with every fault and every contradiction, each with the places of both sides.
    """
    try:
        plots, names = read_plots(file), read_names(root)
        there = [plot for plot in shipped_plots(root) if plot.file.resolve() != file.resolve()]
        told = _told(plots, there)
        faults = [fault for plot in plots for fault in faults_of(plot, names)] + told_twice(told.new, there)
        if not plots:
            faults = [f"{file}: no story and no rule is in it"]
        if not faults and told.new:
            others = sorted({plot.file for plot in there})
            faults = in_plain_words(find(root, [*others, file]), [*plots, *there], file)
    except DataError as error:
        raise TeachingError(str(error)) from error
    if faults:
        raise TeachingError("\n".join(faults))
    return told


def add_file(file: Path, root: Path, find: FindContradictions, topic: str | None, *, dry_run: bool) -> Told:
    """Puts the stories and rules of a file into those of their topic, all or none; with `dry_run` only says how.

    The topic is what the first meaning beyond small talk is about, unless it is given. Raises TeachingError.
    """
    with alone(root):
        before = {one: content_of(one) for kind in Kind for one in (root / kind.folder).glob("*.yml")}
        if file.resolve() in before:
            raise TeachingError(f"{file} is a part of the data already; check it with `hjemad story check`")
        told = check_file(file, root, find)
        homes: defaultdict[tuple[Path, Kind], list[Plot]] = defaultdict(list)
        for plot in told.new:
            homes[root / plot.kind.folder / f"{topic or _topic(plot)}.yml", plot.kind].append(plot)
        changes = [
            Change(home, before.get(home), with_plots(before.get(home), home, kind, plots))
            for (home, kind), plots in sorted(homes.items())
        ]
        if not dry_run:
            write(changes)
    return replace(told, changes=tuple(changes))


def _told(plots: Sequence[Plot], there: Sequence[Plot]) -> Told:
    by_content = {replace(one, name="").written: one for one in there}
    same = [(plot, by_content.get(replace(plot, name="").written)) for plot in plots]
    return Told(
        tuple(plot for plot, other in same if not other),
        tuple(f"{plot.name!r} is already {other.name!r} in {other.place}" for plot, other in same if other),
    )


def _topic(plot: Plot) -> str:
    meant = [str(one["intent"]) for step in plot.steps for one in _inner(step) if "intent" in one]
    topics = [intent.split("_")[0] for intent in meant]
    return next((topic for topic in topics if topic != _SMALL_TALK), _SMALL_TALK)


def _inner(step: dict[str, object]) -> list[dict[str, object]]:
    either = step.get("or")
    return either if isinstance(either, list) else [step]
