"""Which models a new one is held against: the one in service, and the best that ever was."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.training.gates.danger import heard, is_danger
from bot.training.gates.verdict import Measure, Record, ours, shared
from bot.training.models import history
from bot.training.models.errors import ModelError
from bot.training.models.fits import code_digest
from bot.training.models.history import Step
from bot.training.models.predictions import Prediction, predictions_of
from bot.training.models.trained import TrainedModel, models, remembered, unusable

ENOUGH = 200
"""So many messages must both have read, or all of the new one's where it has fewer."""
IN_SERVICE = "in service"

Reread = Callable[[TrainedModel], tuple[Prediction, ...]]
"""Has a model read the held-out messages of today; for that it must fit this code."""


@dataclass
class Measures:
    """What a model is held against, and what must be said of that; danger may be held against others.

    `served` is what was kept with the one in service, whether or not it is a measure.
    """

    usual: list[Measure] = field(default_factory=list)
    of_danger: list[Measure] = field(default_factory=list)
    served: Record | None = None
    remarks: list[str] = field(default_factory=list)


def record_of(model: TrainedModel) -> Record:
    """A model with the predictions kept with it. Raises ModelError."""
    return Record(model, predictions_of(model))


def measures_for(folder: Path, candidate: Record, reread: Reread | None = None) -> Measures:
    """What this one is held against, by what was kept and, where that says too little, by reading anew.

    Against creeping, for a little may be lost each time: the best that ever served is a measure too. An override says
    that what was lost may stay lost, so for understanding only what served since counts; for danger, all.
    """
    found = Measures()
    standing = history.standing(history.steps(folder))
    records = _records(folder, {step.model for step in standing} - {candidate.model.name}, found.remarks)
    if standing and standing[-1].model != candidate.model.name:
        _hold_against_service(found, folder, standing[-1].model, records, candidate, reread)
    enough = {name: record for name, record in records.items() if says_enough(record, candidate)}
    since = {step.model for step in _since_override(standing)}
    _hold_against_best(found.usual, {n: r for n, r in enough.items() if n in since}, candidate, _share_right)
    _hold_against_best(found.of_danger, enough, candidate, _share_heard)
    return found


def says_enough(record: Record, candidate: Record) -> bool:
    """Whether enough of the messages that the candidate has read were read by this one, too."""
    needed = min(ENOUGH, sum(one.label is not None for one in candidate.predictions))
    return len(ours(shared(record.predictions, candidate.predictions))) >= max(needed, 1)


def _records(folder: Path, names: set[str], remarks: list[str]) -> dict[str, Record]:
    found = {}
    for model in remembered(folder):
        if model.name in names:
            try:
                found[model.name] = record_of(model)
            except ModelError as error:
                remarks.append(f"{model.name} is no measure: {error}")
    return found


def _hold_against_service(
    found: Measures, folder: Path, name: str, records: dict[str, Record], candidate: Record, reread: Reread | None
) -> None:
    found.served = record = records.get(name)
    if record is None or not says_enough(record, candidate):
        record = _read_anew(folder, name, reread)
    if record is None or not says_enough(record, candidate):
        why = unusable(folder).get(name, "has read too few of these messages and cannot read them now")
        found.remarks.append(f"{name} in service {why}: it is no measure")
        return
    records[name] = record
    for measures in (found.usual, found.of_danger):
        measures.append(Measure(record, IN_SERVICE))


def _read_anew(folder: Path, name: str, reread: Reread | None) -> Record | None:
    model = next((model for model in models(folder) if model.name == name), None)
    if reread is None or model is None or model.code != code_digest():
        return None
    return Record(model, reread(model))


def _since_override(standing: Sequence[Step]) -> Sequence[Step]:
    overrides = [at for at, step in enumerate(standing) if step.reason]
    return standing[overrides[-1] :] if overrides else standing


def _hold_against_best(
    measures: list[Measure],
    records: dict[str, Record],
    candidate: Record,
    share: Callable[[Record, Record], float],
) -> None:
    best = max(records.values(), key=lambda record: share(record, candidate), default=None)
    if best and best.model.name not in {measure.record.model.name for measure in measures}:
        measures.append(Measure(best, "the best that served"))


def _share_right(record: Record, candidate: Record) -> float:
    pairs = ours(shared(record.predictions, candidate.predictions))
    return sum(pair.right(pair.before) for pair in pairs) / max(len(pairs), 1)


def _share_heard(record: Record, candidate: Record) -> float:
    dangers = [pair for pair in shared(record.predictions, candidate.predictions) if is_danger(pair.now)]
    return sum(heard(pair.before) for pair in dangers) / max(len(dangers), 1)
