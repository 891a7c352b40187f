"""Which classifiers of danger a new one is held against: the one in service, and the best that ever was.

As for dialogue models (`bot.training.measures`), and against creeping as there.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.safety.in_service import fault_of
from bot.served import How, Step, standing, steps
from bot.training.danger_models.gates import ALARM, Measure, Record, is_danger, met, shared
from bot.training.danger_models.heard import Heard, read_with
from bot.training.danger_models.versions import DangerModel, remembered

ENOUGH = 200
"""So many messages must both have read, or all where there are fewer."""
IN_SERVICE, BEST = "in service", "the best that served"

Rehear = Callable[[DangerModel], tuple[Heard, ...]]
"""Has the screen of today read the held-out messages of today with it; for that it must fit this code."""


@dataclass
class Measures:
    """What one is held against: at hearing danger, and at all else. `served` also says what it was measured on."""

    of_danger: list[Measure] = field(default_factory=list)
    usual: list[Measure] = field(default_factory=list)
    served: Record | None = None
    remarks: list[str] = field(default_factory=list)


def record_of(model: DangerModel, rehear: Rehear | None) -> Record:
    """With what was kept; anew where patterns, screen or held-out messages are others now and it can still read."""
    if rehear and model.read_with != read_with() and not fault_of(model.folder, model.name):
        return Record(model, rehear(model))
    return Record(model, model.heard)


def measures_for(folder: Path, candidate: Record, rehear: Rehear | None) -> Measures:
    """The one in service is read anew where that is fairer. Raises ModelError."""
    found = Measures()
    taken = standing(steps(folder))
    served = {step.model for step in taken}
    known = {one.name: Record(one, one.heard) for one in remembered(folder) if one.name in served}
    if not taken:
        return found
    last = taken[-1].model
    if last in known:
        found.served = known[last]
        known[last] = record_of(known[last].model, rehear)
    enough = {name: one for name, one in known.items() if _says_enough(one, candidate) and name != candidate.model.name}
    if last in enough:
        found.of_danger.append(Measure(enough[last], IN_SERVICE))
        found.usual.append(Measure(enough[last], IN_SERVICE))
    elif last != candidate.model.name:
        found.remarks.append(f"{last} in service has read too little of what is held out now: it is no measure")
    since_bars = _since(taken, lambda step: step.how is How.BY_BARS_ALONE)
    since_override = _since(since_bars, lambda step: bool(step.reason))
    _add_best(found.of_danger, _of(enough, since_bars), candidate, _met_more)
    _add_best(found.usual, _of(enough, since_override), candidate, _calmer)
    return found


def _says_enough(record: Record, candidate: Record) -> bool:
    return len(shared(record.heard, candidate.heard)) >= max(min(ENOUGH, len(candidate.heard)), 1)


def _since(taken: Sequence[Step], begins: Callable[[Step], bool]) -> Sequence[Step]:
    begun = [at for at, step in enumerate(taken) if begins(step)]
    return taken[begun[-1] :] if begun else taken


def _of(records: dict[str, Record], taken: Iterable[Step]) -> list[Record]:
    names = {step.model for step in taken}
    return [record for name, record in records.items() if name in names]


def _add_best(
    measures: list[Measure],
    records: Sequence[Record],
    candidate: Record,
    better: Callable[[Record, Record], int],
) -> None:
    best = max(records, key=lambda record: better(record, candidate), default=None)
    if best and best.model.name not in {measure.record.model.name for measure in measures}:
        measures.append(Measure(best, BEST))


def _met_more(record: Record, candidate: Record) -> int:
    dangers = [pair for pair in shared(record.heard, candidate.heard) if is_danger(pair[1])]
    return sum(met(before) - met(now) for before, now in dangers)


def _calmer(record: Record, candidate: Record) -> int:
    calm = [pair for pair in shared(record.heard, candidate.heard) if not is_danger(pair[1])]
    return sum((now.found >= ALARM) - (before.found >= ALARM) for before, now in calm)
