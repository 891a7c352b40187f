"""Which classifiers of danger a new one is held against: the one in service, and the best that ever was.

As for dialogue models (`bot.training.measures`), and against creeping as there.
"""

from collections.abc import Callable
from pathlib import Path

from bot.safety.in_service import fault_of
from bot.served import standing, steps
from bot.training.danger_models.gates import ALARM, Record, is_danger, met, shared
from bot.training.danger_models.heard import Heard, read_with
from bot.training.danger_models.versions import DangerModel, remembered
from bot.training.gates import held_against

ENOUGH = 200
"""So many messages must both have read, or all where there are fewer."""

Rehear = Callable[[DangerModel], tuple[Heard, ...]]
"""Has the screen of today read the held-out messages of today with it; for that it must fit this code."""


Measures = held_against.Measures[Record]


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
        found.add_service(enough[last])
    elif last != candidate.model.name:
        found.remarks.append(f"{last} in service has read too little of what is held out now: it is no measure")
    found.add_best(enough, taken, candidate, _calmer, _met_more)
    return found


def _says_enough(record: Record, candidate: Record) -> bool:
    return len(shared(record.heard, candidate.heard)) >= max(min(ENOUGH, len(candidate.heard)), 1)


def _met_more(record: Record, candidate: Record) -> int:
    dangers = [pair for pair in shared(record.heard, candidate.heard) if is_danger(pair[1])]
    return sum(met(before) - met(now) for before, now in dangers)


def _calmer(record: Record, candidate: Record) -> int:
    calm = [pair for pair in shared(record.heard, candidate.heard) if not is_danger(pair[1])]
    return sum((now.found >= ALARM) - (before.found >= ALARM) for before, now in calm)
