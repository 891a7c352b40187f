"""Turns decided messages into changes to the data of a checkout: all of them, or none."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.teaching.changes import Change, alone, content_of, write
from bot.teaching.checking import check_decided
from bot.teaching.decided import Decided, Use
from bot.teaching.errors import TeachingError
from bot.teaching.held_out_file import with_messages
from bot.teaching.known import Known, read_known
from bot.teaching.utterances import with_utterances
from bot.training.data import NLU
from bot.training.files import DataError
from bot.training.gathered import FROM_CONVERSATIONS

Near = Callable[[Sequence[Decided], Known], list[str]]


@dataclass(frozen=True)
class Taught:
    """What changes, what is there already, and what is near to something else and taken all the same."""

    changes: tuple[Change, ...]
    skipped: tuple[str, ...]
    near: tuple[str, ...]


def teach(decided: Sequence[Decided], root: Path, today: date, near: Near, *, anyway: bool, dry_run: bool) -> Taught:
    """Adds the messages to the checkout `root`; with `dry_run` only says what would change.

    Raises TeachingError with every fault, and then nothing is written; one that `near` finds is none with `anyway`.
    """
    with alone(root):
        taught = _prepared(decided, root, today, near, anyway=anyway)
        if not dry_run:
            write(taught.changes)
    return taught


def _prepared(decided: Sequence[Decided], root: Path, today: date, near: Near, *, anyway: bool) -> Taught:
    files = [*sorted((root / NLU).glob("*.yml")), root / FROM_CONVERSATIONS]
    # Read before the checks: whatever somebody changes after this is noticed when it is written.
    before = {file: content_of(file) for file in files}
    try:
        known = read_known(root)
    except DataError as error:
        raise TeachingError(str(error)) from error
    checked = check_decided(decided, known)
    alike = near(checked.new, known) if not checked.faults else []
    if checked.faults or (alike and not anyway):
        advice = ["Look at each; --anyway adds them all the same"] if alike else []
        raise TeachingError("\n".join([*checked.faults, *alike, *advice]))
    return Taught(_changes(checked.new, known, before, root, today), checked.skipped, tuple(alike))


def _changes(
    new: Sequence[Decided], known: Known, before: dict[Path, bytes | None], root: Path, today: date
) -> tuple[Change, ...]:
    homes = {example.intent: example.file for example in reversed(known.trained)}
    learnt: defaultdict[Path, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in new:
        if one.use is Use.TRAIN:
            home = homes.get(one.intent, root / NLU / f"{one.intent.split('_')[0]}.yml")
            learnt[home][one.intent].append(one.text)
    tested = [(one.intent, one.text) for one in new if one.use is Use.HELD_OUT]
    changes = [
        Change(file, before.get(file), with_utterances(before.get(file), file, learnt[file])) for file in sorted(learnt)
    ]
    if tested:
        file = root / FROM_CONVERSATIONS
        changes.append(Change(file, before[file], with_messages(before[file], file, tested, today)))
    return tuple(changes)
