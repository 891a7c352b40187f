"""Which models a new one is held against: the one in service, and the best that ever was."""

from collections.abc import Callable
from pathlib import Path

from bot.training.gates import held_against
from bot.training.gates.danger import heard, is_danger
from bot.training.gates.verdict import Record, ours, shared
from bot.training.models import history
from bot.training.models.errors import ModelError
from bot.training.models.fits import code_digest
from bot.training.models.predictions import Prediction, predictions_of
from bot.training.models.trained import TrainedModel, models, remembered, unusable

ENOUGH = 200
"""So many messages must both have read, or all of the new one's where it has fewer."""

Reread = Callable[[TrainedModel], tuple[Prediction, ...]]
"""Has a model read the held-out messages of today; for that it must fit this code."""


Measures = held_against.Measures[Record]


def record_of(model: TrainedModel) -> Record:
    """A model with the predictions kept with it. Raises ModelError."""
    return Record(model, predictions_of(model))


def measures_for(folder: Path, candidate: Record, reread: Reread | None = None) -> Measures:
    """What this one is held against, by what was kept and, where that says too little, by reading anew."""
    found = Measures()
    standing = history.standing(history.steps(folder))
    if not standing and any(model.name != candidate.model.name for model in models(folder)):
        found.remarks.append("No model is known to have been in service: what is asked of every model counts alone")
    records = _records(folder, {step.model for step in standing} - {candidate.model.name}, found.remarks)
    if standing and standing[-1].model != candidate.model.name:
        _hold_against_service(found, folder, standing[-1].model, records, candidate, reread)
    enough = {name: record for name, record in records.items() if says_enough(record, candidate)}
    found.add_best(enough, standing, candidate, _right_more, _heard_more)
    return found


def says_enough(record: Record, candidate: Record) -> bool:
    """Whether enough of the messages that the candidate has read were read by this one, too."""
    needed = min(ENOUGH, len(ours(candidate.predictions)))
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
    found.add_service(record)


def _read_anew(folder: Path, name: str, reread: Reread | None) -> Record | None:
    model = next((model for model in models(folder) if model.name == name), None)
    if reread is None or model is None or model.code != code_digest():
        return None
    return Record(model, reread(model))


# Held against the candidate, each over what both have read: shares of other messages each cannot be compared.
def _right_more(record: Record, candidate: Record) -> int:
    pairs = ours(shared(record.predictions, candidate.predictions))
    return sum(pair.right(pair.before) - pair.right(pair.now) for pair in pairs)


def _heard_more(record: Record, candidate: Record) -> int:
    dangers = [pair for pair in shared(record.predictions, candidate.predictions) if is_danger(pair.now)]
    return sum(heard(pair.before) - heard(pair.now) for pair in dangers)
