"""How a classifier of danger comes into service: past all gates. A gate of missed danger opens for no reason."""

import logging
from collections.abc import Mapping
from pathlib import Path

from bot.safety.classifier import ClassifierError, DangerClassifier, code_fingerprint
from bot.safety.in_service import fault_of, in_service, names_in_service
from bot.served import How, ModelError
from bot.training.danger_models.gates import Measure, judged
from bot.training.danger_models.heard import Heard, hearing, held_out_dangers
from bot.training.danger_models.measures import Rehear, measures_for, record_of
from bot.training.danger_models.versions import DangerModel, find, remembered
from bot.training.models import history
from bot.training.models.errors import PromotionRefusedError
from bot.training.progress import Progress, unwatched
from bot.training.promotion import Judgement, Override, opened

log = logging.getLogger(__name__)


def heard_anew(model: DangerModel, progress: Progress = unwatched) -> tuple[Heard, ...]:
    """What the screen of today makes of the held-out messages with it. Raises ModelError, GradedError."""
    try:
        return hearing(DangerClassifier.load(model.file), progress).heard
    except ClassifierError as error:
        raise ModelError(str(error)) from error


def serving(folder: Path) -> DangerModel | None:
    """The one that a web process of this code would load now."""
    try:
        name = in_service(folder.parent).name
    except ClassifierError as error:
        log.info("%s", error)
        return None
    return next((one for one in remembered(folder) if one.name == name), None)


def promote(
    folder: Path,
    name: str | None = None,
    *,
    rehear: Rehear | None = heard_anew,
    override: Override | None = None,
    by_itself: bool = False,
) -> Judgement:
    """Puts one into service, the one learnt last unless named; running web processes take it within half a minute.

    `by_itself`: no maintainer has asked for it, so where none fits this code any is better that is good enough.
    Raises RefusedByGatesError, PromotionRefusedError, ModelError.
    """
    if override and not override.reason.strip():
        raise ModelError("an override needs a reason")
    with history.alone(folder):
        candidate, now = find(folder, name), serving(folder)
        if candidate.code != code_fingerprint():
            raise PromotionRefusedError(f"{candidate.name} was made by other code than this; train again")
        if now and now.name == candidate.name and names_of(folder)[:1] == [candidate.name]:
            return Judgement(candidate)
        # Where nothing serves, nobody waits until the messages are heard anew.
        bars_alone = by_itself and now is None
        judgement = judge(folder, candidate, None if bars_alone else rehear, bars_alone=bars_alone)
        used = opened(judgement, override)
        with history.adding(folder, candidate.name, judgement.how, used.reason.strip() if used else None):
            # Nothing is put into service whose trace could not be kept, and no trace is kept of what could not be.
            if used:
                used.note(candidate.name)
    return judgement


def judge(
    folder: Path, candidate: DangerModel, rehear: Rehear | None = heard_anew, *, bars_alone: bool = False
) -> Judgement:
    """What the gates say of it, held against the one in service and the best that served. Raises ModelError."""
    record = record_of(candidate, rehear)
    found = measures_for(folder, record, rehear)
    verdicts = judged(record, found.of_danger, found.usual, found.served, _texts())
    return Judgement(candidate, tuple(verdicts), tuple(found.remarks), bars_alone)


def compare(folder: Path, first: str, second: str, rehear: Rehear | None = heard_anew) -> Judgement:
    """What the gates say of the second, held against the first. Raises ModelError."""
    before, now = (record_of(find(folder, name), rehear) for name in (first, second))
    measures = [Measure(before, "the first")]
    return Judgement(now.model, tuple(judged(now, measures, measures, before, _texts())))


def rollback(folder: Path) -> DangerModel:
    """Puts the newest before this one that is whole and fits back into service. Raises ModelError where none is."""
    with history.alone(folder):
        for name in names_of(folder)[1:]:
            if fault := fault_of(folder, name):
                log.warning("%s is passed over: %s", name, fault)
            else:
                history.add(folder, name, How.ROLLED_BACK)
                return find(folder, name)
        raise ModelError("there is no classifier of danger before the one in service that fits this code")


def names_of(folder: Path) -> list[str]:
    """What the history says, the one in service first. Raises ModelError."""
    try:
        return names_in_service(folder)
    except ClassifierError as error:
        raise ModelError(str(error)) from error


def _texts() -> Mapping[str, str]:
    return {key: one.text for key, one in held_out_dangers().items()}
